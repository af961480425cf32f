/** What is learned of a column's values, and which columns are worth a list of them; the same for every engine. */
import type { Column, Table } from '../catalog.js'
import { isKeyName } from '../name-words.js'

/** Value lists cost one query each; columns behind this many have samples only. */
export const VALUE_LISTS_PER_TABLE = 300
/** Rows whose cells serve as samples of columns without a value list. */
export const FIRST_ROWS = 50
const SHORT_LIST = 200
/** Names of people, products and places are listed too: users write them into questions. */
const NAME_LIST = 5_000
const NAME_MEAN_LENGTH = 40
const LONGEST_MEAN_LENGTH = 120
const INTEGER_LIST = 50
const SAMPLE_COUNT = 5
const LONGEST_SAMPLE = 120

export interface Profile {
  readonly rowCount: number
  readonly columns: readonly ColumnProfile[]
}

export interface ColumnProfile {
  readonly filled: number
  readonly distinctCount: number
  readonly min?: string
  readonly max?: string
  readonly rangeIsSampled?: true
  readonly values?: readonly string[]
  readonly samples: readonly string[]
}

export interface ColumnCounts {
  /** Values that are not null. */
  readonly filled: number
  readonly distinct: number
  /** Of text, in characters. */
  readonly meanLength: number
  readonly isInteger: boolean
  readonly min?: string
  readonly max?: string
}

/** How many distinct values a column may have to be listed; 0 when it is not worth a look. */
export function listLimit(
  column: Column,
  { distinct, meanLength, isInteger }: ColumnCounts,
): number {
  if (distinct === 0) return 0
  if (column.kind === 'boolean') return SHORT_LIST
  if (column.kind === 'number') {
    const mayBeLabel = isInteger && !isKeyName(column.name)
    return mayBeLabel && distinct <= INTEGER_LIST ? INTEGER_LIST : 0
  }
  if (column.kind !== 'text' || column.type === 'UUID' || meanLength > LONGEST_MEAN_LENGTH) return 0
  const limit = meanLength <= NAME_MEAN_LENGTH ? NAME_LIST : SHORT_LIST
  return distinct <= limit ? limit : 0
}

/** `values` is the whole list, most frequent first, or undefined; `firstCells` are some cells that are not null. */
export function toProfile(
  { filled, distinct, min, max }: ColumnCounts,
  values: readonly string[] | undefined,
  firstCells: readonly string[],
): ColumnProfile {
  const samples = [...(values ?? new Set(firstCells))].slice(0, SAMPLE_COUNT)
  return {
    filled,
    distinctCount: values?.length ?? distinct,
    samples: samples.map((sample) => sample.slice(0, LONGEST_SAMPLE)),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(values !== undefined && { values }),
  }
}

export function withProfile<T extends Table>(table: T, profile: Profile): T {
  const columns = table.columns.map((column, index) => {
    const { filled, distinctCount, min, max, values, samples, rangeIsSampled } =
      profile.columns[index]!
    const known = column.kind === 'other' ? {} : { distinctCount }
    const nullable = column.nullable && filled < profile.rowCount
    const ends = { min, max, ...(rangeIsSampled && { rangeIsSampled }) }
    return { ...column, nullable, ...known, ...ends, values, samples }
  })
  return { ...table, columns, rowCount: profile.rowCount }
}
