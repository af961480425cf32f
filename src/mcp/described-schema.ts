/** Tables as a model reads them: all in brief, or a few with what is stored in their columns. */
import { z } from 'zod'
import type { Catalog, Column, Table } from '../../data/catalog.js'

/** What fits into what a model reads. */
const maxTables = 100
const maxColumns = 200
const maxValues = 20

const text = z.string()

export const tableShape = z.object({
  name: text,
  comment: text.optional(),
  row_count: z.number(),
  primary_key: z.array(text),
  columns: z.array(
    z.object({
      name: text,
      type: text,
      comment: text.optional(),
      nullable: z.boolean().optional(),
      values: z.array(text).optional().describe('All that are stored, or some of them.'),
      min: text.optional(),
      max: text.optional(),
    }),
  ),
})

export const schemaShape = {
  dataset: text,
  datasets: z.array(z.object({ name: text, title: text })).describe('All that may be asked.'),
  dialect: text.describe('Of SQL.'),
  tables: z.array(tableShape),
  relationships: z
    .array(z.object({ from: text, to: text }))
    .describe('Columns that refer to columns, as table.column.'),
  left_out: z.number().describe('Tables that are not shown here; name them to see them.'),
}

export type DescribedTable = z.infer<typeof tableShape>

/** `names` are those of `tables`; with none, all of them in brief. */
export function describeTables(catalog: Catalog, names: readonly string[] | undefined) {
  const wanted = names?.map((name) => name.toLowerCase())
  const found = catalog.tables.filter(({ name }) => wanted?.includes(name.toLowerCase()) ?? true)
  const shown = found.slice(0, maxTables)
  const isShown = (name: string) => shown.some((table) => table.name === name)
  const unknown = (names ?? []).filter(
    (name) => !found.some((table) => table.name.toLowerCase() === name.toLowerCase()),
  )
  return {
    unknown,
    tables: shown.map((table) => describeTable(table, wanted !== undefined)),
    relationships: catalog.relationships
      .filter(({ from, to }) => isShown(from.table) || isShown(to.table))
      .map(({ from, to }) => ({
        from: `${from.table}.${from.column}`,
        to: `${to.table}.${to.column}`,
      })),
    left_out: found.length - shown.length,
  }
}

export function describeTable(table: Table, inDetail: boolean): DescribedTable {
  const { name, comment, rowCount, primaryKey, columns } = table
  return {
    name,
    ...(comment !== undefined && { comment }),
    row_count: rowCount,
    primary_key: [...primaryKey],
    columns: columns.slice(0, maxColumns).map((column) => describeColumn(column, inDetail)),
  }
}

function describeColumn(column: Column, inDetail: boolean): DescribedTable['columns'][number] {
  const { name, type, comment, nullable, values, samples, min, max } = column
  const brief = { name, type, ...(comment !== undefined && { comment }) }
  if (!inDetail) return brief
  return {
    ...brief,
    nullable,
    values: (values ?? samples).slice(0, maxValues),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}
