/** A few processes that hold one file open: work that must stop loses its process, and the next work gets another. */
import type { StopReason } from '../state-failure.js'
import { createTurns } from '../turns.js'
import { type OpenOptions, SqliteChild } from './sqlite-child.js'

export type LimitedWork<Result> =
  | { readonly stopped: false; readonly result: Result; readonly isUnlocked: boolean }
  | { readonly stopped: true; readonly reason: StopReason }

export interface PoolOptions extends Omit<OpenOptions, 'path'> {
  /** Queries that run at the same time; others wait for their turn. */
  readonly children: number
}

interface WorkLimits {
  /** Of the file now; a child that opened an older one opens it anew. */
  readonly version: string
  /** Counted from when the work's turn has come. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

interface Seat {
  readonly child: SqliteChild
  version: string
  isUnlocked: boolean
}

export class SqlitePool {
  private readonly idle: Seat[] = []
  private readonly takeTurn: ReturnType<typeof createTurns>
  private isClosed = false

  constructor(
    private readonly path: string,
    private readonly options: PoolOptions,
  ) {
    this.takeTurn = createTurns(options.children)
  }

  /** Rejects as the work does. */
  async use<Result>(
    limits: WorkLimits,
    work: (child: SqliteChild) => Promise<Result>,
  ): Promise<LimitedWork<Result>> {
    const release = await this.takeTurn(limits.signal)
    if (!release) return { stopped: true, reason: 'cancelled' }
    const seat = this.takeSeat()
    try {
      return await this.workOn(seat, limits, work)
    } finally {
      this.putBack(seat)
      release()
    }
  }

  /** Stops what runs; what waits has been told by its own signal. */
  close(): void {
    this.isClosed = true
    for (const { child } of this.idle.splice(0)) child.close()
  }

  private async workOn<Result>(
    seat: Seat,
    { version, timeoutMs, signal }: WorkLimits,
    work: (child: SqliteChild) => Promise<Result>,
  ): Promise<LimitedWork<Result>> {
    let reason: StopReason | undefined
    const stop = (why: StopReason) => {
      reason ??= why
      seat.child.close()
    }
    const cancel = () => stop('cancelled')
    const timer = setTimeout(() => stop('sql_timeout'), timeoutMs)
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    try {
      if (seat.version !== version) await this.openFile(seat, version)
      const result = await work(seat.child)
      if (reason !== undefined) return { stopped: true, reason }
      return { stopped: false, result, isUnlocked: seat.isUnlocked }
    } catch (error) {
      if (reason === undefined) throw error
      return { stopped: true, reason }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
    }
  }

  private takeSeat(): Seat {
    return this.idle.pop() ?? { child: new SqliteChild(), version: '', isUnlocked: false }
  }

  private async openFile(seat: Seat, version: string): Promise<void> {
    const { isUnlocked = false } = await seat.child.request({
      open: { ...this.options, path: this.path },
    })
    seat.version = version
    seat.isUnlocked = isUnlocked
  }

  /** A child that was stopped is replaced at once, so that the next question need not wait for it to start. */
  private putBack(seat: Seat): void {
    if (this.isClosed) seat.child.close()
    else if (seat.child.alive) this.idle.push(seat)
    else this.idle.push({ child: new SqliteChild(), version: '', isUnlocked: false })
  }
}
