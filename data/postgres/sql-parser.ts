/** PostgreSQL's own parser, in a thread that is replaced when a statement was too much for it. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { packageRoot } from '../../models/package-root.js'

export type ParsedSql =
  | { readonly kind: 'tree'; readonly statements: readonly unknown[] }
  | { readonly kind: 'mistake'; readonly message: string }
  /** Nested too deeply for the parser, or it took too long. */
  | { readonly kind: 'too_much' }

export interface SqlParser {
  /** Reads SQL without running it; one statement at a time. */
  parse(sql: string): Promise<ParsedSql>
  close(): Promise<void>
}

/** The compiler copies no plain JavaScript, so both the sources and `dist` start the package's own file. */
const program = join(packageRoot, 'data/postgres/parser-worker.mjs')
/** Milliseconds; a statement as long as may be takes some tens. */
const parseMs = 2_000
const startMs = 20_000

interface Answer {
  readonly tree?: string
  readonly mistake?: string
}

export function openSqlParser(): SqlParser {
  let worker: Promise<Worker> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const replace = async () => {
    const spent = worker
    worker = undefined
    await (await spent?.catch(() => undefined))?.terminate()
  }
  const parseNow = async (sql: string): Promise<ParsedSql> => {
    worker ??= startWorker()
    const answer = await ask(await worker, sql)
    if (answer.mistake !== undefined) return { kind: 'mistake', message: answer.mistake }
    if (answer.tree !== undefined) return { kind: 'tree', statements: statementsOf(answer.tree) }
    await replace()
    return { kind: 'too_much' }
  }
  return {
    parse(sql) {
      const parsed = turn.then(() => parseNow(sql))
      turn = parsed.catch(replace)
      return parsed
    },
    close: () => turn.then(replace),
  }
}

/** A parser at rest does not keep the program running. */
async function startWorker(): Promise<Worker> {
  const worker = new Worker(program, { env: {}, stderr: true, stdout: true })
  await nextMessage(worker, startMs)
  worker.unref()
  return worker
}

async function ask(worker: Worker, sql: string): Promise<Answer> {
  worker.ref()
  const answer = nextMessage(worker, parseMs)
  worker.postMessage(sql)
  const found = await answer.catch(() => ({}))
  worker.unref()
  return found as Answer
}

/** Rejects when the thread ends or says nothing in time. */
function nextMessage(worker: Worker, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer)
      worker.off('message', onMessage)
      worker.off('error', onFailure)
      worker.off('exit', onFailure)
      end()
    }
    const onMessage = (message: unknown) => settle(() => resolve(message))
    const onFailure = () => settle(() => reject(new Error('The SQL parser ended.')))
    const timer = setTimeout(onFailure, timeoutMs)
    worker.on('message', onMessage)
    worker.on('error', onFailure)
    worker.on('exit', onFailure)
  })
}

function statementsOf(tree: string): readonly unknown[] {
  const { stmts = [] } = JSON.parse(tree) as { stmts?: readonly { stmt?: unknown }[] }
  return stmts.map(({ stmt }) => stmt)
}
