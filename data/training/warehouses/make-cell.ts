/** Makes one value of a column. */
import type { Random } from '../../random.js'
import { familyNames, firstNames, places } from './name-lists.js'
import type { ThemeColumn } from './theme.js'
import type { Cell } from './warehouse.js'

export interface Span {
  /** The newest day, in milliseconds since 1970. */
  readonly last: number
  /** How far back events go. */
  readonly days: number
}

const dayMs = 86_400_000
const daysPerYear = 365.25

/** `row` counts from 0; labels and places of one table differ from row to row. */
export function makeCell(column: ThemeColumn, row: number, span: Span, random: Random): Cell {
  switch (column.kind) {
    case 'label':
      return column.values.length > 0 ? (column.values[row] ?? null) : personOf(row)
    case 'category':
      return pickSkewed(column.values, random)
    case 'place':
      return pickSkewed(places.slice(row % 3, (row % 3) + 8), random)
    case 'person':
      return personOf(random.integer(0, 60))
    case 'flag':
      return random.chance(30)
    case 'email':
      return `${personOf(row).toLowerCase().replace(' ', '.')}@example.org`
    case 'phone':
      return `+${random.integer(30, 49)} ${random.integer(100, 999)} ${random.integer(1000, 9999)}`
    case 'code':
      return `${random.pick(['A', 'B', 'K', 'X'])}${random.integer(10, 99)}-${random.integer(100, 999)}`
    default:
      return makeMeasured(column, span, random)
  }
}

function makeMeasured({ kind, range }: ThemeColumn, span: Span, random: Random): Cell {
  const [low, high] = range
  if (kind === 'day' || kind === 'moment') {
    const at = span.last - Math.floor(random.fraction() ** 1.3 * span.days) * dayMs
    const time = kind === 'day' ? 0 : random.integer(6 * 60, 22 * 60 - 1) * 60_000
    return textOf(at + time, kind === 'moment')
  }
  if (kind === 'past') {
    const years = low + random.fraction() * (high - low)
    return textOf(span.last - Math.floor(years * daysPerYear) * dayMs, false)
  }
  const value = low + random.fraction() ** 1.6 * (high - low)
  const isWhole = kind === 'whole' || (kind === 'rate' && Math.abs(high) >= 20)
  return isWhole ? Math.round(value) : Math.round(value * 100) / 100
}

function textOf(milliseconds: number, withTime: boolean): string {
  const text = new Date(milliseconds).toISOString()
  return withTime ? text.slice(0, 19).replace('T', ' ') : text.slice(0, 10)
}

/** Different for every row up to a few thousand. */
function personOf(row: number): string {
  const first = firstNames[row % firstNames.length] ?? ''
  const turn = Math.floor(row / firstNames.length)
  return `${first} ${familyNames[(row * 7 + turn * 3) % familyNames.length]}`
}

function pickSkewed(values: readonly string[], random: Random): string {
  return values[random.weighted(values.map((_, at) => values.length + 1 - at * 0.8))] ?? ''
}
