/** Names the columns that a nested query gives to the select around it. */
import type { Catalog } from '../catalog.js'
import { findTable } from '../catalog.js'
import { readGoldFrom } from './gold-from.js'
import { outputName } from './gold-items.js'
import { readSelectItems } from './list-items.js'
import type { Clause, Query } from './sql-tree.js'
import { isSymbol } from './sql-tree.js'

export interface OutputColumn {
  /** In the gold SQL. */
  readonly name: string
  /** In join-free SQL. */
  readonly written: string
}

/** Only what has a name: an alias, a column, or every column of `*`. */
export function outputsOf(query: Query, catalog: Catalog): readonly OutputColumn[] {
  const body = query.members[0]?.body ?? []
  if (!Array.isArray(body)) return outputsOf(body as Query, catalog)
  const clauses = body as readonly Clause[]
  const nodes = clauses.find(({ keyword }) => keyword === 'SELECT')?.nodes ?? []
  let aliased = 0
  return readSelectItems(nodes).flatMap(({ expression, alias }) => {
    if (alias !== undefined) return [{ name: alias, written: outputName(++aliased) }]
    const [first] = expression
    if (isSymbol(first, '*')) return columnsOfFrom(clauses, catalog)
    const isColumn = expression.length === 1 && first?.type === 'name'
    return isColumn ? [unchanged(first.parts.at(-1)?.name ?? '')] : []
  })
}

function unchanged(name: string): OutputColumn {
  return { name, written: name }
}

function columnsOfFrom(clauses: readonly Clause[], catalog: Catalog): readonly OutputColumn[] {
  const nodes = clauses.find(({ keyword }) => keyword === 'FROM')?.nodes ?? []
  return readGoldFrom(nodes).flatMap(({ origin }) =>
    'query' in origin
      ? outputsOf(origin.query, catalog)
      : (findTable(catalog, origin.table)?.columns.map(({ name }) => unchanged(name)) ?? []),
  )
}
