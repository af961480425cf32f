/** The port to a place that keeps results: what the same SQL gave on the same data. Forgetting is always allowed. */
import type { QueryResult } from '../database.js'

export interface ResultCache {
  /** Undefined for what is not there. */
  get(key: string): Promise<QueryResult | undefined>
  put(key: string, result: QueryResult): Promise<void>
  /** Since it was opened. */
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
