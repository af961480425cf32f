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
  #process: ChildProcess | undefined
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

  #ask(query: SqliteQuery): Promise<SqliteOutcome> {
    if (this.#closed) return Promise.resolve({ ok: false, message: 'Stopped.' })
    const process = this.#process ?? this.#start()
    return new Promise((resolve) => {
      const finish = (outcome: SqliteOutcome) => {
        clearTimeout(timer)
        process.off('message', onMessage).off('exit', onExit)
        resolve(outcome)
      }
      const onMessage = (message: unknown) => finish(outcomeOf(message as Reply))
      const onExit = () => {
        this.#process = undefined
        finish({ ok: false, message: this.#closed ? 'Stopped.' : 'The engine gave up.' })
      }
      const timer = setTimeout(() => {
        this.#stop()
        finish({ ok: false, message: `It took longer than ${this.#timeoutMs / 1000} s.` })
      }, this.#timeoutMs)
      process.once('message', onMessage).once('exit', onExit)
      process.send(query)
    })
  }

  #start(): ChildProcess {
    const path = join(packageRoot, 'data/evaluation/sqlite/run-sqlite.mjs')
    this.#process = fork(path, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    return this.#process
  }

  #stop(): void {
    this.#process?.kill('SIGKILL')
    this.#process = undefined
  }
}

function outcomeOf({ rows = [], truncated = false, error }: Reply): SqliteOutcome {
  return error === undefined ? { ok: true, rows, truncated } : { ok: false, message: error }
}
