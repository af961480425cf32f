/** The port to a database engine. Implementations refuse anything but one read-only SELECT. */
import type { Catalog, ColumnKind, Dialect, Value } from './catalog.js'
import type { CatalogWatch } from './catalog-watch.js'
import type { ReadOptions, ReadOutcome } from './read-all.js'

export interface ResultColumn {
  readonly name: string
  readonly type: string
  readonly kind: ColumnKind
}

export interface QueryResult {
  readonly columns: readonly ResultColumn[]
  /** One array per row, in column order. */
  readonly rows: readonly (readonly Value[])[]
  /** Rows delivered here; when `truncated`, the query has more. */
  readonly rowCount: number
  readonly truncated: boolean
  readonly elapsedMs: number
  /** Taken from what was kept of the same SQL on the same data. */
  readonly isKept?: true
}

export type QueryFailureCode =
  | 'sql_refused'
  | 'sql_invalid'
  | 'sql_failed'
  | 'sql_timeout'
  | 'sql_out_of_memory'
  | 'cancelled'

/** An expected failure: a value the graph can show, retry or explain. */
export interface QueryFailure {
  readonly code: QueryFailureCode
  readonly message: string
  /** Names or next steps that may help, nearest first. */
  readonly hints: readonly string[]
}

export type QueryOutcome =
  | { readonly ok: true; readonly result: QueryResult }
  | { readonly ok: false; readonly failure: QueryFailure }

export interface QueryOptions {
  readonly signal?: AbortSignal
  readonly maxRows?: number
  /** Counted from when an engine or a connection is free. */
  readonly timeoutMs?: number
}

export interface Database {
  readonly dialect: Dialect
  /** Where the data came from, in words a user recognises. */
  readonly label: string
  /** Describes tables, columns, keys and value profiles. `watch` hears of it where nobody had this version described before. */
  introspect(signal?: AbortSignal, watch?: CatalogWatch): Promise<Catalog>
  /** A short text that changes whenever the data does; cheap enough to ask before every question. */
  version(): Promise<string>
  /** Guards and binds a statement without running it; undefined means it may run. `timeoutMs` counts as in `query`. */
  explain(sql: string, signal?: AbortSignal, timeoutMs?: number): Promise<QueryFailure | undefined>
  /** Guards and runs one SELECT within time, row and byte limits. */
  query(sql: string, options?: QueryOptions): Promise<QueryOutcome>
  /** Guards one SELECT and reads all that it gives, within limits of its own, beside the queries. */
  readAll(sql: string, options: ReadOptions): Promise<ReadOutcome>
  /** Releases the engine; safe to call twice. */
  close(): Promise<void>
}
