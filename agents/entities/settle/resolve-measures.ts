/** Settles what is counted, summed or averaged. */
import { type Catalog, type ColumnReference, findColumn, findTable } from '../../../data/catalog.js'
import { childrenOf, parentsOf } from '../../../data/relationship-graph.js'
import { stem } from '../../../rag/words.js'
import type { DraftMeasure } from '../draft.js'
import type { Aggregate, Ambiguity, Measure } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { isComputed } from '../schema/computed-column.js'
import { type DefinedColumn, isCount, usualOf } from '../schema/defined-column.js'
import type { Candidate } from '../schema/link-schema.js'
import { principalAmount } from '../schema/principal-amount.js'
import { identifierStems, keyColumn } from '../schema/schema-terms.js'
import { additiveWords, averagedWords } from '../words/business-words.js'
import { isMeasurable, resolveColumn, type Surroundings } from './resolve-columns.js'

/** Aggregates that, said of a table ("average order", "largest order"), are of its amount. */
const ofRows = new Set<Aggregate | undefined>(['avg', 'min', 'max', 'median'])

export interface ResolvedMeasure {
  readonly measure?: Measure
  readonly ambiguity?: Ambiguity
}

/** `neededTables`: tables the question groups or filters by, so that a sum is taken where rows do not repeat. */
export function resolveMeasure(
  draft: DraftMeasure,
  surroundings: Surroundings,
  neededTables: readonly string[],
): ResolvedMeasure {
  const { mention } = draft
  if (!mention) return {}
  const told = mention.candidates[0]?.defined
  if (told && isCount(told)) return { measure: toldCount(draft, told) }
  if (draft.aggregate === 'count') {
    return { measure: countOf(draft, mention, { ...surroundings, needed: neededTables }) }
  }
  if (mention.profit) return { measure: profitOf(draft, surroundings.catalog, neededTables) }
  const literal = literalNumber(draft, mention, { ...surroundings, needed: neededTables })
  const inMoney = mention.money && (mention.candidates[0]?.weight ?? 0) < 0.75
  if (literal.column && !(inMoney && !isOwnName(mention, literal.column))) {
    const column = finerTwin(surroundings.catalog, literal.column, neededTables)
    return { measure: measureOf(draft, column), ambiguity: literal.ambiguity }
  }
  const table = mention.candidates.find((candidate) => candidate.kind === 'table')?.table
  if (mention.money || (table !== undefined && ofRows.has(draft.aggregate))) {
    const amount = principalAmount(surroundings.catalog, neededTables, table)
    if (amount) return { measure: measureOf(draft, amount, 'sum') }
  }
  return table === undefined ? {} : { measure: countOf(draft, mention, surroundings) }
}

/** Counts what a term says. */
function toldCount({ phrase }: DraftMeasure, told: DefinedColumn): Measure {
  const { table, column, distinct } = told
  const counted = { aggregate: 'count' as const, table, phrase }
  return distinct ? { ...counted, column: { table, column }, distinct } : counted
}

/** "average income" where a column `annual_income` says so itself: no other money is meant. */
function isOwnName({ phrase }: MentionItem, { column }: ColumnReference): boolean {
  const word = stem(phrase.toLowerCase())
  return word === stem('income') && identifierStems(column).at(-1) === word
}

/** Amount less quantity × unit cost, where a transaction's rows have all three in reach. */
export function profitOf(
  draft: DraftMeasure,
  catalog: Catalog,
  neededTables: readonly string[],
): Measure | undefined {
  for (const cost of columnsNamed(catalog, ['cost'])) {
    const amount = principalAmount(catalog, [...neededTables, cost.table])
    if (!amount || !parentsOf(catalog, amount.table).has(cost.table)) continue
    const quantity = columnsNamed(catalog, ['quantity', 'qty', 'units']).find(
      (column) => column.table === amount.table,
    )
    if (!quantity) continue
    const aggregate = draft.aggregate ?? 'sum'
    const { phrase } = draft
    return { aggregate, column: amount, table: amount.table, costs: { quantity, cost }, phrase }
  }
  return undefined
}

function columnsNamed(catalog: Catalog, names: readonly string[]): readonly ColumnReference[] {
  const stems = names.map(stem)
  return catalog.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.kind === 'number')
      .filter((column) => identifierStems(column.name).some((word) => stems.includes(word)))
      .map((column) => ({ table: table.name, column: column.name })),
  )
}

