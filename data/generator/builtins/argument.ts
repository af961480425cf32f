/** What functions can be applied to: readable columns, and dates with words for them. */
import { type Catalog, findTable } from '../../catalog.js'
import { readDates } from '../analysis/dates.js'
import type { AskableColumn, AskableTable } from '../templates/askable.js'
import type { BuiltIn } from './built-in.js'

/** A column that functions are applied to. */
export interface Argument {
  readonly table: AskableTable
  readonly on: BuiltIn['on']
  readonly sql: string
  /** "List price", "date it opened". */
  readonly words: string
  /** Whether the words speak of a row that was named before. */
  readonly needsRow: boolean
  readonly column?: AskableColumn
  readonly years?: readonly number[]
}

export function argumentsOf(catalog: Catalog, table: AskableTable): Argument[] {
  const columns = table.columns.flatMap((column): Argument[] => {
    const on = column.role === 'number' ? 'number' : column.kind === 'text' ? 'text' : undefined
    if (on === undefined || column.role === 'key') return []
    return [{ table, on, sql: column.sql, words: column.words, needsRow: false, column }]
  })
  const described = findTable(catalog, table.name)
  const dates = described ? readDates(described, table.noun) : []
  return [
    ...columns,
    ...dates.map(
      ({ sql, noun, words, firstYear, lastYear }): Argument => ({
        table,
        on: 'date',
        sql,
        words: noun,
        needsRow: words === undefined,
        years: Array.from({ length: lastYear - firstYear + 1 }, (_, at) => firstYear + at),
      }),
    ),
  ]
}

export function fits({ on, needs }: BuiltIn, { on: found, column }: Argument): boolean {
  if (on !== found) return false
  if (needs === undefined) return true
  if (needs === 'spaces') return column?.values.some((value) => value.includes(' ')) ?? false
  if (needs === 'fractions') return column?.range?.whole === false
  return (column?.range?.high ?? 0) >= 1000
}
