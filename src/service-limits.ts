/** What one service takes on at most; each has a setting. */

export interface ServiceLimits {
  /** Of one key, or of one address without a key. */
  readonly requestsPerSecond: number
  readonly connections: number
  /** Under way at once. */
  readonly questions: number
  /** Waiting for the model, beside the one it works on. */
  readonly queued: number
  /** In that queue. */
  readonly waitMs: number
  /** One look of the guard and the engine at SQL, before it runs. */
  readonly gateMs: number
  readonly queryMs: number
  /** The model's work on one try, all its candidates together. */
  readonly modelMs: number
  /** A question from its arrival to its answer. */
  readonly requestMs: number
  /** Of the files of one upload together. */
  readonly uploadBytes: number
}

export const defaultServiceLimits: ServiceLimits = {
  requestsPerSecond: 50,
  connections: 2_048,
  questions: 32,
  queued: 16,
  waitMs: 30_000,
  gateMs: 500,
  queryMs: 5_000,
  modelMs: 60_000,
  requestMs: 120_000,
  uploadBytes: 1_000_000_000,
}
