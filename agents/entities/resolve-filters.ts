/** Settles what rows are kept: stored values, numeric conditions, things that must or must not exist. */
import { type Column, type ColumnReference, findColumn, findTable } from '../../data/catalog.js'
import { childrenOf, parentsOf } from '../../data/relationship-graph.js'
import { stem } from '../../rag/words.js'
import type { Draft, DraftCondition, DraftPart, DraftValue } from './draft.js'
import type { Ambiguity, Existence, Filter, Having, Measure } from './entities.js'
import type { MentionItem } from './read-items.js'
import { isMeasurable, resolveColumn, type Surroundings } from './resolve-columns.js'
import { resolveMeasure } from './resolve-measures.js'
import { displayColumn, identifierStems, isKeyLike, keyColumn } from './schema-terms.js'

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

export interface ResolvedConditions {
  readonly filters: readonly Filter[]
  /** Bounds that no column could be found for. */
  readonly unresolved: readonly string[]
  readonly having: readonly Having[]
}

/** A bound on a column keeps rows; a bound on a count or on an aggregate keeps groups. */
export function resolveConditions(
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
): ResolvedConditions {
  const filters: Filter[] = []
  const having: Having[] = []
  const unresolved: string[] = []
  for (const condition of draft.conditions) {
    const group = groupMeasure(condition, draft, measures, around)
    if (group && condition.number !== undefined) {
      having.push({ measure: group, comparator: condition.comparator, value: condition.number })
      continue
    }
    const column = conditionColumn(condition, around)
    if (column) filters.push(toFilter(condition, column))
    else unresolved.push(condition.phrase)
  }
  return { filters, having, unresolved }
}

/**
 * The aggregate a bound is about, when it is about one: a count ("more than 10 stores"), or a sum where there are
 * groups to bound ("stores with sales over 1 million"). Without groups the bound is on each row.
 */
function groupMeasure(
  { mention, counts }: DraftCondition,
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
): Measure | undefined {
  if (!mention) return undefined
  const best = mention.candidates[0]
  if (counts && best?.kind === 'table' && best.table !== around.subject) {
    const counted = {
      aggregate: 'count' as const,
      mention,
      distinct: false,
      phrase: mention.phrase,
    }
    return resolveMeasure(counted, around, []).measure
  }
  const grouped = around.subject !== undefined || draft.dimensions.length > 0
  const asked = draft.measures.findIndex((measure) => measure.mention === mention)
  const aggregated = draft.measures[asked]?.aggregate !== undefined || mention.money
  if (!grouped || !aggregated) return undefined
  const drafted = draft.measures[asked] ?? { mention, distinct: false, phrase: mention.phrase }
  return (
    measures[asked] ?? resolveMeasure(drafted, around, around.base ? [around.base] : []).measure
  )
}

function conditionColumn(
  { mention, concept, comparator }: DraftCondition,
  around: Surroundings,
): ColumnReference | undefined {
  const named = mention && measuredColumn(mention, around)
  if (named) return named
  if (concept) return columnOfConcept(concept, around)
  return mention && comparator === '=' ? keyOf(mention, around) : undefined
}

function measuredColumn(mention: MentionItem, around: Surroundings): ColumnReference | undefined {
  const { column } = resolveColumn(mention, around, (found, reference) =>
    isMeasurable(around.catalog, found, reference),
  )
  const sure = (mention.candidates[0]?.weight ?? 0) >= 0.75
  if (!mention.money || (column && sure)) return column
  return resolveMeasure({ mention, distinct: false, phrase: mention.phrase }, around, []).measure
    ?.column
}

/** "store 12": the number is the key. */
function keyOf(mention: MentionItem, { catalog }: Surroundings): ColumnReference | undefined {
  const named = mention.owner ?? mention.candidates.find((c) => c.kind === 'table')?.table
  const table = named === undefined ? undefined : findTable(catalog, named)
  const key = table && keyColumn(table)
  return table && key?.kind === 'number' ? { table: table.name, column: key.name } : undefined
}

