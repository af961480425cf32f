/** Settles which date column periods and grains are about. */
import {
  type Catalog,
  type Column,
  type ColumnReference,
  findTable,
} from '../../../data/catalog.js'
import { childrenOf, parentsOf } from '../../../data/relationship-graph.js'
import type { Draft } from '../draft.js'
import { resolveColumn, type Surroundings } from './resolve-columns.js'

const hintBonus = 2
const presenceBonus = 3
const joinCost = 0.3
/** Dates of detail tables count only when the question points at them. */
const childCost = 1.2

/** Undefined when no table in reach has a date. */
export function resolveTimeColumn(
  draft: Draft,
  surroundings: Surroundings,
): ColumnReference | undefined {
  const { catalog, base } = surroundings
  if (base === undefined) return undefined
  const hinted = draft.timeHints.flatMap((hint) => {
    const { column } = resolveColumn(hint, surroundings, (c) => isDate(c.kind))
    return column ? [column] : []
  })
  const present = new Set(
    [...draft.presences, ...draft.absences].flatMap((mention) =>
      mention.candidates.map((candidate) => candidate.table),
    ),
  )
  const scored = tablesInReach(catalog, base).flatMap(({ table, cost }) =>
    dateColumns(catalog, table).map(({ column, quality }) => {
      const reference = { table, column }
      const hint = hinted.some((h) => h.table === table && h.column === column) ? hintBonus : 0
      const presence = present.has(table) ? presenceBonus : 0
      return { reference, score: quality + hint + presence - cost }
    }),
  )
  return scored.sort((a, b) => b.score - a.score)[0]?.reference
}

/** The date of a table's own rows, else of the nearest table they point at. */
export function nearestDate(catalog: Catalog, table: string): ColumnReference | undefined {
  const dated = [...parentsOf(catalog, table)].flatMap(([parent, joins]) =>
    dateColumns(catalog, parent).map(({ column, quality }) => ({
      reference: { table: parent, column },
      score: quality - joins * joinCost,
    })),
  )
  return dated.sort((a, b) => b.score - a.score)[0]?.reference
}

function tablesInReach(catalog: Catalog, base: string) {
  const parents = [...parentsOf(catalog, base)].map(([table, joins]) => ({
    table,
    cost: joins * joinCost,
  }))
  const children = [...childrenOf(catalog, base)].filter(([table]) => table !== base)
  const reached = new Map(parents.map(({ table, cost }) => [table, cost]))
  for (const [child, down] of children) {
    for (const [table, up] of parentsOf(catalog, child)) {
      const cost = childCost + (down + up) * joinCost
      if (!reached.has(table)) reached.set(table, cost)
    }
  }
  return [...reached].map(([table, cost]) => ({ table, cost }))
}

/** Dates that every row has come first, then dates that some rows have, then plain years; ties by name order. */
function dateColumns(catalog: Catalog, table: string) {
  return (findTable(catalog, table)?.columns ?? []).flatMap((column, at) => {
    if (!isDate(column.kind) && !isYear(column)) return []
    const years = isYear(column) ? 0.3 : 0
    return [{ column: column.name, quality: (column.nullable ? 0 : 0.1) - years - at * 0.01 }]
  })
}

/** A number column called year, with years in it. */
export function isYear(column: Column): boolean {
  if (column.kind !== 'number' || !/year$/i.test(column.name)) return false
  const [min, max] = [Number(column.min), Number(column.max)]
  return min >= 1000 && max <= 2200
}

function isDate(kind: string): boolean {
  return kind === 'date' || kind === 'timestamp'
}
