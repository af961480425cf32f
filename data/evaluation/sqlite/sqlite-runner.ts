/** Runs SQL on SQLite files in a process of its own, with all rows and a time limit that holds. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../../models/package-root.js'
import type { Value } from '../../catalog.js'

export type SqliteOutcome =
  | { readonly ok: true; readonly rows: readonly (readonly Value[])[]; readonly truncated: boolean }
  | { readonly ok: false; readonly message: string }

export interface SqliteQuery {
  readonly path: string
  readonly sql: string
  /** More rows than this are cut off. */
  readonly maxRows: number
}

/** The limit of Spider's official evaluator. */
const defaultTimeoutMs = 60_000

interface Reply {
  readonly rows?: readonly (readonly Value[])[]
  readonly truncated?: boolean
  readonly error?: string
}

/** Unlike the product's connector it runs what a benchmark calls SQL: nothing is guarded, but nothing can be written. */
export class SqliteRunner {
  readonly #timeoutMs: number
  #engine: Engine | undefined
  #last: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(timeoutMs: number = defaultTimeoutMs) {
    this.#timeoutMs = timeoutMs
  }

  /** One query at a time; what fails, never ends or kills the engine is a value. */
  run(query: SqliteQuery): Promise<SqliteOutcome> {
    const outcome = this.#last.then(() => this.#ask(query))
    this.#last = outcome
    return outcome
  }

  close(): Promise<void> {
    this.#closed = true
    this.#stop()
    return Promise.resolve()
  }

  async #ask(query: SqliteQuery): Promise<SqliteOutcome> {
    if (this.#closed) return stopped
    this.#engine ??= startEngine()
    const { child, isReady } = this.#engine
    const ready = await isReady
    if (this.#closed) return stopped
    const outcome = ready ? await askEngine(child, query, this.#timeoutMs) : gaveUp
    if (this.#closed) return stopped
    if (outcome === gaveUp || outcome === 'late') this.#stop()
    if (outcome !== 'late') return outcome
    return { ok: false, message: `It took longer than ${this.#timeoutMs / 1000} s.` }
  }

  #stop(): void {
    this.#engine?.child.kill('SIGKILL')
    this.#engine = undefined
  }
}

interface Engine {
  readonly child: ChildProcess
  /** Settles when the process takes queries, which may take seconds on a busy machine, or has ended. */
  readonly isReady: Promise<boolean>
}

const stopped: SqliteOutcome = { ok: false, message: 'Stopped.' }
const gaveUp: SqliteOutcome = { ok: false, message: 'The engine gave up.' }

function startEngine(): Engine {
  const path = join(packageRoot, 'data/evaluation/sqlite/run-sqlite.mjs')
  const child = fork(path, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const isReady = new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true)).once('exit', () => resolve(false))
  })
  return { child, isReady }
}

function askEngine(
  child: ChildProcess,
  query: SqliteQuery,
  timeoutMs: number,
): Promise<SqliteOutcome | 'late'> {
  return new Promise((resolve) => {
    const finish = (outcome: SqliteOutcome | 'late') => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
      resolve(outcome)
    }
    const onMessage = (message: unknown) => finish(outcomeOf(message as Reply))
    const onExit = () => finish(gaveUp)
    const timer = setTimeout(() => finish('late'), timeoutMs)
    child.once('message', onMessage).once('exit', onExit)
    child.send(query, (error) => error && finish(gaveUp))
  })
}

function outcomeOf({ rows = [], truncated = false, error }: Reply): SqliteOutcome {
  return error === undefined ? { ok: true, rows, truncated } : { ok: false, message: error }
}
