/** A session on a Spark Connect server: settings that the guard counts on, statements that can be stopped, and its release. */
import { randomUUID } from 'node:crypto'
import { Metadata, type ServiceError } from '@grpc/grpc-js'
import type { SparkAddress } from './address.js'
import {
  type AnalyzeRequest,
  type AnalyzeResponse,
  type Caller,
  type ConnectService,
  connectTo,
  type ExecuteResponse,
  type Plan,
} from './connect-service.js'
import { isLostSession } from './engine-failure.js'
import { quoteSparkName } from './quote-spark-name.js'

/** Milliseconds for what computes nothing. */
const callMs = 30_000
const stopMs = 5_000
/** A statement that is interrupted while it is still being planned starts all the same (Spark 4.3), and cannot be stopped again. */
const plannedMs = 2_000

/** No path stands for a table, no `${…}` for what the server knows, and times are those of no place. */
const settings = {
  'spark.sql.runSQLOnFiles': 'false',
  'spark.sql.variable.substitute': 'false',
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.ansi.doubleQuotedIdentifiers': 'true',
  'spark.sql.caseSensitive': 'false',
  'spark.sql.parser.escapedStringLiterals': 'false',
  'spark.sql.legacy.consecutiveStringLiterals.enabled': 'false',
}

export interface RunOptions {
  readonly signal: AbortSignal
}

export class SparkSession {
  private readonly service: ConnectService
  private readonly metadata = new Metadata()
  private opening: Promise<Caller> | undefined
  private isClosed = false
  private readonly stopping = new Set<Promise<void>>()

  constructor(private readonly address: SparkAddress) {
    this.service = connectTo(address)
    if (address.token !== undefined) {
      this.metadata.set('authorization', `Bearer ${address.token}`)
    }
  }

  /** Binds, or tells what it was asked for, without running anything. Rejects as the server does. */
  async analyze(request: AnalyzeRequest, timeoutMs = callMs): Promise<AnalyzeResponse> {
    return this.withCaller((caller) => this.call('AnalyzePlan', caller, request, timeoutMs))
  }

  /**
   * What comes of one statement, piece by piece; the server waits while a piece is looked at. Where the reader stops or
   * the signal is aborted, the server is told to stop too: without that the work would go on there.
   */
  async *run(sql: string, { signal }: RunOptions): AsyncGenerator<ExecuteResponse> {
    signal.throwIfAborted()
    const caller = await this.caller()
    const operation = randomUUID()
    const request = { ...caller, plan: planOf(sql), operation_id: operation }
    const start = Date.now()
    const stream = this.service.ExecutePlan(request, this.metadata)
    // After a stop nobody listens any more.
    stream.on('error', () => {})
    let isOver = false
    const stop = () => stream.destroy(new StoppedError())
    signal.addEventListener('abort', stop, { once: true })
    try {
      for await (const response of stream) yield response as ExecuteResponse
      isOver = true
    } catch (error) {
      isOver = !(error instanceof StoppedError) && !signal.aborted
      if (isLostSession(error)) this.forget(caller)
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      if (!isOver) this.stopLater(caller, operation, start, () => stream.cancel())
    }
  }

  /** Gives the session back to the server, where it can be reached. */
  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    await Promise.all(this.stopping)
    const caller = await this.opening?.catch(() => undefined)
    if (caller !== undefined) {
      await this.call('ReleaseSession', caller, {}, stopMs).catch(() => {})
    }
    this.service.close()
  }

  private async withCaller<Result>(work: (caller: Caller) => Promise<Result>): Promise<Result> {
    const caller = await this.caller()
    try {
      return await work(caller)
    } catch (error) {
      if (!isLostSession(error)) throw error
      this.forget(caller)
      // The server was started anew, or found that nobody needed the session.
      return work(await this.caller())
    }
  }

  private caller(): Promise<Caller> {
    this.opening ??= this.open()
    const opening = this.opening
    opening.catch(() => {
      if (this.opening === opening) this.opening = undefined
    })
    return opening
  }

  private forget(caller: Caller): void {
    void this.opening?.then((known) => {
      if (known === caller) this.opening = undefined
    })
  }

  private async open(): Promise<Caller> {
    const caller = {
      session_id: randomUUID(),
      user_context: { user_id: this.address.user },
      client_type: 'parley',
    }
    const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }))
    await this.call('Config', caller, { operation: { set: { pairs } } }, callMs)
    const chosen = { ...caller, plan: planOf(`USE ${quoteSparkName(this.address.database)}`) }
    const stream = this.service.ExecutePlan(
      { ...chosen, operation_id: randomUUID() },
      this.metadata,
    )
    for await (const _ of stream);
    return caller
  }

  /** Nobody waits for it but who closes the session. The call ends last: without it the server knows the work no more. */
  private stopLater(caller: Caller, operation: string, start: number, end: () => void): void {
    const wait = Math.max(0, start + plannedMs - Date.now())
    const stopping = new Promise((resolve) => setTimeout(resolve, wait))
      .then(() => this.interrupt(caller, operation))
      .finally(() => {
        end()
        this.stopping.delete(stopping)
      })
    this.stopping.add(stopping)
  }

  private async interrupt(caller: Caller, operation: string): Promise<void> {
    const request = {
      interrupt_type: 'INTERRUPT_TYPE_OPERATION_ID',
      operation_id: operation,
    } as const
    await this.call('Interrupt', caller, request, stopMs).catch(() => {})
  }

  private call<Name extends Unary>(
    name: Name,
    caller: Caller,
    request: Omit<Parameters<ConnectService[Name]>[0], keyof Caller>,
    timeoutMs: number,
  ): Promise<AnswerOf<Name>> {
    return new Promise((resolve, reject) => {
      const answered = (error: ServiceError | null, response: unknown) =>
        error === null ? resolve(response as AnswerOf<Name>) : reject(error)
      const options = { deadline: Date.now() + timeoutMs }
      const full = { ...caller, ...request } as Parameters<ConnectService[Name]>[0]
      ;(this.service[name] as AnyUnary)(full, this.metadata, options, answered)
    })
  }
}

class StoppedError extends Error {
  constructor() {
    super('The statement was stopped.')
  }
}

type Unary = 'AnalyzePlan' | 'Config' | 'Interrupt' | 'ReleaseSession'
type AnswerOf<Name extends Unary> = Name extends 'AnalyzePlan' ? AnalyzeResponse : object
type AnyUnary = (
  request: unknown,
  metadata: Metadata,
  options: object,
  answered: (error: ServiceError | null, response: unknown) => void,
) => void

export function planOf(query: string): Plan {
  return { root: { common: {}, sql: { query } } }
}
