/** Whether what a term stands for is there and may be read: guarded and bound by the engine like any SQL. */
import { type Catalog, findColumn, findTable } from '../data/catalog.js'
import type { Database } from '../data/database.js'
import { catalogTerm } from '../data/described-catalog.js'
import { quoteName } from '../data/quote.js'
import type { GivenTerm, HandbookFailure } from './handbook.js'

export async function termFailure(
  term: GivenTerm,
  catalog: Catalog,
  database: Pick<Database, 'explain'>,
): Promise<HandbookFailure | undefined> {
  const { table, column, value, expression } = term
  const read = catalogTerm(catalog, { id: '', ...term })
  const found = findTable(catalog, table)
  if (!read || !found) {
    const what = column === undefined ? `table ${table}` : `column ${column} in a table ${table}`
    return { code: 'unknown', message: `There is no ${what}.`, hints: [] }
  }
  if (value !== undefined) {
    const kind = findColumn(catalog, { table, column: column ?? '' })?.kind
    return kind === 'text' ? undefined : invalid('A value belongs to a column of texts.')
  }
  if (expression === undefined) return undefined
  if (!isBalanced(expression)) return invalid('The expression is not one expression.')
  return database.explain(`SELECT (${expression}) AS term FROM ${quoteName(found.name)}`)
}

function invalid(message: string): HandbookFailure {
  return { code: 'invalid', message, hints: [] }
}

/** An expression that closes a bracket it did not open, or begins a comment, would become another query. */
function isBalanced(expression: string): boolean {
  if (/--|\/\*|;/.test(expression)) return false
  let depth = 0
  for (const character of expression.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '')) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}
