/** Decides what each result column is to a chart: a time, a category, a measure, or only an identifier. */
import type { Value } from '../../data/catalog.js'
import type { ResultColumn } from '../../data/database.js'
import { humanise } from '../text/humanise.js'
import type { SelectItem, SqlShape } from '../text/sql-shape.js'
import {
  type CalendarPart,
  calendarLabel,
  calendarPartOf,
  looksLikeDate,
  naturalOrder,
  type TimeGrain,
  timeGrainOf,
} from './calendar.js'

export type Rows = readonly (readonly Value[])[]

export interface ColumnRole {
  readonly index: number
  /** What a reader would call it. */
  readonly label: string
  /** `ordered` covers everything with a natural left-to-right order that is not a date. */
  readonly role: 'time' | 'ordered' | 'category' | 'identifier' | 'measure' | 'other'
  readonly grain?: TimeGrain
  readonly part?: CalendarPart
  /** True for year numbers, which must not be read as quantities. */
  readonly isYear: boolean
  /** True for a calendar part counted from zero, such as weekdays from Sunday. */
  readonly fromZero: boolean
  readonly aggregate?: string
  readonly distinctCount: number
}

export interface RoleInput {
  readonly columns: readonly ResultColumn[]
  readonly rows: Rows
  readonly shape?: SqlShape
}

const aggregateWords: Readonly<Record<string, string>> = {
  sum: 'total',
  avg: 'average',
  mean: 'average',
  min: 'lowest',
  max: 'highest',
  median: 'median',
  count: 'number of',
}

export function readColumns({ columns, rows, shape }: RoleInput): readonly ColumnRole[] {
  const items = itemsByColumn(columns.length, shape)
  const select = shape?.selects[0]
  const grouped = (select?.groupBy.length ?? 0) > 0
  const counted = select?.sources.length === 1 ? select.sources[0]?.table : undefined
  return columns.map((column, index) => {
    const values = rows.map((row) => row[index] ?? null)
    return readColumn({ column, index, values, item: items?.[index], grouped, counted })
  })
}

/** The select items when they stand one to one for the result's columns (no `*`). */
export function itemsByColumn(
  columnCount: number,
  shape: SqlShape | undefined,
): readonly SelectItem[] | undefined {
  const items = shape?.selects[0]?.items
  return items?.length === columnCount ? items : undefined
}

/** A readable name: the alias when one was given, otherwise words made of the aggregate. */
export function columnLabel(name: string, item?: SelectItem, counted = ''): string {
  if (item?.alias) return humanise(item.alias)
  const word = calendarWord(name)
  if (word !== name) return humanise(word)
  const call = /^(\w+)\s*\((.*)\)$/s.exec(item?.text ?? name) ?? /^(\w+)_(star)\(\)$/.exec(name)
  const words = aggregateWords[call?.[1]?.toLowerCase() ?? '']
  if (!call || !words) return humanise(name)
  const argument = lastName(call[2] ?? '')
  if (words !== 'number of') return joinDifferent(words, argument)
  if (argument) return `number of ${argument}`
  return counted ? `number of ${humanise(counted)}` : 'count'
}

/** `DISTINCT sales.customer_id` → `customer id`; empty for `*` and longer expressions. */
function lastName(argument: string): string {
  const name =
    argument
      .replace(/^distinct\s+/i, '')
      .split('.')
      .at(-1) ?? ''
  return /^[\w"]+$/.test(name) && name !== 'star' ? humanise(name) : ''
}

/** No `total total amount`. */
function joinDifferent(word: string, name: string): string {
  return name.startsWith(word) ? name : `${word} ${name}`.trim()
}

/** `date_part('year', sold_on)` and `year(sold_on)` are both about `year`. */
function calendarWord(name: string): string {
  const part = /^\W*(?:date_part|date_trunc|extract)\s*\(\s*'?(\w+)/i.exec(name)?.[1]
  return part ?? /^(year|quarter|month|week|day|hour|dayofweek)\s*\(/i.exec(name)?.[1] ?? name
}

interface ColumnInput {
  readonly column: ResultColumn
  readonly index: number
  readonly values: readonly Value[]
  readonly item: SelectItem | undefined
  readonly grouped: boolean
  /** The only table read, whose rows `count(*)` counts. */
  readonly counted: string | undefined
}

function readColumn({ column, index, values, item, grouped, counted }: ColumnInput): ColumnRole {
  const present = values.filter((value) => value !== null)
  const numbers = column.kind === 'number' ? present.map(Number) : []
  const word = calendarWord(column.name)
  const isYear = !item?.aggregate && isYearColumn(word, numbers)
  const part = item?.aggregate ? undefined : calendarPartOf(word, numbers)
  const dates = isDateColumn(column, present)
  const base = {
    index,
    label: columnLabel(column.name, item, counted) || `column ${index + 1}`,
    isYear,
    fromZero: numbers.includes(0),
    distinctCount: new Set(present.map(String)).size,
    ...(item?.aggregate && { aggregate: item.aggregate }),
    ...(column.kind === 'number' && part && present.length > 0 && { part }),
    ...(dates && { grain: timeGrainOf(present.map(String)) }),
  }
  if (dates) return { ...base, role: 'time' }
  if (isYear || base.part) return { ...base, role: 'ordered' }
  if (column.kind === 'number') return { ...base, role: numberRole(column.name, item, grouped) }
  if (column.kind === 'other') return { ...base, role: 'other' }
  return { ...base, role: naturalOrder(present) ? 'ordered' : 'category' }
}

function numberRole(
  name: string,
  item: SelectItem | undefined,
  grouped: boolean,
): ColumnRole['role'] {
  if (item?.aggregated) return 'measure'
  if (/(^|_)(id|key|code|zip|phone)$/i.test(name)) return 'identifier'
  return grouped && item && !/[(+*/-]/.test(item.text) ? 'ordered' : 'measure'
}

function isYearColumn(name: string, numbers: readonly number[]): boolean {
  return (
    /(^|_|\b)(year|yr)s?$/i.test(name) &&
    numbers.length > 0 &&
    numbers.every((number) => Number.isInteger(number) && number >= 1000 && number < 3000)
  )
}

function isDateColumn(column: ResultColumn, present: readonly Value[]): boolean {
  if (column.kind === 'date' || column.kind === 'timestamp') return present.length > 0
  return (
    column.kind === 'text' && present.length > 0 && present.every((v) => looksLikeDate(String(v)))
  )
}

/** The text of a cell on a category axis or in a legend. */
export function categoryLabel(column: ColumnRole, value: Value): string {
  if (value === null) return '(none)'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (column.part) return calendarLabel(column.part, Number(value), column.fromZero)
  return String(value).trim() === '' ? '(empty)' : String(value)
}
