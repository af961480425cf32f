/** What was counted in a sample of a table, said of the whole table; the same for every engine. */
import type { Column } from '../catalog.js'
import type { ColumnCounts, ColumnProfile } from './column-profile.js'

/** A sample in which nearly every value is another: the values of the whole table are, too. */
const mostlyDistinct = 0.9

export interface SampleSize {
  /** Of the whole table. */
  readonly rowCount: number
  readonly sampleRows: number
}

/** What is said of the whole table by what was counted in a sample: of values that are not null, and of distinct ones. */
export function scaleCounts(
  { filled, distinct }: Pick<ColumnCounts, 'filled' | 'distinct'>,
  { rowCount, sampleRows }: SampleSize,
): Pick<ColumnCounts, 'filled' | 'distinct'> {
  const factor = Math.max(1, rowCount / Math.max(1, sampleRows))
  const isMostlyDistinct = distinct > filled * mostlyDistinct
  return {
    filled: filled === sampleRows ? rowCount : Math.round(filled * factor),
    distinct: isMostlyDistinct ? Math.round(distinct * factor) : distinct,
  }
}

export interface SampledTable extends SampleSize {
  /** Distinct values as the engine guesses them; undefined or 0 where it does not. */
  distinctOf?(column: string): number | undefined
}

/** In the order of `columns`. Ranges are marked as those of the sample. */
export function scaleProfiles(
  columns: readonly Column[],
  profiles: readonly ColumnProfile[],
  { distinctOf, ...size }: SampledTable,
): ColumnProfile[] {
  return profiles.map((profile, at) => {
    const { distinctCount, values } = profile
    const scaled = scaleCounts({ filled: profile.filled, distinct: distinctCount }, size)
    const known = distinctOf?.(columns[at]?.name ?? '') || scaled.distinct
    return {
      ...profile,
      filled: scaled.filled,
      distinctCount: values?.length ?? Math.max(distinctCount, known),
      ...(profile.max !== undefined && { rangeIsSampled: true as const }),
    }
  })
}

const orderedKinds: ReadonlySet<Column['kind']> = new Set(['number', 'date', 'timestamp'])

/** Whether a column's smallest and largest value mean something. */
export function isOrdered({ kind }: Column): boolean {
  return orderedKinds.has(kind)
}

/** Of the whole table. */
export interface Range {
  readonly min: string
  readonly max: string
}

/** What is known of the whole table takes the place of what a sample says. */
export function withRange(
  { rangeIsSampled: _, ...profile }: ColumnProfile,
  { min, max }: Range,
): ColumnProfile {
  return { ...profile, min, max }
}

/** A sample's dates, with the ends that some further rows have; both are ISO texts. */
export function withFurtherDates(
  { kind }: Column,
  profile: ColumnProfile,
  further: Range | undefined,
): ColumnProfile {
  if (!further || profile.min === undefined || profile.max === undefined) return profile
  if (kind !== 'date' && kind !== 'timestamp') return profile
  const ends = [profile.min, profile.max, further.min, further.max].sort()
  return { ...profile, min: ends[0], max: ends.at(-1) }
}
