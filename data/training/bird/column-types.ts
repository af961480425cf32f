/** Guesses what the columns of a BIRD database hold: from its gold SQL first, then from names and descriptions. */
import type { MadeColumn } from '../made-database.js'
import { type BirdDatabase, type ColumnAt, columnKey } from './bird-database.js'
import type { GuessedKeys } from './find-keys.js'
import type { ColumnUses, ComparedColumn } from './read-column-uses.js'

export interface ColumnFacts {
  /** Values that comparisons let through, by `columnKey`. */
  readonly values: ReadonlyMap<string, readonly (string | number)[]>
  readonly calculated: ReadonlySet<string>
  readonly dates: ReadonlySet<string>
}

type Type = MadeColumn['type']

export function readFacts(uses: readonly ColumnUses[]): ColumnFacts {
  const values = new Map<string, (string | number)[]>()
  for (const compared of uses.flatMap((use) => use.compared)) {
    const key = columnKey(compared)
    values.set(key, [...(values.get(key) ?? []), storedValue(compared)])
  }
  return {
    values,
    calculated: new Set(uses.flatMap((use) => use.calculated.map(columnKey))),
    dates: new Set(uses.flatMap((use) => use.dates.map(columnKey))),
  }
}

export function storedValue({ operator, value }: ComparedColumn): string | number {
  if (typeof value === 'string') return value.replaceAll('%', '')
  if (operator === '>') return value + 1
  return operator === '<' ? value - 1 : value
}

/** By `columnKey`; columns that are joined have one type. */
export function columnTypes(
  { tables, descriptions }: BirdDatabase,
  facts: ColumnFacts,
  { groups }: GuessedKeys,
): ReadonlyMap<string, Type> {
  const all = [...tables].flatMap(([table, columns]) =>
    columns.map((column) => ({ table, column })),
  )
  const members = new Map<string, ColumnAt[]>()
  for (const column of all) {
    const group = groups.get(columnKey(column)) ?? columnKey(column)
    members.set(group, [...(members.get(group) ?? []), column])
  }
  const known = new Map<string, Type>()
  for (const list of members.values()) {
    const type = typeByUse(list.map(columnKey), facts)
    for (const column of list) if (type !== undefined) known.set(columnKey(column), type)
  }
  const byName = new Map(all.map((column) => [column.column, known.get(columnKey(column))]))
  for (const list of members.values()) {
    if (list.some((column) => known.has(columnKey(column)))) continue
    const types = list.map(
      (column) =>
        byName.get(column.column) ??
        typeByName(column.column, descriptions.get(columnKey(column)) ?? ''),
    )
    const [first = 'TEXT'] = types
    const type = types.every((other) => other === first) ? first : 'TEXT'
    for (const column of list) known.set(columnKey(column), type)
  }
  return known
}

/** People write `year = '1990'` and `year = 1990` of one column. */
const numeral = /^-?(0|[1-9]\d*)(\.\d+)?$/

function typeByUse(keys: readonly string[], facts: ColumnFacts): Type | undefined {
  const values = keys.flatMap((key) => facts.values.get(key) ?? [])
  if (keys.some((key) => facts.dates.has(key))) return 'TEXT'
  const texts = values.filter((value) => typeof value === 'string')
  const isMixed = texts.length < values.length && texts.every((text) => numeral.test(text))
  if (texts.length > 0 && !isMixed) return 'TEXT'
  if (values.some((value) => !Number.isInteger(Number(value)))) return 'REAL'
  if (values.length > 0) return 'INTEGER'
  return keys.some((key) => facts.calculated.has(key)) ? 'INTEGER' : undefined
}

const fraction =
  /\b(price|amount|rate|percent|percentage|pct|lat|lng|latitude|longitude|average|avg|ratio|tax|discount|cost|salary|weight|height|gdp)\b/
const whole = /\b(id|year|age|count|num|quantity|total|rank|likes|stars|votes|population|number)\b/
const described = /^(the )?(total |whole )?(number of|count of|how many|goals|points|games)\b/i

function typeByName(name: string, description: string): Type {
  const words = name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replaceAll('_', ' ')
    .toLowerCase()
  if (fraction.test(words)) return 'REAL'
  const isShort = /^[A-Z]{1,3}$/.test(name)
  return whole.test(words) || isShort || described.test(description.trim()) ? 'INTEGER' : 'TEXT'
}
