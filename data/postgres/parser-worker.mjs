/** Runs PostgreSQL's parser; a thread of its own, since too deep a statement leaves the parser's memory in disorder. */
import { parentPort } from 'node:worker_threads'
import libpgQuery from 'libpg-query'

await libpgQuery.loadModule()
parentPort.on('message', (sql) => parentPort.postMessage(answer(sql)))
parentPort.postMessage('ready')

/** The trees as text, what PostgreSQL says of a mistake, or nothing where the parser itself gave up. */
function answer(sql) {
  try {
    const { stmts = [] } = libpgQuery.parseSync(sql)
    return { trees: JSON.stringify(stmts.map(({ stmt }) => stmt)) }
  } catch (error) {
    return libpgQuery.hasSqlDetails(error) ? { mistake: error.message } : {}
  }
}
