/** One process that holds one data file open, answers one request at a time and can be killed at any moment. */
import { type ChildProcess, type ForkOptions, fork } from 'node:child_process'
import { channel } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { packageRoot } from '../../models/package-root.js'

/** What runs in the process. The compiler copies no plain JavaScript, so the sources and `dist` start the same file. */
export interface EngineProgram {
  /** From the top of the package. */
  readonly file: string
  /** What an interrupted request has to end in, before the process is killed; 0 where nothing can be interrupted. */
  readonly graceMs: number
  /** Linux: of writable memory, whether used or not. What asks for more is told so at once; the engine mostly survives. */
  readonly maxDataBytes?: number
  /** Linux: of any file that it writes; 0 when it writes none. */
  readonly maxFileBytes?: number
}

/** What the engine said, with a code where it has any. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** The process ended in the middle: closed by us, ended by its own limits or by a fault of the engine. */
export class ProcessEndedError extends Error {
  override readonly name = 'ProcessEndedError'
  constructor(
    /** It was killed, and not by us: by its own limit or by the system's. */
    readonly isOutOfMemory: boolean,
  ) {
    super('The process that reads the file has ended.')
  }
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

type Message = { readonly id: number } & (
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string }
)

/** `closed` by us, `ended` by itself, `killed` by its own limits or the system. */
export type EngineProcessEvent = 'started' | 'closed' | 'ended' | 'killed'

/** Whoever counts processes listens here; each message is an EngineProcessEvent. */
export const engineProcessEvents = channel('parley.engine-process')

export class EngineProcess {
  /** None where the system could not start one. */
  private readonly process: ChildProcess | undefined
  private waiting: Waiting | undefined
  private lastId = 0
  private isAlive = true
  private isInterrupted = false

  constructor(private readonly program: EngineProgram) {
    this.process = start(program)
    this.process?.on('message', (message: Message | null) => this.settle(message))
    this.process?.on('error', () => this.end())
    this.process?.on('exit', (_, signal) => this.end(signal === 'SIGKILL' ? 'killed' : 'ended'))
    engineProcessEvents.publish('started' satisfies EngineProcessEvent)
    this.holdParent(false)
  }

  get alive(): boolean {
    return this.isAlive
  }

  get id(): number | undefined {
    return this.process?.pid
  }

  get graceMs(): number {
    return this.program.graceMs
  }

  /** Rejects with an EngineError, or with a ProcessEndedError when the process ends first. */
  request<Answer>(request: object): Promise<Answer> {
    const { process } = this
    // A process that could not be started has no channel.
    if (!process?.connected) this.end()
    if (!process || !this.isAlive) return Promise.reject(new ProcessEndedError(false))
    if (this.isInterrupted) return Promise.reject(new EngineError('interrupted', 'Interrupted.'))
    if (this.waiting !== undefined) throw new Error('One request at a time.')
    this.holdParent(true)
    return new Promise<Answer>((resolve, reject) => {
      this.waiting = { resolve: resolve as (answer: unknown) => void, reject }
      process.send({ id: ++this.lastId, ...request }, (error) => error && this.end())
    })
  }

  /** Asks the engine to end what it is at, and refuses requests until `resume`. */
  interrupt(): void {
    this.isInterrupted = true
    if (this.waiting && this.isAlive) this.process?.send({ interrupt: true }, () => {})
  }

  resume(): void {
    this.isInterrupted = false
  }

  close(): void {
    this.end('closed')
    this.process?.kill('SIGKILL')
  }

  private settle(message: Message | null): void {
    const { waiting } = this
    if (waiting === undefined || message?.id !== this.lastId) return
    this.waiting = undefined
    this.holdParent(false)
    if (message.ok) waiting.resolve(message)
    else waiting.reject(new EngineError(message.code, message.message))
  }

  private end(how: Exclude<EngineProcessEvent, 'started'> = 'ended'): void {
    if (this.isAlive) engineProcessEvents.publish(how)
    this.isAlive = false
    this.waiting?.reject(new ProcessEndedError(how === 'killed'))
    this.waiting = undefined
  }

  /** A process at rest does not keep its parent running. */
  private holdParent(holds: boolean): void {
    if (holds) {
      this.process?.ref()
      this.process?.channel?.ref()
    } else {
      this.process?.unref()
      this.process?.channel?.unref()
    }
  }
}

/** Of some failures, such as too few files, the system tells later, by an event; of others, such as too little memory, at once. */
function start(program: EngineProgram): ChildProcess | undefined {
  try {
    return fork(join(packageRoot, program.file), [], forkOptions(program))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    return undefined
  }
}

/**
 * Nothing of our environment and none of our files reach the process, only the time zone that "today" is read in. Messages
 * are JSON, since what a broken process writes must do no harm here.
 */
function forkOptions(program: EngineProgram): ForkOptions {
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const common: ForkOptions = {
    env: { TZ: timeZone },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
  }
  const limits = process.platform === 'linux' ? shellLimits(program) : []
  if (limits.length === 0) return { ...common, execArgv: [] }
  // The shell becomes the process: its limits and its channel go over, and no shell is left.
  const command = [...limits, 'exec "$0" "$@"'].join('; ')
  return { ...common, execPath: '/bin/sh', execArgv: ['-c', command, process.execPath] }
}

/** A core file would be a copy of the data. */
function shellLimits({ maxDataBytes, maxFileBytes }: EngineProgram): readonly string[] {
  const data = maxDataBytes === undefined ? [] : [`ulimit -d ${Math.floor(maxDataBytes / 1024)}`]
  // In blocks of 512 bytes, as POSIX has it.
  const file = maxFileBytes === undefined ? [] : [`ulimit -f ${Math.floor(maxFileBytes / 512)}`]
  return ['ulimit -c 0', ...data, ...file]
}
