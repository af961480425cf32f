/** Runs a parser of MySQL's dialect; a thread of its own, since too deep a statement leaves the parser's memory in disorder. */
import { parentPort } from 'node:worker_threads'
import { init, parse } from '@guanmingchiu/sqlparser-ts'

await init()
parentPort.on('message', (sql) => parentPort.postMessage(answer(sql)))
parentPort.postMessage('ready')

/** The trees as text, what the parser says of a mistake, or nothing where it gave up. */
function answer(sql) {
  try {
    return { trees: JSON.stringify(parse(sql, 'mysql')) }
  } catch (error) {
    const [, mistake] =
      /^sql parser error: (?!recursion)([\s\S]*?)(?: at Line: .*)?$/.exec(error.message) ?? []
    return mistake === undefined ? {} : { mistake }
  }
}
