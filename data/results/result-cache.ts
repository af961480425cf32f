/** The port to a place that keeps results: what the same SQL gave on the same data. Forgetting is always allowed. */
import type { QueryResult } from '../database.js'

/** No result takes more than this share of the room, so that one cannot drive all others out. */
export const largestShare = 1 / 8

export interface ResultCache {
  /** Undefined for what is not there. */
  get(key: string): Promise<QueryResult | undefined>
  /** Never rejects, and need not be waited for: it may take long where the place is slow. */
  put(key: string, result: QueryResult): Promise<void>
  /** Looks since it was opened; what is kept, as far as this process knows. */
  figures(): CacheFigures
  close(): Promise<void>
}

export interface CacheFigures {
  readonly hits: number
  readonly misses: number
  readonly entries: number
  /** Of the kept results, as JSON. */
  readonly bytes: number
}
