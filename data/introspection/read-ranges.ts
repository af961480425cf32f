/** Reads the smallest and largest values of several columns in one statement; the same for most engines. */
import type { Column } from '../catalog.js'
import { quoteName } from '../quote.js'
import type { Range } from './scale-profiles.js'

/**
 * By name, of those columns that have values. Nothing where they cannot be had, or not in time: what else is known of the
 * table is worth more. Whether the connection was lost, whoever gave `read` notices.
 */
export async function readRanges(
  /** Cells as text. */
  read: (sql: string) => Promise<readonly (readonly (string | null)[])[]>,
  from: string,
  columns: readonly Column[],
): Promise<ReadonlyMap<string, Range>> {
  if (columns.length === 0) return new Map()
  const ends = columns.map(({ name }) => `min(${quoteName(name)}), max(${quoteName(name)})`)
  const [row = []] = await read(`SELECT ${ends.join(', ')} FROM ${from}`).catch(() => [])
  return new Map(
    columns.flatMap(({ name }, at): (readonly [string, Range])[] => {
      const [min, max] = row.slice(at * 2)
      return typeof min === 'string' && typeof max === 'string' ? [[name, { min, max }]] : []
    }),
  )
}
