/** What a database contains, as plain values: the one description every other room reads. */

import type { CatalogTerm } from './defined-term.js'

export type Dialect = 'duckdb' | 'sqlite' | 'postgres' | 'mysql' | 'spark'

/** A column's type reduced to what questions and charts care about. `other` covers nested and binary types. */
export type ColumnKind = 'number' | 'text' | 'date' | 'timestamp' | 'boolean' | 'other'

/** A cell as JSON can carry it: integers beyond 2^53 and unusual types arrive as text, dates as ISO text. */
export type Value = string | number | boolean | null

export interface Column {
  readonly name: string
  /** The engine's own type, such as `DECIMAL(12,2)`. */
  readonly type: string
  readonly kind: ColumnKind
  readonly nullable: boolean
  /** True when the column alone is a declared or proven key of its table. */
  readonly unique: boolean
  readonly distinctCount?: number
  /** Every distinct value, present only for low-cardinality text, boolean and small-integer columns. */
  readonly values?: readonly string[]
  /** A few values as they are stored, most frequent first. */
  readonly samples: readonly string[]
  /** Smallest and largest value of numbers, dates and timestamps, as text. */
  readonly min?: string
  readonly max?: string
  /** The ends are those of the rows that were looked at: there may be others beyond. */
  readonly rangeIsSampled?: true
  readonly comment?: string
  /** What the database itself says, where people told something else. */
  readonly sourceComment?: string
  /** What people call it besides its name, as they said. */
  readonly aliases?: readonly string[]
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly primaryKey: readonly string[]
  readonly rowCount: number
  readonly comment?: string
  readonly sourceComment?: string
  readonly aliases?: readonly string[]
}

export interface ColumnReference {
  readonly table: string
  readonly column: string
}

/** Many rows of `from` point at one row of `to`. */
export interface Relationship {
  readonly from: ColumnReference
  readonly to: ColumnReference
  /** Of a key of several columns, the column names beyond the first pair; every pair must be equal. */
  readonly further?: readonly { readonly from: string; readonly to: string }[]
  readonly origin: 'declared' | 'inferred'
  /** Why an inferred relationship is believed, in plain words. */
  readonly evidence?: string
}

export interface Catalog {
  readonly dialect: Dialect
  readonly tables: readonly Table[]
  readonly relationships: readonly Relationship[]
  /** Words of the business, as people explained them. */
  readonly terms?: readonly CatalogTerm[]
  /** Texts that people gave about the data. */
  readonly notes?: readonly CatalogNote[]
  /** While a large schema is read: tables whose values are known, of all; of the others names, types and declared keys are. */
  readonly described?: { readonly done: number; readonly total: number }
  /** Changes whenever tables, columns or data change, or what was told of them. */
  readonly version: string
}

export interface CatalogNote {
  readonly id: string
  readonly title: string
  readonly text: string
}

export function findTable(catalog: Pick<Catalog, 'tables'>, name: string): Table | undefined {
  return catalog.tables.find((table) => table.name.toLowerCase() === name.toLowerCase())
}

export function findColumn(catalog: Catalog, reference: ColumnReference): Column | undefined {
  const column = reference.column.toLowerCase()
  return findTable(catalog, reference.table)?.columns.find((c) => c.name.toLowerCase() === column)
}
