/** What a kind of server brings along, so that one Database serves all of them. */
import type { Dialect } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'
import type { QueryFailure, QueryResult, ResultColumn } from '../database.js'
import type { Batches, ReadLimits, ReadOutcome } from '../read-all.js'
import type { ResultLimits } from '../result-limits.js'
import type { SessionPool } from './session-pool.js'

/** `sql` is what runs instead of what was asked: nothing in it is left to be read in two ways. */
export type Guarded =
  | { readonly ok: true; readonly sql: string }
  | { readonly ok: false; readonly failure: QueryFailure }

export interface DataVersion {
  /** Changes with every change of tables, columns, keys, views and rights. */
  readonly shape: string
  /** Changes with rows that are written, as far as the server tells. */
  readonly rows: string
}

export type SelectedRows = Pick<QueryResult, 'columns' | 'rows' | 'truncated'>

/** Asks one statement of Parley's own, in a transaction of its own; cells as a result would show them, in words. */
export type ReadRows = (sql: string) => Promise<readonly (readonly (string | null)[])[]>

export interface WholeReading {
  readonly limits: ReadLimits
  readonly batches: Batches
  /** Told as soon as they are known. */
  readonly read: { columns: readonly ResultColumn[] }
}

/** `Facts` is what the guard must know of the database, `Place` what a transaction depends on. */
export interface ServerEngine<Session, Place, Facts> {
  readonly dialect: Dialect
  openSessions(count: number): SessionPool<Session, Place>
  /** Without facts: as the server has it. */
  placeOf(facts?: Facts): Place
  /** `ask` works on one session after another. */
  readFacts(
    ask: <Result>(place: Place, work: (session: Session) => Promise<Result>) => Promise<Result>,
  ): Promise<Facts>
  /** What a mistaken name may have meant. */
  columnsByTable(facts: Facts): ReadonlyMap<string, readonly string[]>
  /** `newer` is asked where a name is unknown: it may have been made since. */
  guard(sql: string, facts: Facts, newer: () => Promise<Facts>): Promise<Guarded>
  /** Binds without running. */
  explain(session: Session, sql: string): Promise<void>
  select(session: Session, sql: string, limits: ResultLimits): Promise<SelectedRows>
  readWhole(session: Session, sql: string, reading: WholeReading): Promise<ReadOutcome>
  readTexts(session: Session, sql: string): Promise<(string | null)[][]>
  readVersion(session: Session): Promise<DataVersion>
  introspect(read: ReadRows, signal: AbortSignal, watch?: CatalogWatch): Promise<CatalogOutline>
  /** Throws what is no failure of the server. */
  failureOf(
    error: unknown,
    columnsByTable: ReadonlyMap<string, readonly string[]>,
    timeoutMs: number,
  ): QueryFailure
  isLostConnection(error: unknown): boolean
  close(): Promise<void>
}
