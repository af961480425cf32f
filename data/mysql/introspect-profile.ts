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
import { quoteName } from '../quote.js'
import {
  fewestRows,
  mostCells,
  mostCountedBytes,
  mostCountedRows,
} from '../servers/profile-budget.js'
import type { ReadRows } from '../servers/server-engine.js'
import type { DeclaredTable } from './introspect-schema.js'

/** Places of a large table that a sample is taken from. */
const places = 20
/** Rows at the end of the key that are looked at for newer dates: the newest mostly stand there. */
const lastCount = 1_000

/** Rejects as reading does. */
export async function profileTable(read: ReadRows, table: DeclaredTable): Promise<Profile> {
  const rowCount = await countRows(read, table)
  const isWhole =
    rowCount * table.columns.length <= mostCells && table.storage.bytes <= mostCountedBytes
  const source = isWhole
    ? { from: quoteName(table.name), rows: rowCount }
    : await chooseRows(read, table)
  const found = await profileColumns(table.columns, {
    read,
    from: source.from,
    distinct: (column) => `count(DISTINCT ${column})`,
    meanLength: (column) => `avg(char_length(${column}))`,
  })
  if (isWhole) return { rowCount, columns: found.map(withoutEmptyDates) }
  const scaled = scaleProfiles(table.columns, found, {
    rowCount,
    sampleRows: source.rows,
    distinctOf: (column) => table.storage.indexed.get(column),
  })
  const columns = await withRanges(read, table, scaled)
  return { rowCount, columns: columns.map(withoutEmptyDates) }
}

/** A smallest or largest date that is none comes as nothing. */
function withoutEmptyDates(profile: ColumnProfile): ColumnProfile {
  const hasBoth = profile.min !== undefined && profile.max !== undefined
  return hasBoth ? profile : { ...profile, min: undefined, max: undefined }
}

async function countRows(read: ReadRows, table: DeclaredTable): Promise<number> {
  const { name, isView, storage } = table
  const from = quoteName(name)
  if (isView) {
    return one(
      read,
      `SELECT count(*) FROM (SELECT 1 FROM ${from} LIMIT ${mostCountedRows}) counted`,
    )
  }
  if (storage.bytes <= mostCountedBytes) return one(read, `SELECT count(*) FROM ${from}`)
  return storage.estimatedRows ?? 0
}

interface Source {
  readonly from: string
  readonly rows: number
}

/** Rows from places spread over the key, where it is one number; else the first ones. No more rows are read than are chosen. */
async function chooseRows(read: ReadRows, table: DeclaredTable): Promise<Source> {
  const rows = Math.max(fewestRows, Math.floor(mostCells / table.columns.length))
  const from = quoteName(table.name)
  const names = table.columns.map(({ name }) => quoteName(name)).join(', ')
  const first = { from: `(SELECT ${names} FROM ${from} LIMIT ${rows}) first_rows`, rows }
  const [keyName, ...further] = table.primaryKey
  const isNumber = table.columns.some(({ name, type }) => name === keyName && /INT/.test(type))
  if (keyName === undefined || further.length > 0 || !isNumber) return first
  const key = quoteName(keyName)
  const [[smallest, largest] = []] = await read(`SELECT min(${key}), max(${key}) FROM ${from}`)
  const [start, end] = [Number(smallest), Number(largest)]
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) return first
  const chosen = Array.from({ length: places }, (_, place) => {
    const [own, next] = [place, place + 1].map(
      (at) => start + Math.floor(((end - start + 1) * at) / places),
    )
    return `(SELECT ${names} FROM ${from} WHERE ${key} >= ${own} AND ${key} < ${next}
      ORDER BY ${key} LIMIT ${Math.ceil(rows / places)})`
  })
  const spread = `(${chosen.join(' UNION ALL ')}) spread_rows`
  return { from: spread, rows: await one(read, `SELECT count(*) FROM ${spread}`) }
}

/** Of columns that an index begins with, which knows them without a look at the table; dates at the end of the key, too. */
async function withRanges(
  read: ReadRows,
  table: DeclaredTable,
  columns: readonly ColumnProfile[],
): Promise<ColumnProfile[]> {
  if (table.isView) return [...columns]
  const from = quoteName(table.name)
  const key = table.primaryKey.map((name) => `${quoteName(name)} DESC`).join(', ')
  const lastRows = `(SELECT * FROM ${from} ORDER BY ${key} LIMIT ${lastCount}) last_rows`
  const isIndexed = ({ name }: Column) => table.storage.indexed.has(name)
  const dates = table.columns.filter(
    (column) => isOrdered(column) && column.kind !== 'number' && !isIndexed(column),
  )
  const last = await readRanges(read, lastRows, key === '' ? [] : dates)
  const ranges = new Map<string, Range>()
  for (const column of table.columns.filter((each) => isOrdered(each) && isIndexed(each))) {
    for (const [name, range] of await readRanges(read, from, [column])) ranges.set(name, range)
  }
  return columns.map((profile, at) => {
    const column = table.columns[at]!
    const range = ranges.get(column.name)
    if (range) return withRange(profile, range)
    return withFurtherDates(column, profile, last.get(column.name))
  })
}

async function one(read: ReadRows, sql: string): Promise<number> {
  const [[count] = []] = await read(sql)
  return Number(count)
}