/** Texts that hold a word: in the text column just named, else in the one that names the rows. */
export function resolveMatches(draft: Draft, around: Surroundings): readonly Filter[] {
  const { catalog, base } = around
  const table = base === undefined ? undefined : findTable(catalog, base)
  const display = table && displayColumn(table)
  const parts = draft.parts.flatMap((part) => resolvePart(part, around))
  const matches = draft.matches.flatMap(({ pattern, mention, phrase }) => {
    const named = mention && resolveColumn(mention, around, (found) => found.kind === 'text').column
    const column = named ?? (table && display && { table: table.name, column: display.name })
    return column ? [{ column, comparator: 'like' as const, values: [pattern], phrase }] : []
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

/** The column an adjective measures: the earliest of its concept's words found in the base's column names. */
export function columnOfConcept(
  concept: readonly string[],
  { catalog, base }: Surroundings,
  kinds: readonly string[] = ['number', 'date', 'timestamp'],
): ColumnReference | undefined {
  const table = base === undefined ? undefined : findTable(catalog, base)
  if (!table) return undefined
  for (const word of concept) {
    const column = table.columns.find(
      (candidate) =>
        kinds.includes(candidate.kind) &&
        !isKeyLike(catalog, { table: table.name, column: candidate.name }) &&
        identifierStems(candidate.name).includes(stem(word)),
    )
    if (column) return { table: table.name, column: column.name }
  }
  const dated = concept.includes('date') ? table.columns.find(isDated) : undefined
  return dated && { table: table.name, column: dated.name }
}

function isDated({ kind }: Column): boolean {
  return kind === 'date' || kind === 'timestamp'
}

function toFilter({ comparator, number, phrase }: DraftCondition, column: ColumnReference): Filter {
  return number === undefined
    ? { column, comparator, values: [], average: true, phrase }
    : { column, comparator, values: [number], phrase }
}

export interface ResolvedExistence {
  readonly existence: readonly Existence[]
  readonly filters: readonly Filter[]
}

/** Detail rows are looked for; a parent or a column of the base is there or is null. */
export function resolveExistence(draft: Draft, around: Surroundings): ResolvedExistence {
  const existence: Existence[] = []
  const filters: Filter[] = []
  const asked = [
    ...draft.absences.map((mention) => ({ mention, exists: false })),
    ...draft.presences.map((mention) => ({ mention, exists: true })),
  ]
  for (const { mention, exists } of asked) {
    const child = childNamed(mention, around)
    if (child) existence.push({ table: child, exists, phrase: mention.phrase })
    const column = child ? undefined : nullableColumn(mention, around)
    if (!column || (exists && !column.foreign)) continue
    const comparator = exists ? 'is not null' : 'is null'
    filters.push({ column: column.reference, comparator, values: [], phrase: mention.phrase })
  }
  return { existence, filters }
}

function childNamed(mention: MentionItem, { catalog, base }: Surroundings): string | undefined {
  if (base === undefined) return undefined
  const children = childrenOf(catalog, base)
  const parents = parentsOf(catalog, base)
  const tables = mention.candidates
    .map((candidate) => candidate.table)
    .filter((table) => !parents.has(table))
  const direct = tables.find((table) => table !== base && children.has(table))
  if (direct) return direct
  return [...children.keys()].find(
    (child) => child !== base && tables.some((t) => t !== base && parentsOf(catalog, child).get(t)),
  )
}

/** The base's nullable key to the table named. */
export function foreignKeyTo(
  mention: MentionItem,
  around: Surroundings,
): ColumnReference | undefined {
  return nullableColumn(mention, around)?.reference
}

/** The base's own column, or its foreign key to the table named. */
function nullableColumn(mention: MentionItem, { catalog, base }: Surroundings) {
  for (const candidate of mention.candidates) {
    const link = catalog.relationships.find(
      (r) => r.from.table === base && r.to.table === candidate.table,
    )
    const reference =
      candidate.table === base && candidate.column !== undefined
        ? { table: base, column: candidate.column }
        : link?.from
    if (reference && findColumn(catalog, reference)?.nullable) {
      return { reference, foreign: reference === link?.from }
    }
  }
  return undefined
}
