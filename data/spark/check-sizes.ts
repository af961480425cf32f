/**
 * Keeps values small that a few words make large: Spark computes what depends on no row while it plans, in the memory of
 * the one process that all questions share, and that process ends when it has none left. What grows with the rows is
 * computed elsewhere, and limited there.
 */
import type { QueryFailure } from '../database.js'
import { denied } from '../guard/refusal.js'
import { calendarSteps } from './calendar-steps.js'
import { argumentsFrom, isSymbol, type SqlToken } from './sql-tokens.js'

/** Characters or items that one call may make. */
const mostOfOne = 10_000
/** As many as all calls of a statement may make when each has the result of another. */
const mostTogether = 1_000_000
/** Dates or times that one call may make: a century of days, or four years of hours. */
const mostMoments = 40_000
const mostDigits = 100
const mostParts = 1_000
/** The counter's memory grows with the square of what is behind the point. */
const leastDeviation = 0.005
const mostExponent = 400

type Size = readonly [place: number, most: number]

/** Which argument says how large the result gets, counted from 0, and how much it may say. */
const sizes: ReadonlyMap<string, Size> = new Map([
  ['repeat', [1, mostOfOne]],
  ['space', [0, mostOfOne]],
  ['lpad', [1, mostOfOne]],
  ['rpad', [1, mostOfOne]],
  ['array_repeat', [1, mostOfOne]],
  ['array_insert', [1, mostOfOne]],
  ['histogram_numeric', [1, mostOfOne]],
  ['format_number', [1, mostDigits]],
  ...['round', 'bround', 'ceil', 'ceiling', 'floor'].map((name): [string, Size] => [
    name,
    [1, mostDigits],
  ]),
  ['stack', [0, mostParts]],
  ['range', [3, mostParts]],
])
/** Of these each makes what the others made as many times larger. */
const multiplying = new Set(['repeat', 'array_repeat', 'sequence'])

export function checkSizes(tokens: readonly SqlToken[]): QueryFailure | undefined {
  let together = 1
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind === 'number' && exponentOf(text) > mostExponent) return refusal(text, 'Write it out.')
    if ((kind !== 'word' && kind !== 'name') || !isSymbol(tokens[at + 1], '(')) continue
    const name = text.toLowerCase()
    const size = sizeOf(name, argumentsFrom(tokens, at + 2))
    if (size === undefined) return refusal(text, hintFor(name))
    if (multiplying.has(name)) together *= Math.max(1, size)
    if (together > mostTogether) return refusal(text, hintFor(name))
  }
  return undefined
}

type Arguments = readonly (readonly SqlToken[])[]

/** Of these the argument is no single number. */
const special: Readonly<Record<string, (given: Arguments) => number | undefined>> = {
  sequence: stepsOf,
  printf: widthOf,
  format_string: widthOf,
  approx_count_distinct: ([, deviation]) =>
    deviation === undefined || (numberOf(deviation) ?? 0) >= leastDeviation ? 1 : undefined,
  // A third argument makes windows that overlap, each row once for every one of them.
  window: ({ length }) => (length <= 2 ? 1 : undefined),
}

/** Of what a call makes; undefined where it is too much or cannot be seen. */
function sizeOf(name: string, given: Arguments): number | undefined {
  if (Object.hasOwn(special, name)) return special[name]?.(given)
  const [place, most] = sizes.get(name) ?? [0, 0]
  const argument = most === 0 ? undefined : given[place]
  if (argument === undefined || (name === 'format_number' && argument[0]?.kind === 'string')) {
    return 1
  }
  const size = Math.abs(numberOf(argument) ?? Number.POSITIVE_INFINITY)
  return size <= most ? size : undefined
}

function widthOf([format = []]: Arguments): number | undefined {
  const isPlain = format.length === 1 && format[0]?.kind === 'string'
  return isPlain && !/%[^a-z%]*\d{5}/i.test(format[0]?.text ?? '') ? 1 : undefined
}

/** Numbers must be seen. Dates need not, as they end with the calendar; but beside them little else may multiply. */
function stepsOf([from, to, step]: Arguments): number | undefined {
  const calendar = calendarSteps(from, to, step)
  if (calendar !== undefined) {
    const most = calendar.isWritten ? mostMoments : Number.MAX_VALUE
    return calendar.count <= most ? Math.min(calendar.count, mostTogether) : undefined
  }
  const [start, end, by] = [numberOf(from), numberOf(to), step ? numberOf(step) : 1]
  if (start === undefined || end === undefined || !by) return undefined
  const count = Math.abs((end - start) / by) + 1
  return count <= mostOfOne ? count : undefined
}

/** With its sign; undefined for everything but one number as it stands. */
function numberOf(argument: readonly SqlToken[] | undefined): number | undefined {
  const isNegative = isSymbol(argument?.[0], '-')
  const [token, ...more] = argument?.slice(isNegative ? 1 : 0) ?? []
  if (token?.kind !== 'number' || more.length > 0) return undefined
  const value = Number.parseFloat(token.text)
  return isNegative ? -value : value
}

function exponentOf(text: string): number {
  return Number(/e[+-]?(\d+)/i.exec(text)?.[1] ?? 0)
}

function hintFor(name: string): string {
  if (name === 'sequence') {
    return 'Write both ends as numbers or dates, with a step such as INTERVAL 1 DAY, and fewer of them.'
  }
  if (special[name] === widthOf) return 'Write the format as a plain text, with small widths.'
  return `Write the size as a number, up to ${sizes.get(name)?.[1] ?? mostOfOne}.`
}

function refusal(text: string, hint: string): QueryFailure {
  return denied(`"${text}" could make something too large here.`, [hint])
}
