/** Tells what a file holds from its name, and for databases from its first bytes. */
import { open } from 'node:fs/promises'

export type FileFormat = 'csv' | 'json' | 'parquet' | 'xlsx'

const FORMATS: readonly (readonly [RegExp, FileFormat])[] = [
  [/\.(csv|tsv)(\.gz)?$/i, 'csv'],
  [/\.(json|jsonl|ndjson)(\.gz)?$/i, 'json'],
  [/\.parquet$/i, 'parquet'],
  [/\.xlsx$/i, 'xlsx'],
]

/** Names a user can be told. */
export const IMPORTABLE = '.csv, .tsv, .parquet, .json, .jsonl, .ndjson or .xlsx'

export function fileFormat(name: string): FileFormat | undefined {
  return FORMATS.find(([pattern]) => pattern.test(name))?.[1]
}

/** The file's name without the ending that tells its format. */
export function withoutFormat(name: string): string {
  const pattern = FORMATS.find(([ending]) => ending.test(name))?.[0]
  return pattern === undefined ? name : name.replace(pattern, '')
}

/** Both engines write their name into the first bytes: SQLite at 0, DuckDB at 8. */
const HEADER_BYTES = 16

export async function databaseEngine(path: string): Promise<'duckdb' | 'sqlite' | undefined> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
    const header = buffer.toString('latin1', 0, bytesRead)
    if (header.slice(8, 12) === 'DUCK') return 'duckdb'
    return header.startsWith('SQLite format') ? 'sqlite' : undefined
  } finally {
    await file.close()
  }
}
