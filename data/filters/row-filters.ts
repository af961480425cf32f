/** Filters that whoever looks at a card sets beside its SQL: a range of days, and values of columns. */
import type { Value } from '../catalog.js'

export interface ValueFilter {
  /** `region`, or `stores.region` where several tables have one. */
  readonly column: string
  /** A row stays whose cell is one of them. */
  readonly values: readonly Value[]
}

export interface RowFilters {
  /** ISO days, both included. */
  readonly from?: string
  readonly to?: string
  readonly values?: readonly ValueFilter[]
}

/** What became of one filter. */
export interface FilterVerdict {
  /** `date`, or the column as it was given. */
  readonly filter: string
  /** The columns that it restricts, as `table.column`; none where it does not apply. */
  readonly columns: readonly string[]
  /** Why it does not apply. */
  readonly reason?: string
}

export interface FilteredSql {
  /** As it was where no filter applies. */
  readonly sql: string
  readonly verdicts: readonly FilterVerdict[]
}
