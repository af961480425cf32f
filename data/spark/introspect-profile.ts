/** Profiles one table with few statements, and without reading more of it than a budget allows. */
import type { Column } from '../catalog.js'
import {
  type ColumnCounts,
  FIRST_ROWS,
  listLimit,
  type Profile,
  toProfile,
  VALUE_LISTS_PER_TABLE,
} from '../introspection/column-profile.js'
import { scaleCounts } from '../introspection/scale-profiles.js'
import type { DeclaredTable, ReadRows } from './introspect-schema.js'
import { quoteSparkName } from './quote-spark-name.js'
import { type ChosenRows, chooseRows, type TableSize } from './sample-rows.js'

/** A statement of Spark takes tenths of a second however little it reads: one asks about many columns. */
const columnsPerCount = 20
const columnsPerList = 8

export interface ProfileReader {
  readonly read: ReadRows
  /** What the server knows without a look at the rows. */
  readonly size: (table: string) => Promise<TableSize>
  /** The files of a table, in the server's order; none where it has no files. */
  readonly files: (table: string) => Promise<readonly string[]>
}

/** Rejects as reading does. */
export async function profileTable(reader: ProfileReader, table: DeclaredTable): Promise<Profile> {
  const chosen = await chooseRows(reader, table)
  const { counts, rows } = await countColumns(reader.read, table.columns, chosen.from)
  const lists = await listValues(reader.read, table.columns, counts, chosen.from)
  const names = table.columns.map(({ name }) => quoteSparkName(name)).join(', ')
  const first = await reader.read(`SELECT ${names} FROM ${chosen.from} LIMIT ${FIRST_ROWS}`)
  const columns = table.columns.map((_, at) => {
    const cells = first.flatMap((row) => row[at] ?? [])
    const profile = toProfile(scaled(counts[at]!, chosen, rows), lists.get(at), cells)
    const isSampled = !chosen.isWhole && profile.max !== undefined
    return isSampled ? { ...profile, rangeIsSampled: true as const } : profile
  })
  return { rowCount: chosen.isWhole ? rows : chosen.rowCount, columns }
}

/** What was counted in a sample, said of the whole table. */
function scaled(counts: ColumnCounts, chosen: ChosenRows, sampleRows: number): ColumnCounts {
  if (chosen.isWhole) return counts
  return { ...counts, ...scaleCounts(counts, { rowCount: chosen.rowCount, sampleRows }) }
}

async function countColumns(read: ReadRows, columns: readonly Column[], from: string) {
  const counts: ColumnCounts[] = []
  let rows = 0
  for (let start = 0; start < columns.length; start += columnsPerCount) {
    const group = columns.slice(start, start + columnsPerCount)
    const expressions = ['count(*)', ...group.flatMap(countExpressions)]
    const [[all, ...row] = []] = await read(`SELECT ${expressions.join(', ')} FROM ${from}`)
    rows = Number(all)
    for (const [at, { type }] of group.entries()) {
      const [filled, distinct, min, max, meanLength] = row.slice(at * 5)
      counts.push({
        filled: Number(filled),
        distinct: Math.min(Number(distinct), Number(filled)),
        meanLength: Number(meanLength ?? 0),
        isInteger: /INT/.test(type),
        ...(isEnd(min) && isEnd(max) && { min, max }),
      })
    }
  }
  return { counts, rows }
}

/** NaN and the infinities are neither the smallest nor the largest of anything. */
function isEnd(value: string | null | undefined): value is string {
  return typeof value === 'string' && !/^(NaN|-?Infinity)$/.test(value)
}

/** Five expressions for every column, so that the row can be cut evenly. Exact counts of distinct values would read the rows once for each. */
function countExpressions({ name, kind }: Column): string[] {
  const column = quoteSparkName(name)
  const isOrdered = kind === 'number' || kind === 'date' || kind === 'timestamp'
  return [
    `count(${column})`,
    kind === 'other' ? '0' : `approx_count_distinct(${column}, 0.02)`,
    isOrdered ? `min(${column})` : 'NULL',
    isOrdered ? `max(${column})` : 'NULL',
    kind === 'text' ? `avg(length(${column}))` : '0',
  ]
}

/** By place of the column, most frequent first; columns with more values than their limit are left out. */
async function listValues(
  read: ReadRows,
  columns: readonly Column[],
  counts: readonly ColumnCounts[],
  from: string,
): Promise<ReadonlyMap<number, string[]>> {
  const wanted = columns
    .map((column, at) => ({ column, at, limit: listLimit(column, counts[at]!) }))
    .filter(({ limit }) => limit > 0)
    .slice(0, VALUE_LISTS_PER_TABLE)
  const lists = new Map<number, string[]>()
  for (let start = 0; start < wanted.length; start += columnsPerList) {
    const group = wanted.slice(start, start + columnsPerList)
    const parts = group.map(({ column, at, limit }) => {
      const name = quoteSparkName(column.name)
      return `(SELECT ${at} AS place, CAST(${name} AS STRING) AS text, count(*) AS times FROM ${from}
        WHERE ${name} IS NOT NULL GROUP BY ${name} ORDER BY times DESC, ${name} LIMIT ${limit + 1})`
    })
    const rows = await read(
      `SELECT place, text FROM (${parts.join(' UNION ALL ')}) ORDER BY place, times DESC, text`,
    )
    for (const { at, limit } of group) {
      const values = rows.flatMap(([place, text]) => (Number(place) === at ? String(text) : []))
      if (values.length <= limit) lists.set(at, values)
    }
  }
  return lists
}
