/** What "last month" counts from when nobody says: the newest date of the largest table that has dates. */
import type { Catalog } from '../../../data/catalog.js'

/** ISO date; today's when the data has no date at all. */
export function newestDate(catalog: Catalog, today = new Date()): string {
  const dated = catalog.tables
    .flatMap((table) =>
      table.columns
        .filter((column) => column.kind === 'date' || column.kind === 'timestamp')
        .flatMap(({ max }) => (max === undefined ? [] : [{ max, rows: table.rowCount }])),
    )
    .sort((a, b) => b.rows - a.rows || b.max.localeCompare(a.max))
  return (dated[0]?.max ?? today.toISOString()).slice(0, 10)
}
