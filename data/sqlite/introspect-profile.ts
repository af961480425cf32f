/** Profiles the columns of one SQLite table: kinds, distinct counts, ranges, value lists and samples. */
import type { Column } from '../catalog.js'
import {
  type ColumnCounts,
  type ColumnProfile,
  FIRST_ROWS,
  listLimit,
  toProfile,
  VALUE_LISTS_PER_TABLE,
  withProfile,
} from '../introspection/column-profile.js'
import { scaleCounts } from '../introspection/scale-profiles.js'
import { quoteName } from '../quote.js'
import { type StoredClasses, storedKind, storedType } from './column-kind.js'
import { countRows } from './count-rows.js'
import { readRanges } from './introspect-ranges.js'
import type { DeclaredTable } from './introspect-schema.js'
import type { ReadRows } from './read-rows.js'
import { chooseRows, type RowSource } from './sampled-rows.js'

/** SQLite takes at most 2,000 result columns; each column needs as many as COUNTS has. */
const COLUMNS_PER_QUERY = 60

const DATE = `'[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]`
const TIME = `[T ][0-2][0-9]:[0-5][0-9]*'`

/** One aggregate each over the column `c`. */
const COUNTS = {
  rows: `count(*)`,
  filled: `count(c)`,
  integers: `sum(typeof(c) = 'integer')`,
  reals: `sum(typeof(c) = 'real')`,
  texts: `sum(typeof(c) = 'text')`,
  blobs: `sum(typeof(c) = 'blob')`,
  empty: `sum(typeof(c) = 'text' AND c = '')`,
  dates: `sum(typeof(c) = 'text' AND c GLOB ${DATE}' AND date(c) IS NOT NULL)`,
  timestamps: `sum(typeof(c) = 'text' AND c GLOB ${DATE}${TIME} AND julianday(c) IS NOT NULL)`,
  manyValued: `sum(typeof(c) = 'integer' AND c NOT IN (0, 1))`,
  distinct: `count(DISTINCT c)`,
  meanLength: `avg(CASE WHEN typeof(c) = 'text' THEN length(c) END)`,
} as const

type Counts = Readonly<Record<keyof typeof COUNTS, number>>

/** The table with kinds and values. Rejects with what the engine says, for instance of a view over a table that is gone. */
export async function profileTable(
  read: ReadRows,
  declared: DeclaredTable,
): Promise<DeclaredTable> {
  const rowCount = await countRows(read, declared)
  const source = await chooseRows(read, declared, rowCount)
  const counts = await countColumns(read, source, declared.columns)
  const columns = declared.columns.map((column, index) => withKind(column, counts[index]!))
  const table = { ...declared, columns, rowCount }
  const ranges = await readRanges(read, table, source)
  const samples = await readSamples(read, table)
  const profiles: ColumnProfile[] = []
  let lists = 0
  for (const [index, column] of columns.entries()) {
    const whole = estimateWhole(counts[index]!, source, rowCount)
    const range = ranges[index]
    const known = { ...whole, ...range }
    const limit = lists < VALUE_LISTS_PER_TABLE ? listLimit(column, known) : 0
    const values = limit > 0 ? await listValues(read, source.from, column, limit) : undefined
    if (limit > 0) lists += 1
    const profile = toProfile(known, values, samples[index] ?? [])
    profiles.push({ ...profile, ...(range?.rangeIsSampled && { rangeIsSampled: true }) })
  }
  return withProfile(table, { rowCount, columns: profiles })
}

function withKind(column: Column, stored: StoredClasses): Column {
  const type = column.type === '' ? storedType(stored) : column.type
  return { ...column, type, kind: storedKind(type, stored) }
}

async function countColumns(
  read: ReadRows,
  { from }: RowSource,
  columns: readonly Column[],
): Promise<Counts[]> {
  const names = Object.keys(COUNTS)
  return readByColumn(columns, async (group) => {
    const expressions = group.flatMap(({ name }) =>
      Object.values(COUNTS).map((text) => over(text, name)),
    )
    const [row = []] = await read(`SELECT ${expressions.join(', ')} FROM ${from}`)
    return group.map((_, index) => {
      const cells = row.slice(index * names.length, (index + 1) * names.length)
      const entries = names.map((name, cell) => [name, Number(cells[cell] ?? 0)])
      return Object.fromEntries(entries) as Counts
    })
  })
}

/** Wide tables in groups of columns; one result for each column. */
async function readByColumn<Result>(
  columns: readonly Column[],
  readGroup: (group: readonly Column[]) => Promise<Result[]>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < columns.length; start += COLUMNS_PER_QUERY) {
    results.push(...(await readGroup(columns.slice(start, start + COLUMNS_PER_QUERY))))
  }
  return results
}

function over(aggregate: string, column: string): string {
  const name = quoteName(column)
  return aggregate.replace(/\bc\b/g, () => name)
}

function estimateWhole(
  { rows, filled, distinct, reals, texts, blobs, meanLength }: Counts,
  { isWhole }: RowSource,
  rowCount: number,
): ColumnCounts {
  const isInteger = reals + texts + blobs === 0
  if (isWhole) return { filled, distinct, meanLength, isInteger }
  const scaled = scaleCounts({ filled, distinct }, { rowCount, sampleRows: rows })
  return { ...scaled, meanLength, isInteger }
}

/** Most frequent first; undefined when there are more than the limit. Of a sample, what is rare may be missing. */
async function listValues(
  read: ReadRows,
  from: string,
  column: Column,
  limit: number,
): Promise<string[] | undefined> {
  const name = quoteName(column.name)
  const found = await read(
    `SELECT ${name} FROM ${from} WHERE ${name} IS NOT NULL
     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${limit + 1}`,
  )
  return found.length > limit ? undefined : found.map(([value]) => String(value))
}

/** By column, the cells of some rows that are not null. */
function readSamples(read: ReadRows, { name, columns }: DeclaredTable): Promise<string[][]> {
  return readByColumn(columns, async (group) => {
    const names = group.map((column) => quoteName(column.name))
    const rows = await read(
      `SELECT ${names.join(', ')} FROM ${quoteName(name)} LIMIT ${FIRST_ROWS}`,
    )
    return group.map((_, index) =>
      rows
        .map((row) => row[index] ?? null)
        .filter((cell) => cell !== null)
        .map(String),
    )
  })
}
