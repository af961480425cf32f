/** Settles which rows are kept by stored values and by words inside names. */
import { type ColumnReference, findTable } from '../../../data/catalog.js'
import { childrenOf, parentsOf } from '../../../data/relationship-graph.js'
import type { Draft, DraftPart, DraftValue } from '../draft.js'
import type { Ambiguity, Filter } from '../entities.js'
import { displayColumn } from '../schema/schema-terms.js'
import { resolveColumn, type Surroundings } from './resolve-columns.js'

const joinCost = 0.12
const childCost = 0.4
const tossUp = 0.05
const namedTableBonus = 0.3

export interface ResolvedFilters {
  readonly filters: readonly Filter[]
  readonly ambiguities: readonly Ambiguity[]
}

/** Values of one column are alternatives; values of different columns must all hold. */
export function resolveValues(
  values: readonly DraftValue[],
  around: Surroundings,
): ResolvedFilters {
  const filters: Filter[] = []
  const ambiguities: Ambiguity[] = []
  for (const value of values) {
    const { column, stored, ambiguity } = chooseColumn(value, around)
    if (ambiguity) ambiguities.push(ambiguity)
    if (column && stored !== undefined) addValue(filters, value, column, stored)
  }
  return { filters, ambiguities }
}

function chooseColumn(value: DraftValue, around: Surroundings) {
  const remembered = around.resolutions[value.phrase.toLowerCase()]
  const scored = value.links
    .map((link) => ({ link, score: link.similarity - distance(around, link.column.table) }))
    .sort((a, b) => b.score - a.score)
  const first = scored[0]
  if (!first) return {}
  const isRemembered = ({ link }: (typeof scored)[number]) =>
    link.column.table === remembered?.table && link.column.column === remembered.column
  const chosen = (remembered && scored.find(isRemembered)) ?? first
  const rivals = scored.filter(({ score }) => first.score - score < tossUp)
  const columns = distinctColumns(rivals.map(({ link }) => link.column))
  const ambiguity =
    remembered || columns.length < 2 ? undefined : { phrase: value.phrase, options: columns }
  return { column: chosen.link.column, stored: chosen.link.value, ambiguity }
}

function distance({ catalog, base, namedTables }: Surroundings, table: string): number {
  const named = namedTables.has(table) ? namedTableBonus : 0
  if (base === undefined) return -named
  const up = parentsOf(catalog, base).get(table)
  if (up !== undefined) return up * joinCost - named
  const down = childrenOf(catalog, base).get(table)
  return childCost + (down ?? 3) * joinCost - named
}

function distinctColumns(columns: readonly ColumnReference[]): readonly ColumnReference[] {
  return columns.filter(
    (column, at) =>
      columns.findIndex((c) => c.table === column.table && c.column === column.column) === at,
  )
}

function addValue(
  filters: Filter[],
  value: DraftValue,
  column: ColumnReference,
  stored: string,
): void {
  const comparator = value.negated ? '<>' : '='
  const at = filters.findIndex(
    (f) =>
      f.column.table === column.table &&
      f.column.column === column.column &&
      f.comparator === comparator,
  )
  const known = filters[at]
  const values = [...new Set([...(known?.values ?? []), stored])]
  const filter: Filter = { column, comparator, values, phrase: value.phrase }
  if (at === -1) filters.push(filter)
  else filters[at] = filter
}

/** Texts that hold a word: in the text column just named, else in the one that names the rows. */
export function resolveMatches(draft: Draft, around: Surroundings): readonly Filter[] {
  const { catalog, base } = around
  const table = base === undefined ? undefined : findTable(catalog, base)
  const display = table && displayColumn(table)
  const parts = draft.parts.flatMap((part) => resolvePart(part, around))
  const matches = draft.matches.flatMap(({ pattern, mention, negated, phrase }) => {
    const named = mention && resolveColumn(mention, around, (found) => found.kind === 'text').column
    const column = named ?? (table && display && { table: table.name, column: display.name })
    const comparator = negated ? ('not like' as const) : ('like' as const)
    return column ? [{ column, comparator, values: [pattern], phrase }] : []
  })
  return [...parts, ...matches]
}

/** The names nearest to the base that hold the words. */
function resolvePart(
  { columns, text, negated, phrase }: DraftPart,
  around: Surroundings,
): readonly Filter[] {
  const [column] = [...columns].sort(
    (a, b) => distance(around, a.table) - distance(around, b.table),
  )
  const comparator = negated ? ('not like' as const) : ('like' as const)
  return column ? [{ column, comparator, values: [`%${text}%`], phrase }] : []
}
