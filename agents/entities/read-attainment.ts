/** "missed their target", "above its budget": what came in against what was planned, each summed by itself. */
import { type Catalog, type ColumnReference, findTable } from '../../data/catalog.js'
import { parentsOf } from '../../data/relationship-graph.js'
import { stem } from '../../rag/words.js'
import { plannedWords, revenueWords } from './business-words.js'
import { addUnits, type CalendarUnit, startOfUnit } from './calendar.js'
import type { DraftMeasure } from './draft.js'
import type { Period, Relation } from './entities.js'
import type { Item, MentionItem } from './item.js'
import { isNegation, mentionAt, pastDeterminers, replaceSpan, said, spanOf } from './item-words.js'
import { principalAmount } from './principal-amount.js'
import { nearestDate } from './resolve-time.js'
import { identifierStems, isKeyLike } from './schema-terms.js'

const relations: ReadonlyMap<string, Relation> = new Map([
  ...wordsFor('<', 'missed miss misses missing below under behind short undershot'),
  ...wordsFor(
    '>',
    'beat beats beaten exceeded exceed exceeds exceeding surpassed surpass above over',
  ),
  ...wordsFor('>', 'outperformed topped'),
  ...wordsFor('>=', 'reached reach reaches met meet meets hit hits achieved achieve achieves made'),
  ...wordsFor('>=', 'make attained attain fulfilled fulfil'),
])

function wordsFor(relation: Relation, words: string): readonly (readonly [string, Relation])[] {
  return words.split(' ').map((word) => [word, relation])
}

const opposites: Readonly<Record<Relation, Relation>> = {
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  ratio: 'ratio',
  difference: 'difference',
  sum: 'sum',
}

/** Replaces the words from the verb to the plan by both measures; the rest of the question is left as read. */
export function readAttainment(items: readonly Item[], catalog: Catalog): readonly Item[] {
  for (let at = 0; at < items.length; at += 1) {
    const relation = relations.get(said(items[at]))
    const planned = relation && plannedAfter(items, at + 1, catalog)
    if (!relation || !planned) continue
    const actual = planned.said ?? actualOf(catalog, planned.column)
    if (!actual) continue
    const from = startOf(items, at)
    const negated = items
      .slice(from, at)
      .some((item) => isNegation(item) || /^fail/.test(said(item)))
    const span = spanOf(items, at, planned.next)
    const pair: Item = {
      kind: 'pair',
      ...span,
      first: withSpan(actual, span),
      second: planMeasure(planned.column, planned.phrase, span),
      relation: negated ? opposites[relation] : relation,
    }
    const timed = items.some((item) => item.kind === 'period')
    const limits = timed ? [] : plannedTime(catalog, planned.column.table)
    const periods = limits.map((period): Item => ({ kind: 'period', period, ...span }))
    return replaceSpan(items, from, planned.next, [pair, ...periods])
  }
  return items
}

/** "did not reach", "failed to reach", "fell short": where the verb's own words begin. */
function startOf(items: readonly Item[], at: number): number {
  let from = at
  const leads =
    /^(did|do|does|has|have|to|fell|fall|falls|fallen|fail|fails|failed|was|were|is|are)$/
  while (leads.test(said(items[from - 1])) || isNegation(items[from - 1])) from -= 1
  return from
}

interface Planned {
  readonly column: ColumnReference
  readonly phrase: string
  /** What the plan is of, when the question says so: "sales target". */
  readonly said?: DraftMeasure
  readonly next: number
}

function plannedAfter(
  items: readonly Item[],
  start: number,
  catalog: Catalog,
): Planned | undefined {
  let at = pastDeterminers(items, start)
  while (isTotal(items[at]) || items[at]?.kind === 'grain') at = pastDeterminers(items, at + 1)
  const first = mentionAt(items, at)
  const own = first && plannedColumn(first, catalog)
  if (own) return { column: own, phrase: first.phrase, next: at + 1 }
  const second = mentionAt(items, at + 1)
  const column = second && plannedColumn(second, catalog)
  if (!first || !second || !column) return undefined
  const measure = { mention: first, distinct: false, phrase: first.phrase }
  return { column, phrase: second.phrase, said: measure, next: at + 2 }
}

function isTotal(item: Item | undefined): boolean {
  return item?.kind === 'cue' && item.cue.kind === 'aggregate' && item.cue.aggregate === 'sum'
}

