/** The rows of a table in the order and choice that the reader wants. */
import type { Value } from '../../../data/catalog.js'

export interface Sorting {
  readonly column: number
  readonly direction: 'ascending' | 'descending'
}

export interface Arrangement {
  readonly sorting?: Sorting
  /** Words to look for in any cell, as it is shown. */
  readonly filter: string
}

type Row = readonly Value[]

/**
 * Places of the rows to show. `textOf` gives all that a row shows, in lower case.
 * Cells without a value come last in either direction.
 */
export function arrangeRows(
  rows: readonly Row[],
  { sorting, filter }: Arrangement,
  textOf: (place: number) => string,
  language: string,
): readonly number[] {
  const wanted = filter.trim().toLowerCase()
  const places = rows.map((_, place) => place)
  const kept = wanted ? places.filter((place) => textOf(place).includes(wanted)) : places
  if (!sorting) return kept
  const { column, direction } = sorting
  const compare = comparison(language)
  const sign = direction === 'ascending' ? 1 : -1
  const cell = (place: number) => rows[place]?.[column] ?? null
  return kept.toSorted((one, other) => emptyLast(cell(one), cell(other), compare, sign))
}

type Compare = (one: Value, other: Value) => number

function emptyLast(one: Value, other: Value, compare: Compare, sign: number): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return sign * compare(one, other)
}

/** Numbers by size, also those that arrive as text to keep their digits; everything else as people sort words. */
function comparison(language: string): Compare {
  const { compare } = new Intl.Collator(language, { numeric: true })
  return (one, other) => {
    const [first, second] = [Number(one), Number(other)]
    const areNumbers = one !== '' && other !== '' && !Number.isNaN(first) && !Number.isNaN(second)
    return areNumbers ? first - second : compare(String(one), String(other))
  }
}

/** Up, down, and as it came. */
export function nextSorting(now: Sorting | undefined, column: number): Sorting | undefined {
  if (now?.column !== column) return { column, direction: 'ascending' }
  return now.direction === 'ascending' ? { column, direction: 'descending' } : undefined
}
