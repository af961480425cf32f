/** Profiles the columns of one table within a budget of cells and time: distinct counts, ranges, value lists and samples. */
import type { ColumnProfile, Profile } from '../introspection/column-profile.js'
import { profileColumns } from '../introspection/profile-columns.js'
import { readRanges } from '../introspection/read-ranges.js'
import { isOrdered, type Range, scaleProfiles, withRange } from '../introspection/scale-profiles.js'
import { quoteName } from '../quote.js'
import type { DeclaredTable } from './introspect-schema.js'
import { LateError, type ReadRows } from './read-rows.js'
import { chooseRows, SAMPLED_CELLS } from './sampled-rows.js'

/** Above this many cells distinct values are estimated (a few per cent off) instead of counted. */
const EXACT_CELLS = 4_000_000
/** A view may be a query that never ends. */
const STATEMENT_MS = 30_000
/** For what the engine mostly knows without a look at the rows: counts, and smallest and largest values. */
const FREE_MS = 5_000
/** Tables with more columns are not asked for the engine's statistics of each. */
const STATISTICS_COLUMNS = 500

/** Of a table whose rows are counted. Rejects as reading does. */
export async function profileTable(rows: ReadRows, table: DeclaredTable): Promise<Profile> {
  const { rowCount } = table
  const source = chooseRows(table, rowCount)
  const isRepeatable = table.isStored && !source.isWhole
  const read = async (sql: string) =>
    (await rows(sql, { timeoutMs: STATEMENT_MS, isRepeatable })).map(toTexts)
  const isExact = rowCount * table.columns.length <= EXACT_CELLS
  const found = await profileColumns(table.columns, {
    read,
    from: source.from,
    distinct: (column) =>
      isExact ? `count(DISTINCT ${column})` : `approx_count_distinct(${column})`,
    meanLength: (column) => `avg(length(${column}::VARCHAR))`,
  })
  if (source.isWhole) return { rowCount, columns: found }
  const [[sampleRows] = []] = await read(`SELECT count(*) FROM ${source.from}`)
  const statistics = await readStatistics(rows, table)
  const scaled = scaleProfiles(table.columns, found, {
    rowCount,
    sampleRows: Number(sampleRows),
    distinctOf: (column) => statistics.get(column),
  })
  return { rowCount, columns: await withRanges(rows, table, scaled) }
}

/** A table knows; of a view as many as can be counted in time, of those that a budget allows. 0 where not even those can. */
export async function countRows(rows: ReadRows, { name }: DeclaredTable): Promise<number> {
  const from = quoteName(name)
  const count = async (source: string) =>
    Number((await rows(`SELECT count(*) FROM ${source}`, { timeoutMs: FREE_MS }))[0]?.[0])
  return count(from)
    .catch(whenLate(() => count(`(SELECT 1 FROM ${from} LIMIT ${SAMPLED_CELLS})`)))
    .catch(whenLate(async () => 0))
}

function whenLate<Result>(instead: () => Promise<Result>): (error: unknown) => Promise<Result> {
  return (error) => (error instanceof LateError ? instead() : Promise.reject(error))
}

/** Distinct values by column, as the engine guesses them while it writes; empty where it does not say. */
async function readStatistics(
  rows: ReadRows,
  { name, columns, isStored }: DeclaredTable,
): Promise<ReadonlyMap<string, number>> {
  if (!isStored || columns.length > STATISTICS_COLUMNS) return new Map()
  const asked = columns.map((column) => `stats(${quoteName(column.name)})`).join(', ')
  const options = { timeoutMs: FREE_MS }
  const [row = []] = await rows(`SELECT ${asked} FROM ${quoteName(name)} LIMIT 1`, options).catch(
    () => [],
  )
  const guesses = columns.map((column, at) => {
    const distinct = /\[Approx Unique: (\d+)\]/.exec(String(row[at]))?.[1]
    return [column.name, Number(distinct ?? 0)] as const
  })
  return new Map(guesses)
}

/**
 * Of all rows, where the engine knows them or finds them in time: dates first, as they say from where time counts. Of the
 * others the sample's ends stay, marked as such.
 */
async function withRanges(
  rows: ReadRows,
  table: DeclaredTable,
  profiles: readonly ColumnProfile[],
): Promise<ColumnProfile[]> {
  const ordered = table.columns.filter(isOrdered)
  const groups = [
    ordered.filter(({ kind }) => kind !== 'number'),
    ordered.filter(({ kind }) => kind === 'number'),
  ]
  const read = async (sql: string) => (await rows(sql, { timeoutMs: FREE_MS })).map(toTexts)
  const ranges = new Map<string, Range>()
  for (const group of groups) {
    const found = await readRanges(read, quoteName(table.name), group)
    for (const [name, range] of found) ranges.set(name, range)
  }
  return profiles.map((profile, at) => {
    const range = ranges.get(table.columns[at]?.name ?? '')
    return range ? withRange(profile, range) : profile
  })
}

function toTexts(row: readonly unknown[]): (string | null)[] {
  return row.map((cell) => (cell === null ? null : String(cell)))
}
