/** One process that holds one SQLite file open, answers one request at a time and can be killed at any moment. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../models/package-root.js'
import type { Value } from '../catalog.js'

export interface OpenOptions {
  readonly path: string
  readonly busyTimeoutMs: number
  /** What the engine itself may take. */
  readonly maxHeapBytes: number
  /** Of the whole process; one that takes more ends itself. */
  readonly maxMemoryBytes: number
}

export interface RowLimits {
  readonly maxRows: number
  /** UTF-8 bytes of all cells together; a number counts as 8. */
  readonly maxBytes: number
  readonly maxCellCharacters: number
}

export type ChildRequest =
  | { readonly open: OpenOptions }
  /** Prepares without running; not for SQL that nothing has looked at, as some PRAGMAs work at once. */
  | { readonly columnsOf: string }
  /** `typed`: each value comes as two columns, its storage class and itself with text as bytes. */
  | { readonly sql: string; readonly limits: RowLimits; readonly typed: boolean }

export interface DescribedColumn {
  readonly name: string
  /** As declared, when the column is one of a table as it is; else empty. */
  readonly type: string
}

export interface ChildAnswer {
  /** The file was opened without locks: what is read counts only when the file's version is the same afterwards. */
  readonly isUnlocked?: boolean
  readonly columns?: readonly DescribedColumn[]
  readonly rows?: readonly (readonly Value[])[]
  /** By column, the storage classes of its cells other than `null`. */
  readonly classes?: readonly (readonly string[])[]
  readonly truncated?: boolean
}

/** What the engine said, as SQLite's code name and text. */
export class SqliteEngineError extends Error {
  override readonly name = 'SqliteEngineError'
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** The process ended in the middle: closed by us, ended by its own limits or by a fault of the engine. */
export class SqliteChildError extends Error {
  override readonly name = 'SqliteChildError'
  constructor(
    /** It was killed, and not by us: by its own limit or by the system's. */
    readonly isOutOfMemory: boolean,
  ) {
    super('The process that reads the file has ended.')
  }
}

/** The compiler copies no plain JavaScript, so both the sources and `dist` start the package's own file. */
const program = join(packageRoot, 'data/sqlite/engine-child.mjs')

type Message = { readonly id: number } & (
  | ({ readonly ok: true } & ChildAnswer)
  | { readonly ok: false; readonly code: string; readonly message: string }
)

export class SqliteChild {
  private readonly process: ChildProcess
  private waiting:
    | { resolve: (answer: ChildAnswer) => void; reject: (error: Error) => void }
    | undefined
  private lastId = 0
  private isAlive = true

  constructor() {
    this.process = fork(program, [], {
      env: {},
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.process.on('message', (message: Message) => this.settle(message))
    this.process.on('error', () => this.end())
    this.process.on('exit', (_, signal) => this.end(signal === 'SIGKILL'))
    this.holdParent(false)
  }

  get alive(): boolean {
    return this.isAlive
  }

  /** Rejects with a SqliteEngineError, or with a SqliteChildError when the process ends first. */
  request(request: ChildRequest): Promise<ChildAnswer> {
    if (!this.isAlive) return Promise.reject(new SqliteChildError(false))
    if (this.waiting !== undefined) throw new Error('One request at a time.')
    this.holdParent(true)
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.process.send({ id: ++this.lastId, ...request }, (error) => error && this.end())
    })
  }

  close(): void {
    this.end()
    this.process.kill('SIGKILL')
  }

  private settle(message: Message): void {
    const { waiting } = this
    if (waiting === undefined || message.id !== this.lastId) return
    this.waiting = undefined
    this.holdParent(false)
    if (message.ok) waiting.resolve(message)
    else waiting.reject(new SqliteEngineError(message.code, message.message))
  }

  private end(isOutOfMemory = false): void {
    this.isAlive = false
    this.waiting?.reject(new SqliteChildError(isOutOfMemory))
    this.waiting = undefined
  }

  /** A child at rest does not keep its parent running. */
  private holdParent(holds: boolean): void {
    if (holds) {
      this.process.ref()
      this.process.channel?.ref()
    } else {
      this.process.unref()
      this.process.channel?.unref()
    }
  }
}
