/** Profiles one table without reading more of it than a budget allows. */
import type { Column } from '../catalog.js'
import type { ColumnProfile, Profile } from '../introspection/column-profile.js'
import { profileColumns } from '../introspection/profile-columns.js'
import { readRanges } from '../introspection/read-ranges.js'
import {
  isOrdered,
  type Range,
  scaleProfiles,
  withFurtherDates,
  withRange,
} from '../introspection/scale-profiles.js'
import { quoteName, quoteText } from '../quote.js'
import {
  fewestRows,
  mostCells,
  mostCountedBytes,
  mostCountedRows,
} from '../servers/profile-budget.js'
import type { ReadRows } from '../servers/server-engine.js'
import { type DeclaredTable, pageBytes } from './introspect-schema.js'

/** Pages that are read to guess the rows of a table that the server never counted. */
const countedPages = 1_000
/** Pages at the end of a large table that are looked at for newer dates: what came last mostly stands there. */
const lastPages = 100

/** Rejects as reading does. */
export async function profileTable(read: ReadRows, table: DeclaredTable): Promise<Profile> {
  const rowCount = await countRows(read, table)
  const source = await chooseRows(read, table, rowCount)
  const found = await profileColumns(table.columns, {
    read,
    from: source.from,
    distinct: (column) => `count(DISTINCT ${column})`,
    meanLength: (column) => `avg(length(${column}::text))`,
  })
  if (source.isWhole) return { rowCount, columns: found.map(withoutInfinity) }
  const estimates = await readEstimates(read, table, rowCount)
  const scaled = scaleProfiles(table.columns, found, {
    rowCount,
    sampleRows: source.rows,
    distinctOf: (column) => estimates.get(column),
  })
  const columns = await withRanges(read, table, scaled)
  return { rowCount, columns: columns.map(withoutInfinity) }
}

/** Dates may be endless and numbers none; neither is the newest date or the largest number of anything. */
function withoutInfinity(profile: ColumnProfile): ColumnProfile {
  const isEndless = [profile.min, profile.max].some((end) => /^-?infinity$|^NaN$/i.test(end ?? ''))
  return isEndless ? { ...profile, min: undefined, max: undefined } : profile
}

/** Described by what the server guesses; undefined when it cannot plan it: a view over what is gone. */
export async function withEstimate(
  read: ReadRows,
  table: DeclaredTable,
): Promise<DeclaredTable | undefined> {
  const rowCount = await plannedRows(read, table).catch(() => undefined)
  return rowCount === undefined ? undefined : { ...table, rowCount }
}

async function plannedRows(read: ReadRows, { name }: DeclaredTable): Promise<number> {
  const [[plan] = []] = await read(`EXPLAIN (FORMAT JSON) SELECT 1 FROM ${quoteName(name)}`)
  const [{ Plan: { 'Plan Rows': rows = 0 } = {} } = {}] = JSON.parse(plan ?? '[]')
  return Math.round(Number(rows))
}

/** Of a view that has more rows than are counted, as the planner guesses. */
async function countRows(read: ReadRows, table: DeclaredTable): Promise<number> {
  const { name, isView, storage } = table
  const from = quoteName(name)
  if (isView) {
    const counted = await one(
      read,
      `SELECT count(*) FROM (SELECT 1 FROM ${from} LIMIT ${mostCountedRows + 1}) rows`,
    )
    if (counted <= mostCountedRows) return counted
    return Math.max(counted, await plannedRows(read, table))
  }
  if (storage.bytes <= mostCountedBytes) return one(read, `SELECT count(*) FROM ${from}`)
  if (storage.countedRows !== undefined && storage.countedBytes > 0) {
    return Math.round((storage.countedRows / storage.countedBytes) * storage.bytes)
  }
  const percent = (100 * countedPages * pageBytes) / storage.bytes
  const counted = await one(read, `SELECT count(*) FROM ${sampleOf(name, percent)}`)
  return Math.round((counted * 100) / percent)
}

async function chooseRows(read: ReadRows, table: DeclaredTable, rowCount: number) {
  const from = quoteName(table.name)
  if (rowCount * table.columns.length <= mostCells) return { from, isWhole: true, rows: rowCount }
  const rows = Math.max(fewestRows, Math.floor(mostCells / table.columns.length))
  const names = table.columns.map(({ name }) => quoteName(name)).join(', ')
  const first = `(SELECT ${names} FROM ${from} LIMIT ${rows}) first_rows`
  const source = table.isView ? first : sampleOf(table.name, (100 * rows) / rowCount)
  const found = await one(read, `SELECT count(*) FROM ${source}`)
  return found > 0
    ? { from: source, isWhole: false, rows: found }
    : { from: first, isWhole: false, rows }
}

/** The same pages each time, so that what several queries find belongs together. */
function sampleOf(name: string, percent: number): string {
  return `${quoteName(name)} TABLESAMPLE SYSTEM (${Math.min(100, percent)}) REPEATABLE (1)`
}

/** Distinct values by column, as the server guesses them. */
async function readEstimates(
  read: ReadRows,
  { name: table }: DeclaredTable,
  rowCount: number,
): Promise<ReadonlyMap<string, number>> {
  const found = await read(
    `SELECT s.attname, s.n_distinct FROM pg_stats s JOIN pg_class c ON c.relname = s.tablename
     JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = s.schemaname
     WHERE pg_table_is_visible(c.oid) AND c.relname = ${quoteText(table)}`,
  )
  return new Map(
    found.map(([name, cell]) => {
      const distinct = Number(cell)
      return [String(name), distinct < 0 ? Math.round(-distinct * rowCount) : distinct] as const
    }),
  )
}

/** Read in one pass from a table that may be read whole; from a larger one where an index knows them without a look at it. */
async function withRanges(
  read: ReadRows,
  table: DeclaredTable,
  columns: readonly ColumnProfile[],
): Promise<ColumnProfile[]> {
  const { isView, storage } = table
  if (isView) return [...columns]
  const ordered = table.columns.filter(isOrdered)
  const isSmall = storage.bytes <= mostCountedBytes
  const isKnown = ({ name }: Column) => isSmall || storage.indexed.has(name)
  const known = ordered.filter(isKnown)
  const others = ordered.filter((column) => !isKnown(column))
  const groups = isSmall ? [known] : known.map((column) => [column])
  const ranges = new Map<string, Range>()
  for (const group of groups) {
    const found = await readRanges(read, quoteName(table.name), group)
    for (const [name, range] of found) ranges.set(name, range)
  }
  const dates = others.filter(({ kind }) => kind !== 'number')
  const last = await readRanges(read, lastRows(table), storage.findsPages ? dates : [])
  return columns.map((profile, at) => {
    const column = table.columns[at]!
    const range = ranges.get(column.name)
    if (range) return withRange(profile, range)
    return withFurtherDates(column, profile, last.get(column.name))
  })
}

/** Rows that were written last, where no room was free before them; of a partitioned table none. */
function lastRows({ name, storage }: DeclaredTable): string {
  const first = Math.max(0, Math.floor(storage.bytes / pageBytes) - lastPages)
  return `(SELECT * FROM ${quoteName(name)} WHERE ctid >= '(${first},0)') last_rows`
}

async function one(read: ReadRows, sql: string): Promise<number> {
  const [[count] = []] = await read(sql)
  return Number(count)
}
