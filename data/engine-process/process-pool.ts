/** A few processes that hold one file open: work that does not stop loses its process, and the next work gets another. */
import type { StopReason } from '../state-failure.js'
import { createTurns } from '../turns.js'
import { EngineProcess, type EngineProgram } from './engine-process.js'

export type LimitedWork<Result> =
  | { readonly stopped: false; readonly result: Result }
  | { readonly stopped: true; readonly reason: StopReason }

export interface PoolOptions {
  readonly program: EngineProgram
  /** What a process is told to open. */
  readonly open: object
  /** Quick queries that run at the same time, others wait for their turn; and as many slow ones beside them. */
  readonly children: number
}

interface WorkLimits {
  /** Of the file now; a process that opened an older one opens it anew. */
  readonly version: string
  /** Counted from when the work's turn has come and its file is open. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** `Opened` is what the program answers when it has opened the file. */
type Work<Opened, Result> = (process: EngineProcess, opened: Opened) => Promise<Result>

interface Seat<Opened> {
  readonly process: EngineProcess
  version?: string
  opened?: Opened
}

/** A query that takes longer gives its turn to another, so that a few slow ones hold up nobody else. */
const slowAfterMs = 500
/** Starting a process and opening a file take a quarter of a second on a machine at rest. */
const openTimeoutMs = 20_000

export class ProcessPool<Opened> {
  private readonly idle: Seat<Opened>[] = []
  private readonly takeTurn: ReturnType<typeof createTurns>
  private readonly closing = new AbortController()
  private slow = 0

  constructor(private readonly options: PoolOptions) {
    this.takeTurn = createTurns(options.children)
  }

  /** Rejects as the work does, and with an EngineError or ProcessEndedError where the file cannot be opened. */
  async use<Result>(limits: WorkLimits, work: Work<Opened, Result>): Promise<LimitedWork<Result>> {
    const release = await this.takeTurn(limits.signal)
    if (!release) return { stopped: true, reason: 'cancelled' }
    const leave = this.leaveTurnWhenSlow(release, limits.version)
    const seat = this.takeSeat(({ version }) => version === limits.version)
    try {
      return await this.workOn(seat, limits, work)
    } finally {
      this.putBack(seat)
      leave()
    }
  }

  /** Starts what is missing, so that no question need wait for it; what fails is left to the question. */
  async warm(version: string): Promise<void> {
    const { signal } = this.closing
    const isCold = (seat: Seat<Opened>) => seat.version !== version
    const warmOne = async () => {
      const release = await this.takeTurn(signal)
      if (!release) return
      const seat = this.takeSeat(isCold)
      await this.openFile(seat, version, signal).catch(() => {})
      this.putBack(seat, false)
      release()
    }
    await Promise.all(Array.from({ length: this.options.children }, warmOne))
  }

  /** New processes take the place of those at rest, and of what these keep in memory. */
  async renew(version: string): Promise<void> {
    for (const { process } of this.idle.splice(0)) process.close()
    await this.warm(version)
  }

  /** Stops what runs; what waits has been told by its own signal. */
  close(): void {
    this.closing.abort()
    for (const { process } of this.idle.splice(0)) process.close()
  }

  /** Another process starts at once in place of the one that is slow. */
  private leaveTurnWhenSlow(release: () => void, version: string): () => void {
    let isSlow = false
    const timer = setInterval(() => {
      if (this.slow === this.options.children) return
      clearInterval(timer)
      isSlow = true
      this.slow += 1
      release()
      void this.warm(version)
    }, slowAfterMs)
    return () => {
      clearInterval(timer)
      if (isSlow) this.slow -= 1
      else release()
    }
  }

  private async workOn<Result>(
    seat: Seat<Opened>,
    { version, timeoutMs, signal }: WorkLimits,
    work: Work<Opened, Result>,
  ): Promise<LimitedWork<Result>> {
    const { process } = seat
    if (!(await this.openFile(seat, version, signal))) return { stopped: true, reason: 'cancelled' }
    let reason: StopReason | undefined
    const timers: NodeJS.Timeout[] = []
    const stop = (why: StopReason) => {
      if (reason !== undefined) return
      reason = why
      if (process.graceMs === 0) return process.close()
      process.interrupt()
      timers.push(setTimeout(() => process.close(), process.graceMs))
    }
    const cancel = () => stop('cancelled')
    timers.push(setTimeout(() => stop('sql_timeout'), timeoutMs))
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    try {
      const result = await work(process, seat.opened!)
      return reason === undefined ? { stopped: false, result } : { stopped: true, reason }
    } catch (error) {
      if (reason === undefined) throw error
      return { stopped: true, reason }
    } finally {
      for (const timer of timers) clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
      process.resume()
    }
  }

  /** False when `signal` came first. A process that does not open the file in time is killed. */
  private async openFile(
    seat: Seat<Opened>,
    version: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (seat.version === version) return true
    const stop = () => seat.process.close()
    const timer = setTimeout(stop, openTimeoutMs)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    try {
      seat.opened = await seat.process.request<Opened>({ open: this.options.open })
      seat.version = version
      return true
    } catch (error) {
      seat.version = undefined
      if (signal.aborted) return false
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }

  /** The one wanted most, else another, else a new one. */
  private takeSeat(isWanted: (seat: Seat<Opened>) => boolean): Seat<Opened> {
    const living = this.idle.splice(0).filter(({ process }) => process.alive)
    const wanted = living.findLastIndex(isWanted)
    const [seat] = living.splice(wanted, 1)
    this.idle.push(...living)
    return seat ?? { process: new EngineProcess(this.options.program) }
  }

  /** A process that was stopped is replaced at once, so that the next question need not wait for it to start. */
  private putBack(seat: Seat<Opened>, replaces = true): void {
    if (this.closing.signal.aborted || this.idle.length >= this.options.children) {
      seat.process.close()
    } else if (seat.process.alive) this.idle.push(seat)
    else if (replaces) {
      this.idle.push({ process: new EngineProcess(this.options.program) })
      if (seat.version !== undefined) void this.warm(seat.version)
    }
  }
}
