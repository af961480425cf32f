/** Draws what the rows of one table may be grouped by, and what is measured of each group. */
import type { AskableColumn, AskableTable, TemplateSetting } from './askable.js'
import { columnsOf, drawn } from './draw.js'
import { drawAggregate, type Measure, measureOf } from './superlatives.js'

export interface Grouped {
  readonly table: AskableTable
  readonly column: AskableColumn
}

export function drawGroups(
  { schema, random }: TemplateSetting,
  numbers = false,
): Grouped | undefined {
  const isGroup = ({ role, range }: AskableColumn) =>
    role === 'category' || (role === 'year' && range !== undefined)
  const all = schema.tables
    .filter((table) => !numbers || columnsOf(table, ['number']).length > 0)
    .flatMap((table) => table.columns.filter(isGroup).map((column) => ({ table, column })))
  return drawn(all, random)
}

export function drawMeasure(
  table: AskableTable,
  { random }: TemplateSetting,
  taken: readonly AskableColumn[] = [],
): Measure | undefined {
  const number = drawn(columnsOf(table, ['number'], taken), random)
  return number && measureOf(number, drawAggregate(number, random), random)
}
