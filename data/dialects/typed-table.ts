/** A table of a SQLite file as another engine can hold it. */
import type { Value } from '../catalog.js'

export type TypedKind = 'integer' | 'real' | 'text' | 'date' | 'timestamp' | 'boolean'

/** What SQLite turns the other side of a comparison into; its declaration decides. */
export type Affinity = 'text' | 'number' | 'none'

export interface TypedColumn {
  readonly name: string
  readonly kind: TypedKind
  readonly affinity: Affinity
  /** Holds NULL somewhere, as it is loaded. */
  readonly nulls: boolean
  /** No two rows share a value, and none lacks it. */
  readonly unique: boolean
  /** A text column whose every text is a plain number. */
  readonly numeric: boolean
}

export interface TypedTable {
  readonly name: string
  readonly columns: readonly TypedColumn[]
  /** Names of the primary key's columns. */
  readonly key: readonly string[]
  /** Dates as `YYYY-MM-DD`, timestamps as `YYYY-MM-DD HH:MM:SS`. */
  readonly rows: readonly (readonly Value[])[]
  /** By column, cells that its type cannot hold, such as `N/A` among numbers: they are NULL in `rows`. */
  readonly lostCells: ReadonlyMap<string, number>
}
