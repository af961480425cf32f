/** What "last month" counts from when nobody says: the newest date of the largest table that has dates. */
import type { Catalog, Column, Table } from '../../../data/catalog.js'

/** ISO date; today's when the data has no date at all. */
export function newestDate(catalog: Catalog, today = new Date()): string {
  return (newestColumn(catalog)?.column.max ?? today.toISOString()).slice(0, 10)
}

/** Continues a sentence about that date where newer ones may be in a table that was too large to be read for them; else empty. */
export function newestDateRemark(catalog: Catalog): string {
  const newest = newestColumn(catalog)
  if (!newest?.column.rangeIsSampled) return ''
  return `, the newest date in a sample of ${newest.table.name}; it may have newer ones`
}

/** Where that date is from; undefined when the data has no date. */
function newestColumn({ tables }: Catalog): NewestColumn | undefined {
  const dated = tables.flatMap((table) =>
    table.columns.filter(isDated).map((column) => ({ table, column })),
  )
  return dated.reduce<NewestColumn | undefined>(
    (best, next) => (best && compare(best, next) <= 0 ? best : next),
    undefined,
  )
}

interface NewestColumn {
  readonly table: Table
  readonly column: Column
}

function isDated({ kind, max }: Column): boolean {
  return (kind === 'date' || kind === 'timestamp') && max !== undefined
}

/** Below zero when `one` decides rather than `other`. */
function compare(one: NewestColumn, other: NewestColumn): number {
  const byRows = other.table.rowCount - one.table.rowCount
  return byRows || (other.column.max ?? '').localeCompare(one.column.max ?? '')
}
