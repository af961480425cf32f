/** Chooses which rows of a table a profile looks at. */
import { quoteText } from '../quote.js'
import type { ProfileReader } from './introspect-profile.js'
import type { DeclaredTable } from './introspect-schema.js'
import { quoteSparkName } from './quote-spark-name.js'

export interface TableSize {
  readonly bytes: number
  readonly rows?: number
}

export interface ChosenRows {
  /** What stands behind FROM. */
  readonly from: string
  readonly isWhole: boolean
  /** Of the whole table; an estimate where counting would have read it all. */
  readonly rowCount: number
}

/** Cells of one table that are looked at; of larger tables a sample of about so many. */
const mostCells = 2_000_000
const fewestRows = 1_000
/** Above this, only formats that keep the number of rows beside them are counted. */
const mostCountedBytes = 64_000_000
const countedFormats = /^(parquet|orc|delta|iceberg)$/i
/** Files that a sample is taken from, spread evenly over all of them, the last one included. */
const sampledFiles = 8
/** What a row of text takes, when nothing better is known. */
const guessedBytesPerCell = 8

export async function chooseRows(reader: ProfileReader, table: DeclaredTable): Promise<ChosenRows> {
  const from = quoteSparkName(table.name)
  const size = await reader.size(table.name)
  const rowCount = await countRows(reader, table, size)
  if (rowCount * table.columns.length <= mostCells) return { from, isWhole: true, rowCount }
  const rows = Math.max(fewestRows, Math.floor(mostCells / table.columns.length))
  const names = table.columns.map(({ name }) => quoteSparkName(name)).join(', ')
  const files = table.isView ? [] : await reader.files(table.name)
  const chosen = spread(files, sampledFiles)
  // A filter on the path of a file leaves all others unopened.
  const parts = chosen.map((file) => `_metadata.file_path = ${quoteText(file)}`)
  const selects = (parts.length > 0 ? parts : ['true']).map((condition) => {
    const each = Math.ceil(rows / Math.max(1, parts.length))
    return `(SELECT ${names} FROM ${from} WHERE ${condition} LIMIT ${each})`
  })
  return { from: `(${selects.join(' UNION ALL ')})`, isWhole: false, rowCount }
}

async function countRows(
  { read }: ProfileReader,
  table: DeclaredTable,
  { bytes, rows }: TableSize,
): Promise<number> {
  const known = table.countedRows ?? rows
  const isCheap = bytes <= mostCountedBytes || countedFormats.test(table.format)
  if (known !== undefined && bytes > mostCountedBytes) return known
  if (isCheap) {
    const [[counted] = []] = await read(`SELECT count(*) FROM ${quoteSparkName(table.name)}`)
    return Number(counted)
  }
  return Math.ceil(bytes / (guessedBytesPerCell * table.columns.length))
}

function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items
  return Array.from(
    { length: count },
    (_, at) => items[Math.round((at * (items.length - 1)) / (count - 1))]!,
  )
}
