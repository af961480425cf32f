/** A parser of SQL in a thread that is replaced when a statement was too much for it. */
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

/** Milliseconds; a statement as long as may be takes some tens. */
const parseMs = 2_000
const startMs = 20_000

/** What the program answers to a statement; neither, where the parser itself gave up. */
interface Answer {
  /** JSON of a list, one tree for each statement. */
  readonly trees?: string
  readonly mistake?: string
}

/**
 * `program` is a path below the package's folder: the compiler copies no plain JavaScript, so both the sources and `dist`
 * start the package's own file. It says `ready` first, and then answers each statement.
 */
export function openSqlParser(program: string): SqlParser {
  const path = join(packageRoot, program)
  let worker: Promise<Worker> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const replace = async () => {
    const spent = worker
    worker = undefined
    await (await spent?.catch(() => undefined))?.terminate()
  }
  const parseNow = async (sql: string): Promise<ParsedSql> => {
    worker ??= startWorker(path)
    const answer = await ask(await worker, sql)
    if (answer.mistake !== undefined) return { kind: 'mistake', message: answer.mistake }
    if (answer.trees !== undefined) return { kind: 'tree', statements: JSON.parse(answer.trees) }
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
async function startWorker(path: string): Promise<Worker> {
  const worker = new Worker(path, { env: {}, stderr: true, stdout: true })
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
