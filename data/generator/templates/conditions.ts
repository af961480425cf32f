/** Conditions on one column, with words that follow a noun. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import type { Random } from '../../random.js'
import type { AskableColumn, AskableTable } from './askable.js'
import { isMany } from './read-words.js'

export interface Condition {
  readonly sql: string
  readonly column: AskableColumn
  /** "age is above 30". */
  readonly is: string
  /** "with age above 30". */
  readonly with: string
}

export type Operator = '=' | '>' | '<' | '>=' | '<='

const comparisons: Readonly<Record<Operator, readonly string[]>> = {
  '=': [''],
  '>': ['more than', 'greater than', 'over', 'above', 'larger than', 'higher than'],
  '<': ['less than', 'below', 'under', 'smaller than', 'lower than'],
  '>=': ['at least'],
  '<=': ['at most'],
}
const yearComparisons: typeof comparisons = {
  '=': [''],
  '>': ['after', 'later than'],
  '<': ['before', 'earlier than'],
  '>=': ['in or after'],
  '<=': ['in or before'],
}
/** Of things that are counted. */
const countComparisons: typeof comparisons = {
  '=': ['exactly'],
  '>': ['more than', 'more than', 'over'],
  '<': ['fewer than', 'less than', 'under'],
  '>=': ['at least'],
  '<=': ['at most'],
}

/** "Age is", "wheels are". */
export function beOf({ words }: AskableColumn): string {
  return `${words} ${isMany(words) ? 'are' : 'is'}`
}

export function isComparable({ role, values, range }: AskableColumn): boolean {
  if (role === 'key') return false
  return role === 'number' || role === 'year' ? range !== undefined : values.length > 0
}

/** On a column that sorts rows, not on their name; undefined when the table has none left. */
export function conditionOn(
  table: AskableTable,
  random: Random,
  taken: readonly AskableColumn[] = [],
): Condition | undefined {
  return anyConditionOn(table, random, [
    ...taken,
    ...table.columns.filter(({ role }) => role === 'name'),
  ])
}

/** Where one row may be meant as well. */
export function anyConditionOn(
  table: AskableTable,
  random: Random,
  taken: readonly AskableColumn[] = [],
): Condition | undefined {
  const free = table.columns.filter((column) => isComparable(column) && !taken.includes(column))
  if (free.length === 0) return undefined
  const weights = free.map(({ role }) => (role === 'text' ? 1 : 3))
  return conditionFor(free[random.weighted(weights)] as AskableColumn, random)
}

export function conditionFor(column: AskableColumn, random: Random): Condition {
  return column.range ? numberCondition(column, random) : textCondition(column, random)
}

function textCondition(column: AskableColumn, random: Random): Condition {
  const value = random.pick(column.values)
  const said = sayValue(value, random)
  return {
    column,
    sql: `${column.sql} = ${sqlText(value)}`,
    is: `${beOf(column)} ${said}`,
    with: random.pick([`with ${column.words} ${said}`, `with the ${column.words} ${said}`]),
  }
}

export function sayValue(value: string, random: Random): string {
  return sayValues([value], random).join('')
}

/** In marks or not, all alike; what is no name needs them to be told from the sentence. */
export function sayValues(values: readonly string[], random: Random): readonly string[] {
  const isName = (value: string) =>
    /^\p{Lu}/u.test(value) && /^[\p{L}\p{N} .'-]+$/u.test(value) && !/[.]$/.test(value)
  const isWord = (value: string) => /^[\p{L}\p{N}]+$/u.test(value)
  const plain = values.every(isName) ? 68 : values.every(isWord) ? 45 : 0
  if (random.chance(plain)) return values
  const mark = values.some((value) => value.includes("'")) || random.chance(75) ? '"' : "'"
  return values.map((value) => `${mark}${value}${mark}`)
}

export function numberCondition(
  column: AskableColumn,
  random: Random,
  wanted?: Operator,
): Condition {
  const operators: readonly Operator[] = ['>', '<', '>=', '<=', '=']
  const isExact = column.role === 'year' ? 40 : column.range?.whole ? 8 : 0
  const drawn = operators[random.weighted([40, 30, 10, 5, isExact])] ?? '>'
  const operator = wanted ?? drawn
  const number = threshold(column, operator, random)
  const sql = `${column.sql} ${operator} ${number}`
  const [, counted] = /^number of (.+)$/.exec(column.words) ?? []
  if (counted) {
    const said = `${random.pick(countComparisons[operator])} ${number}`
    const is = `number of ${counted} is ${operator === '=' ? number : said}`
    return { column, sql, is, with: `with ${said} ${counted}` }
  }
  const one = isMany(column.words) ? '' : 'a '
  const said = `${random.pick((column.role === 'year' ? yearComparisons : comparisons)[operator])} ${number}`
  return {
    column,
    sql,
    is: `${beOf(column)} ${said}`,
    with: random.pick([`with ${column.words} ${said}`, `with ${one}${column.words} ${said}`]),
  }
}

/** A stored number, or a round one within the range. */
export function threshold({ range }: AskableColumn, operator: Operator, random: Random): number {
  if (!range) throw new Error('only numbers have thresholds')
  const { low, high, samples, whole } = range
  const isYear = whole && low > 1000 && high < 2100
  if (samples.length > 0 && (operator === '=' || random.chance(45))) {
    const sample = random.pick(samples)
    const isRound = operator === '=' || isYear || Math.abs(sample) < 100
    return isRound && whole ? sample : Number(sample.toPrecision(2))
  }
  const drawn = low + (high - low) * (0.1 + 0.7 * random.fraction())
  return isYear ? Math.round(drawn) : rounded(drawn, high - low, whole)
}

function rounded(value: number, span: number, whole: boolean): number {
  const step = 10 ** Math.floor(Math.log10(span / 4))
  const coarse = Math.round(value / step) * step
  return whole ? Math.round(coarse) : Number(coarse.toPrecision(6))
}

/** "With age above 30" or "whose age is above 30". */
export function after(condition: Condition, random: Random): string {
  return random.chance(50) ? condition.with : `whose ${condition.is}`
}