/** The amount of the table of plans that a name points at. */
function plannedColumn(mention: MentionItem, catalog: Catalog): ColumnReference | undefined {
  if (
    !mention.phrase
      .toLowerCase()
      .split(' ')
      .some((word) => plannedWords.has(stem(word)))
  ) {
    return undefined
  }
  for (const { table, weight } of mention.candidates) {
    const numbers = weight < 0.5 ? [] : numbersOf(catalog, table)
    const named = numbers.filter(({ column }) => isPlanned(column))
    const [column] = named.length > 0 ? named : isPlanned(table) ? numbers : []
    if (column) return column
  }
  return undefined
}

function isPlanned(name: string): boolean {
  return identifierStems(name).some((word) => plannedWords.has(word))
}

function numbersOf(catalog: Catalog, table: string): readonly ColumnReference[] {
  return (findTable(catalog, table)?.columns ?? [])
    .filter((column) => column.kind === 'number')
    .map((column) => ({ table, column: column.name }))
    .filter((reference) => !isKeyLike(catalog, reference))
}

const unsaying = new Set(
  'amount total value sum monthly month yearly year daily day'.split(' ').map(stem),
)

/** What a plan is of: the number its name tells besides, else the money that came in where it was planned for. */
function actualOf(catalog: Catalog, planned: ColumnReference): DraftMeasure | undefined {
  const others = { ...catalog, tables: catalog.tables.filter(({ name }) => name !== planned.table) }
  const keys = catalog.relationships.filter(({ from }) => from.table === planned.table)
  const needed = [...new Set(keys.map(({ to }) => to.table))]
  const rest = identifierStems(planned.column).filter(
    (word) => !plannedWords.has(word) && !unsaying.has(word),
  )
  const money = rest.every((word) => [...revenueWords].map(stem).includes(word))
  const amount = money ? principalAmount(others, needed) : undefined
  if (amount) return columnMeasure(amount, 'sales')
  if (money) return undefined
  const follows = (table: string) => needed.every((name) => parentsOf(catalog, table).has(name))
  const reached = others.tables.filter(({ name }) => follows(name) && !needed.includes(name))
  const column = reached
    .flatMap(({ name }) => numbersOf(catalog, name))
    .find(({ column }) => rest.every((word) => identifierStems(column).includes(word)))
  if (column) return columnMeasure(column, rest.join(' '))
  const counted = reached.find(({ name }) =>
    rest.every((word) => identifierStems(name).includes(word)),
  )
  return counted && tableMeasure(counted.name)
}

function columnMeasure({ table, column }: ColumnReference, phrase: string): DraftMeasure {
  const candidates = [{ kind: 'column' as const, table, column, weight: 2 }]
  return { aggregate: 'sum', distinct: false, phrase, mention: bareMention(candidates, phrase) }
}

function tableMeasure(table: string): DraftMeasure {
  const candidates = [{ kind: 'table' as const, table, weight: 2 }]
  return {
    aggregate: 'count',
    distinct: false,
    phrase: table,
    mention: bareMention(candidates, table),
  }
}

function bareMention(candidates: MentionItem['candidates'], phrase: string): MentionItem {
  return { kind: 'mention', from: 0, to: 0, phrase, candidates, money: false, verb: false }
}

type Span = Pick<Item, 'from' | 'to'>

function withSpan(measure: DraftMeasure, { from, to }: Span): DraftMeasure {
  return measure.mention ? { ...measure, mention: { ...measure.mention, from, to } } : measure
}

function planMeasure(column: ColumnReference, phrase: string, span: Span): DraftMeasure {
  return withSpan(columnMeasure(column, phrase), span)
}

const units: readonly CalendarUnit[] = ['year', 'quarter', 'month', 'week']

/** Without a time in the question, what came in outside the planned time is left out of the comparison. */
function plannedTime(catalog: Catalog, table: string): readonly Period[] {
  const date = nearestDate(catalog, table)
  const column = findTable(catalog, date?.table ?? '')?.columns.find((c) => c.name === date?.column)
  if (!date || date.table !== table || !column?.min || !column.max || column.kind === 'number')
    return []
  const names = [...identifierStems(date.column), ...identifierStems(table)]
  const unit = units.find((name) => names.some((word) => word.startsWith(name))) ?? 'day'
  const [first, last] = [column.min.slice(0, 10), column.max.slice(0, 10)]
  const end = addUnits(startOfUnit(last, unit), 1, unit)
  return [
    { start: startOfUnit(first, unit), end, label: `${first} to ${addUnits(end, -1, 'day')}` },
  ]
}
