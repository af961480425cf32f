/** Imports a user's files into one new DuckDB file, one table per file or sheet. */
import { basename } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { writeDatabaseFile } from '../duckdb/write-database-file.js'
import type { OnProgress } from '../progress.js'
import { quoteName } from '../quote.js'
import { type FileFormat, fileFormat, withoutFormat } from './file-format.js'
import { fileLiteral } from './file-literal.js'
import { tableName, uniqueName } from './identifier.js'
import { importCsv } from './import-csv.js'
import { importJson } from './import-json.js'
import { importWorkbook } from './import-workbook.js'
import { parseWrittenNumbers } from './parse-written-numbers.js'

/** A file that cannot be read; the message names it and what the reader said. */
export class ImportError extends Error {
  readonly code = 'source_corrupt'
  constructor(
    readonly file: string,
    options: { cause: unknown },
  ) {
    super(`${file} cannot be read: ${firstLine(options.cause)}`, options)
  }
}

/** Nothing but empty files. */
export class NothingToImportError extends Error {
  readonly code = 'source_empty'
}

/** Throws ImportError or NothingToImportError and then leaves no file at `target`. */
export async function importFiles(
  files: readonly string[],
  target: string,
  onProgress?: OnProgress,
): Promise<void> {
  await writeDatabaseFile(target, async (connection) => {
    const taken = new Set<string>()
    const claim = (name: string) => uniqueName(name, taken)
    for (const [index, file] of files.entries()) {
      onProgress?.(`Importing ${basename(file)}`, index, files.length)
      await importFile(connection, file, claim)
    }
    if ((await dropEmptyTables(connection)) === 0) throw new NothingToImportError('No rows found.')
    onProgress?.('Importing', files.length, files.length)
  })
}

type Importer = (
  connection: DuckDBConnection,
  path: string,
  fileName: string,
  claim: (name: string) => string,
) => Promise<void>

const IMPORTERS: Record<FileFormat, Importer> = {
  csv: async (connection, path, name, claim) => {
    const table = claim(tableName(name))
    await importCsv(connection, table, path)
    await parseWrittenNumbers(connection, table)
  },
  json: (connection, path, name, claim) => importJson(connection, claim(tableName(name)), path),
  parquet: async (connection, path, name, claim) => {
    const table = quoteName(claim(tableName(name)))
    await connection.run(`CREATE TABLE ${table} AS FROM read_parquet(${fileLiteral(path)})`)
  },
  xlsx: importWorkbook,
}

async function importFile(
  connection: DuckDBConnection,
  path: string,
  claim: (name: string) => string,
): Promise<void> {
  const name = basename(path)
  try {
    await IMPORTERS[fileFormat(name) ?? 'csv'](connection, path, withoutFormat(name), claim)
  } catch (error) {
    throw new ImportError(name, { cause: error })
  }
}

/** Empty files become a table of one unnamed column without values; returns how many tables stay. */
async function dropEmptyTables(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll(
    `SELECT table_name, count(*)::INTEGER, min(column_name) FROM duckdb_columns()
     WHERE NOT internal GROUP BY table_name`,
  )
  let kept = 0
  for (const [table, columns, first] of reader.getRows()) {
    const unnamed = columns === 1 && (first === 'column0' || first === 'json')
    const from = quoteName(String(table))
    const filled = `SELECT count(${quoteName(String(first))}) > 0 FROM ${from}`
    if (unnamed && !(await connection.runAndReadAll(filled)).getRows()[0]?.[0]) {
      await connection.run(`DROP TABLE ${from}`)
    } else kept += 1
  }
  return kept
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0] ?? message
}
