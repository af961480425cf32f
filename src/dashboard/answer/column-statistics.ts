/** What a column of a result holds, in a few figures. */
import type { Value } from '../../../data/catalog.js'
import type { ResultColumn } from '../../../data/database.js'

export interface ColumnStatistics {
  readonly empty: number
  readonly distinct: number
  /** Smallest and largest; of words only where there is one of each. */
  readonly least?: Value
  readonly most?: Value
  readonly mean?: number
  readonly sum?: number
}

export function columnStatistics(
  { kind }: Pick<ResultColumn, 'kind'>,
  values: readonly Value[],
): ColumnStatistics {
  const present = values.filter((value) => value !== null)
  const counts = { empty: values.length - present.length, distinct: new Set(present).size }
  if (present.length === 0) return counts
  if (kind === 'number') return { ...counts, ...ofNumbers(present) }
  if (kind === 'date' || kind === 'timestamp') return { ...counts, ...ends(present) }
  return counts
}

function ofNumbers(values: readonly Value[]): Partial<ColumnStatistics> {
  const numbers = values.map(Number).filter(Number.isFinite)
  const sum = numbers.reduce((total, number) => total + number, 0)
  return { ...ends(numbers), sum, mean: sum / numbers.length }
}

/** ISO dates sort as text. */
function ends(values: readonly Value[]): Partial<ColumnStatistics> {
  let [least, most] = [values[0], values[0]]
  for (const value of values) {
    if (value !== null && least !== undefined && least !== null && value < least) least = value
    if (value !== null && most !== undefined && most !== null && value > most) most = value
  }
  return { least, most }
}