/** What is summed had better be a column that adds up; percentages only when nothing else is called so. */
function literalNumber(draft: DraftMeasure, mention: MentionItem, surroundings: Surroundings) {
  const adds = resolveColumn(
    mention,
    surroundings,
    (column, reference) =>
      isMeasurable(surroundings.catalog, column, reference) &&
      !identifierStems(reference.column).some((word) => averagedWords.has(word)),
  )
  if (draft.aggregate === 'sum' && adds.column) return adds
  return resolveColumn(mention, surroundings, (column, reference) =>
    isMeasurable(surroundings.catalog, column, reference),
  )
}

function measureOf(
  draft: DraftMeasure,
  column: ColumnReference,
  usual: Aggregate = usualAggregate(column),
): Measure {
  const aggregate = draft.aggregate ?? usual
  return { aggregate, column, table: column.table, distinct: draft.distinct, phrase: draft.phrase }
}

/** Amounts add up; prices, sizes and rates are averaged. */
function usualAggregate(column: ColumnReference): Aggregate {
  const told = usualOf(column)
  if (told) return told
  const words = identifierStems(column.column)
  if (words.some((word) => averagedWords.has(word))) return 'avg'
  return words.some((word) => additiveWords.has(word)) ? 'sum' : 'avg'
}

/** "more than 2 payments" counts payments, even where a column is called `amount_payment`. */
export function countedCandidate({ candidates, phrase }: MentionItem): Candidate | undefined {
  const [best] = candidates
  const partly = best?.kind === 'column' && best.weight < 1 && /[^s]s$/i.test(phrase)
  return (partly ? candidates.find(({ kind }) => kind === 'table') : undefined) ?? best
}

/** Counts rows of a table, or distinct values of a column that is not its table's identity. */
function countOf(
  draft: DraftMeasure,
  mention: MentionItem,
  around: Surroundings,
): Measure | undefined {
  const best = countedCandidate(mention)
  if (!best) return undefined
  const base = { aggregate: 'count' as const, phrase: draft.phrase }
  if (best.kind === 'table') return countRows(best.table, draft, around)
  const { column } = resolveColumn(mention, around)
  if (!column) return undefined
  const table = findTable(around.catalog, column.table)
  const found = findColumn(around.catalog, column)
  const measured = found !== undefined && isMeasurable(around.catalog, found, column)
  const identity =
    (table && keyColumn(table)?.name === column.column) || (!measured && isUnique(around, column))
  if (identity) return { ...base, table: column.table, distinct: draft.distinct }
  if (found && isMeasurable(around.catalog, found, column) && !draft.distinct) {
    return { aggregate: 'sum', phrase: draft.phrase, table: column.table, column }
  }
  return { ...base, table: column.table, column, distinct: true }
}

/** Rows of a table; where what they are grouped by only follows from a detail table, the keys found there. */
function countRows(table: string, draft: DraftMeasure, around: Surroundings): Measure {
  const { catalog, needed = [] } = around
  const rows = {
    aggregate: 'count' as const,
    phrase: draft.phrase,
    table,
    distinct: draft.distinct,
  }
  const follows = (child: string) => needed.every((name) => parentsOf(catalog, child).has(name))
  const found = findTable(catalog, table)
  const key = found && keyColumn(found)
  if (follows(table) || !key) return rows
  const bridge = [...childrenOf(catalog, table)].filter(([child]) => follows(child))
  const nearest = bridge.sort((a, b) => a[1] - b[1])[0]?.[0]
  if (nearest === undefined) return rows
  return { ...rows, table: nearest, column: { table, column: key.name }, distinct: true }
}

function isUnique({ catalog }: Surroundings, reference: ColumnReference): boolean {
  const column = findColumn(catalog, reference)
  const rows = findTable(catalog, reference.table)?.rowCount
  return (
    column?.unique === true ||
    (column?.distinctCount !== undefined && column.distinctCount === rows)
  )
}

/**
 * A header's total repeats for each detail row once detail tables are joined; the detail's own amount does not.
 * Looks for a column with a like name in a table from which every needed table follows.
 */
function finerTwin(
  catalog: Catalog,
  column: ColumnReference,
  neededTables: readonly string[],
): ColumnReference {
  const follows = (table: string) =>
    neededTables.every((needed) => parentsOf(catalog, table).has(needed))
  const isTold = isComputed(column) || usualOf(column) !== undefined
  if (isTold || follows(column.table)) return column
  return principalAmount(catalog, neededTables, column.table) ?? column
}
