/** Shares out the sessions that a database allows. */

export interface SessionLimits {
  /** One worker's. */
  readonly each: number
  /** All workers' of all tasks. */
  readonly all: number
  readonly workers: number
  /** Phases that run at the same time. */
  readonly tasks: number
}

/** `min(each, ⌊all / (workers × tasks)⌋)`; 0 when there are more workers than sessions. */
export function sessionsPerWorker({ each, all, workers, tasks }: SessionLimits): number {
  return Math.min(each, Math.floor(all / (workers * tasks)))
}
