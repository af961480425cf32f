/**
 * A session on a Spark Connect server: settings that the guard counts on, statements that can be stopped, and its release.
 * What the server calls a session is followed by another whenever it has to be.
 */
import { randomUUID } from 'node:crypto'
import type { SparkAddress } from './address.js'
import { type ConnectCalls, connectCalls } from './connect-calls.js'
import type { AnalyzeRequest, AnalyzeResponse, Caller, ExecuteResponse } from './connect-service.js'
import { isLostSession } from './engine-failure.js'
import { quoteSparkName } from './quote-spark-name.js'
import { runOperation } from './run-operation.js'

/** Milliseconds for what computes nothing. */
const callMs = 30_000
const stopMs = 5_000

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
  // Characters of a plan in words, of which the guard reads one for each statement and refuses what is cut.
  'spark.sql.maxPlanStringLength': '4000000',
}

export interface RunOptions {
  readonly signal: AbortSignal
}

export class SparkSession {
  private readonly calls: ConnectCalls
  private opening: Promise<Held> | undefined
  private isClosed = false
  private readonly ending = new Set<Promise<void>>()

  constructor(private readonly address: SparkAddress) {
    this.calls = connectCalls(address)
  }

  /** Binds, or tells what it was asked for, without running anything. Rejects as the server does. */
  async analyze(request: AnalyzeRequest, timeoutMs = callMs): Promise<AnalyzeResponse> {
    const held = await this.hold()
    const ask = ({ caller }: Held) => this.calls.ask('AnalyzePlan', caller, request, timeoutMs)
    try {
      return await ask(held)
    } catch (error) {
      if (!isLostSession(error)) throw error
      return await ask(await this.holdAfter(held))
    }
  }

  /**
   * What comes of one statement, piece by piece. Where the reader stops or the signal is aborted, the server is told to
   * stop too: without that the work would go on there. A statement that nothing came of runs again in a new session
   * where the server has forgotten this one.
   */
  async *run(sql: string, { signal }: RunOptions): AsyncGenerator<ExecuteResponse> {
    signal.throwIfAborted()
    const held = await this.hold()
    let isRead = false
    try {
      for await (const response of this.runIn(held, sql, signal)) {
        isRead = true
        yield response
      }
    } catch (error) {
      if (!isLostSession(error)) throw error
      const next = await this.holdAfter(held)
      if (isRead) throw error
      yield* this.runIn(next, sql, signal)
    }
  }

  /** From here on statements see the files that lie there now: what a session has listed it lists no more. */
  async renew(): Promise<void> {
    const before = this.opening
    const next = this.open()
    await next
    if (this.opening !== before) return this.leave(await next)
    this.opening = next
    const left = await before?.catch(() => undefined)
    if (left !== undefined) this.leave(left)
  }

  /** Gives the session back to the server, where it can be reached. */
  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    const held = await this.opening?.catch(() => undefined)
    if (held !== undefined) this.leave(held)
    while (this.ending.size > 0) await Promise.all(this.ending)
    this.calls.close()
  }

  private async *runIn(
    held: Held,
    sql: string,
    signal: AbortSignal,
  ): AsyncGenerator<ExecuteResponse> {
    const operation = runOperation(this.calls, held.caller, sql)
    held.operations += 1
    try {
      yield* operation.read(signal)
    } finally {
      const end = async () => {
        await operation.end()
        held.operations -= 1
        await this.releaseUnused(held)
      }
      this.endLater(end())
    }
  }

  /** Nobody waits for it but who closes the session. */
  private endLater(end: Promise<void>): void {
    const ending = end.finally(() => this.ending.delete(ending))
    this.ending.add(ending)
  }

  private hold(): Promise<Held> {
    this.opening ??= this.open()
    const opening = this.opening
    opening.catch(() => {
      if (this.opening === opening) this.opening = undefined
    })
    return opening
  }

  /** The server was started anew, or found that nobody needed the session. */
  private async holdAfter(lost: Held): Promise<Held> {
    if ((await this.opening) === lost) this.opening = undefined
    return this.hold()
  }

  /** No statement begins in it any more. */
  private leave(held: Held): void {
    held.isLeft = true
    this.endLater(this.releaseUnused(held))
  }

  private async releaseUnused({ caller, isLeft, operations }: Held): Promise<void> {
    if (!isLeft || operations > 0) return
    await this.calls.ask('ReleaseSession', caller, {}, stopMs).catch(() => {})
  }

  private async open(): Promise<Held> {
    const caller = {
      session_id: randomUUID(),
      user_context: { user_id: this.address.user },
      client_type: 'parley',
    }
    const pairs = Object.entries(settings).map(([key, value]) => ({ key, value }))
    const operation = { set: { pairs } }
    const told = await this.calls.ask('Config', caller, { operation }, callMs)
    const seen = { ...caller, client_observed_server_side_session_id: told.server_side_session_id }
    const held = { caller: seen, operations: 0, isLeft: false }
    const chosen = `USE ${quoteSparkName(this.address.database)}`
    for await (const _ of this.runIn(held, chosen, AbortSignal.timeout(callMs)));
    return held
  }
}

/** A session of the server's, and how many statements run in it. */
interface Held {
  readonly caller: Caller
  operations: number
  isLeft: boolean
}
