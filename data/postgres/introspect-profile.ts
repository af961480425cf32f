/** Profiles one table without reading more of it than a budget allows. */
import type { Column } from '../catalog.js'
import type { ColumnProfile, Profile } from '../introspection/column-profile.js'
import { profileColumns } from '../introspection/profile-columns.js'
import { quoteName, quoteText } from '../quote.js'
import type { ReadRows } from '../servers/server-engine.js'
import type { DeclaredTable } from './introspect-schema.js'

/** Cells of one table that are looked at; of larger tables a sample of about so many. */
const mostCells = 2_000_000
const fewestRows = 1_000
/** Larger tables are not counted. */
const mostCountedBytes = 64_000_000
/** Rows of a view that are counted; further ones are the planner's guess. */
const mostCountedRows = 100_000
/** Pages that are read to guess the rows of a table that the server never counted. */
const countedPages = 1_000
const pageBytes = 8_192
/** A sample in which nearly every value is another: the values of the whole table are, too. */
const mostlyDistinct = 0.9

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
  const sampled = await scaled(read, table, found, rowCount, source.rows)
  const columns = await withRanges(read, table, sampled)
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

/** What was counted in a sample, said of the whole table; where the server has its own estimate, that is taken. */
async function scaled(
  read: ReadRows,
  table: DeclaredTable,
  columns: readonly ColumnProfile[],
  rowCount: number,
  sampleRows: number,
): Promise<ColumnProfile[]> {
  const estimates = new Map(
    await read(
      `SELECT s.attname, s.n_distinct FROM pg_stats s JOIN pg_class c ON c.relname = s.tablename
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = s.schemaname
       WHERE pg_table_is_visible(c.oid) AND c.relname = ${quoteText(table.name)}`,
    ).then((rows) => rows.map(([name, distinct]) => [String(name), Number(distinct)] as const)),
  )
  const factor = rowCount / Math.max(1, sampleRows)
  return columns.map((profile, at) => {
    const { filled, distinctCount, values } = profile
    const known = estimates.get(table.columns[at]?.name ?? '') ?? 0
    const isMostlyDistinct = distinctCount > filled * mostlyDistinct
    const guessed = isMostlyDistinct ? Math.round(distinctCount * factor) : distinctCount
    const estimated = known < 0 ? Math.round(-known * rowCount) : known
    return {
      ...profile,
      filled: filled === sampleRows ? rowCount : Math.round(filled * factor),
      distinctCount: values?.length ?? Math.max(distinctCount, estimated || guessed),
    }
  })
}

/** Read in one pass from a table that may be read whole; from a larger one where an index knows them without a look at it. */
async function withRanges(
  read: ReadRows,
  table: DeclaredTable,
  columns: readonly ColumnProfile[],
): Promise<ColumnProfile[]> {
  const { isView, storage } = table
  if (isView) return [...columns]
  const ordered = table.columns.filter(({ kind }) => orderedKinds.has(kind))
  const isSmall = storage.bytes <= mostCountedBytes
  const groups = isSmall
    ? [ordered]
    : ordered.filter(({ name }) => storage.indexed.has(name)).map((column) => [column])
  const ranges = new Map<string, Range>()
  for (const group of groups) {
    for (const [name, range] of await readRanges(read, table, group)) ranges.set(name, range)
  }
  return columns.map((profile, at) => ({
    ...profile,
    ...ranges.get(table.columns[at]?.name ?? ''),
  }))
}

const orderedKinds: ReadonlySet<Column['kind']> = new Set(['number', 'date', 'timestamp'])
type Range = Partial<Pick<ColumnProfile, 'min' | 'max'>>

async function readRanges(
  read: ReadRows,
  { name: table }: DeclaredTable,
  columns: readonly Column[],
): Promise<(readonly [name: string, range: Range])[]> {
  if (columns.length === 0) return []
  const ends = columns.map(({ name }) => `min(${quoteName(name)}), max(${quoteName(name)})`)
  const [row = []] = await read(`SELECT ${ends.join(', ')} FROM ${quoteName(table)}`)
  return columns.map(({ name }, at) => {
    const [min, max] = row.slice(at * 2)
    return [name, typeof min === 'string' && typeof max === 'string' ? { min, max } : {}]
  })
}

async function one(read: ReadRows, sql: string): Promise<number> {
  const [[count] = []] = await read(sql)
  return Number(count)
}
