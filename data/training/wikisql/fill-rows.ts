/** Fills a made table with the values that its questions name, so that their SQL finds something. */
import type { Random } from '../../random.js'
import type { MadeColumn } from '../made-database.js'
import type { WikiQuestion, WikiTable } from './wiki-question.js'

type Cell = string | number | null

const fewestRows = 4
const mostRows = 9
/** Cells without a known value that stay empty, in percent. */
const gaps = 50
/** Columns that sort rows into kinds: their values repeat. */
const kinds =
  /^(surface|outcome|status|party|type|class|result|position|country|nationality|nation|gender|medal|category|format|region|division|conference|league|language|decision|h_a|home_away|genre|network)$/

/** `types` by column number, in the table's order. A column without known values stays empty if it holds text. */
export function fillRows(
  { columns, questions }: WikiTable,
  types: ReadonlyMap<number, MadeColumn['type']>,
  random: Random,
): Cell[][] {
  const numbers = [...columns.keys()]
  const known = new Map(numbers.map((number) => [number, knownValues(questions, number)]))
  const isNumber = (number: number) => types.get(number) !== 'TEXT'
  const cell = (number: number, row: number): Cell => {
    const values = known.get(number) ?? []
    if (isNumber(number)) return values[row] ?? inventedNumber(columns.get(number) ?? '', random)
    if (kinds.test(columns.get(number) ?? '')) return values.length > 0 ? random.pick(values) : null
    return values[row] ?? (values.length === 0 || random.chance(gaps) ? null : random.pick(values))
  }
  const asked = questions.map((question, row) =>
    numbers.map((number) => wantedValue(question, number, isNumber(number)) ?? cell(number, row)),
  )
  const others = random.integer(fewestRows, mostRows) - asked.length
  const more = Array.from({ length: Math.max(0, others) }, (_, row) =>
    numbers.map((number) => cell(number, row + asked.length)),
  )
  return [...asked, ...more].map((row) =>
    row.map((value, at) => (value !== null && isNumber(numbers[at] ?? -1) ? Number(value) : value)),
  )
}

function knownValues(questions: readonly WikiQuestion[], column: number): string[] {
  const values = questions.flatMap(({ conditions }) =>
    conditions.filter((condition) => condition.column === column).map(({ value }) => value),
  )
  return [...new Set(values)]
}

function wantedValue({ conditions }: WikiQuestion, column: number, isNumber: boolean): Cell {
  const condition = conditions.find((other) => other.column === column)
  if (condition === undefined) return null
  const { operator, value } = condition
  if (!isNumber || operator === '=') return value
  return Number(value) + (operator === '>' ? 1 : -1)
}

function inventedNumber(name: string, random: Random): number {
  if (/year|founded|built|season/.test(name)) return random.integer(1950, 2015)
  return /attendance|crowd|population|votes|capacity|enrollment/.test(name)
    ? random.integer(1_000, 80_000)
    : random.integer(1, 60)
}
