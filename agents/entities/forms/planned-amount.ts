/** Amounts that were planned (targets, budgets, quotas), what they were planned for, and when. */
import { type Catalog, type ColumnReference, findTable } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import { stem } from '../../../rag/words.js'
import type { DraftMeasure } from '../draft.js'
import type { Period } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { principalAmount } from '../schema/principal-amount.js'
import { identifierStems, isKeyLike } from '../schema/schema-terms.js'
import { nearestDate } from '../settle/resolve-time.js'
import { plannedWords, revenueWords } from '../words/business-words.js'
import { addUnits, type CalendarUnit, startOfUnit } from '../words/calendar.js'

/** The amount of the table of plans that a name points at. */
export function plannedColumn(mention: MentionItem, catalog: Catalog): ColumnReference | undefined {
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
export function actualOf(catalog: Catalog, planned: ColumnReference): DraftMeasure | undefined {
  const others = { ...catalog, tables: catalog.tables.filter(({ name }) => name !== planned.table) }
  const keys = catalog.relationships.filter(({ from }) => from.table === planned.table)
  const needed = [...new Set(keys.map(({ to }) => to.table))]
  // Without a key nothing says what the plan was for, unless the whole table is one.
  if (needed.length === 0 && !isPlanned(planned.table)) return undefined
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

export function columnMeasure({ table, column }: ColumnReference, phrase: string): DraftMeasure {
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

const units: readonly CalendarUnit[] = ['year', 'quarter', 'month', 'week']

/** Without a time in the question, what came in outside the planned time is left out of the comparison. */
export function plannedTime(catalog: Catalog, table: string): readonly Period[] {
  const date = nearestDate(catalog, table)
  const column = findTable(catalog, date?.table ?? '')?.columns.find((c) => c.name === date?.column)
  if (!date || date.table !== table || !column?.min || !column.max || column.kind === 'number')
    return []
  if (column.rangeIsSampled) return []
  const names = [...identifierStems(date.column), ...identifierStems(table)]
  const unit = units.find((name) => names.some((word) => word.startsWith(name))) ?? 'day'
  const [first, last] = [column.min.slice(0, 10), column.max.slice(0, 10)]
  const end = addUnits(startOfUnit(last, unit), 1, unit)
  return [
    { start: startOfUnit(first, unit), end, label: `${first} to ${addUnits(end, -1, 'day')}` },
  ]
}
