/** Profiles one table without reading more of it than a budget allows. */
import type { Column } from '../catalog.js'
import type { ColumnProfile, Profile } from '../introspection/column-profile.js'
import { profileColumns } from '../introspection/profile-columns.js'
import { quoteName } from '../quote.js'
import type { ReadRows } from '../servers/server-engine.js'
import type { DeclaredTable } from './introspect-schema.js'

/** Cells of one table that are looked at; of larger tables a sample of about so many. */
const mostCells = 2_000_000
const fewestRows = 1_000
/** Larger tables are not counted. */
const mostCountedBytes = 64_000_000
/** Rows of a view that are counted; there may be more. */
const mostCountedRows = 100_000
/** Places of a large table that a sample is taken from. */
const places = 20
/** A sample in which nearly every value is another: the values of the whole table are, too. */
const mostlyDistinct = 0.9

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
  const sampled = isWhole ? found : scaled(table, found, rowCount, source.rows)
  const columns = isWhole ? found : await withRanges(read, table, sampled)
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

/** What was counted in a sample, said of the whole table; where the server has its own estimate, that is taken. */
function scaled(
  table: DeclaredTable,
  columns: readonly ColumnProfile[],
  rowCount: number,
  sampleRows: number,
): ColumnProfile[] {
  const factor = Math.max(1, rowCount / Math.max(1, sampleRows))
  return columns.map((profile, at) => {
    const { filled, distinctCount, values } = profile
    const known = table.storage.indexed.get(table.columns[at]?.name ?? '')
    const isMostlyDistinct = distinctCount > filled * mostlyDistinct
    const guessed = isMostlyDistinct ? Math.round(distinctCount * factor) : distinctCount
    return {
      ...profile,
      filled: filled === sampleRows ? rowCount : Math.round(filled * factor),
      distinctCount: values?.length ?? Math.max(distinctCount, known ?? guessed),
    }
  })
}

/** Of columns that an index begins with, which knows them without a look at the table. */
async function withRanges(
  read: ReadRows,
  table: DeclaredTable,
  columns: readonly ColumnProfile[],
): Promise<ColumnProfile[]> {
  if (table.isView) return [...columns]
  const ranged: ColumnProfile[] = []
  for (const [at, profile] of columns.entries()) {
    const column = table.columns[at]
    const isOrdered = column !== undefined && orderedKinds.has(column.kind)
    const isIndexed = isOrdered && table.storage.indexed.has(column.name)
    ranged.push(isIndexed ? { ...profile, ...(await readRange(read, table, column)) } : profile)
  }
  return ranged
}

const orderedKinds: ReadonlySet<Column['kind']> = new Set(['number', 'date', 'timestamp'])

async function readRange(
  read: ReadRows,
  table: DeclaredTable,
  column: Column,
): Promise<Partial<Pick<ColumnProfile, 'min' | 'max'>>> {
  const name = quoteName(column.name)
  const [[min, max] = []] = await read(
    `SELECT min(${name}), max(${name}) FROM ${quoteName(table.name)}`,
  )
  return typeof min === 'string' && typeof max === 'string' ? { min, max } : {}
}

async function one(read: ReadRows, sql: string): Promise<number> {
  const [[count] = []] = await read(sql)
  return Number(count)
}
