/** Imports a user's files into one new DuckDB file, one table per file or sheet. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { EngineError, ProcessEndedError } from '../engine-process/engine-process.js'
import type { OnProgress } from '../progress.js'
import { quoteName } from '../quote.js'
import { type FileFormat, fileFormat, withoutFormat } from './file-format.js'
import { fileLiteral } from './file-literal.js'
import { tableName, uniqueName } from './identifier.js'
import { importCsv } from './import-csv.js'
import { type ImportEngine, writeImport } from './import-engine.js'
import { importJson } from './import-json.js'
import { importWorkbook } from './import-workbook.js'
import { parseWrittenNumbers } from './parse-written-numbers.js'

/** By what the engine and the system say. */
export function isDiskFull(error: unknown): boolean {
  return /no space left|could not write file/i.test(String(error))
}

/** A file that cannot be read; the message names it and what the reader said. */
export class ImportError extends Error {
  readonly code = 'source_corrupt'
  constructor(
    readonly file: string,
    options: { cause: unknown },
  ) {
    super(`${file} cannot be read: ${firstLine(options.cause)}`, options)
  }

  /** The file is not to blame: its copy could not be written. */
  get isDiskFull(): boolean {
    return isDiskFull(this)
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
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  const sourceBytes = sizes.reduce((sum, size) => sum + size, 0)
  const fill = async (engine: ImportEngine) => {
    const taken = new Set<string>()
    const claim = (name: string) => uniqueName(name, taken)
    for (const [index, file] of files.entries()) {
      onProgress?.(`Importing ${basename(file)}`, index, files.length)
      await importFile(engine, file, claim)
    }
    if ((await dropEmptyTables(engine)) === 0) throw new NothingToImportError('No rows found.')
    onProgress?.('Importing', files.length, files.length)
  }
  await writeImport(target, sourceBytes, fill).catch((error: unknown) => {
    // Between two files, or at the end of all.
    const isEngines = error instanceof EngineError || error instanceof ProcessEndedError
    throw isEngines ? new ImportError(basename(files.at(-1) ?? ''), { cause: error }) : error
  })
}

type Importer = (
  engine: ImportEngine,
  path: string,
  fileName: string,
  claim: (name: string) => string,
) => Promise<void>

const IMPORTERS: Record<FileFormat, Importer> = {
  csv: async (engine, path, name, claim) => {
    const table = claim(tableName(name))
    await importCsv(engine, table, path)
    await parseWrittenNumbers(engine, table)
  },
  json: (engine, path, name, claim) => importJson(engine, claim(tableName(name)), path),
  parquet: async (engine, path, name, claim) => {
    const table = quoteName(claim(tableName(name)))
    await engine.run(`CREATE TABLE ${table} AS FROM read_parquet(${fileLiteral(path)})`)
  },
  xlsx: importWorkbook,
}

async function importFile(
  engine: ImportEngine,
  path: string,
  claim: (name: string) => string,
): Promise<void> {
  const name = basename(path)
  try {
    await IMPORTERS[fileFormat(name) ?? 'csv'](engine, path, withoutFormat(name), claim)
  } catch (error) {
    throw new ImportError(name, { cause: error })
  }
}

/** Empty files become a table of one unnamed column without values; returns how many tables stay. */
async function dropEmptyTables(engine: ImportEngine): Promise<number> {
  const rows = await engine.read(
    `SELECT table_name, count(*)::INTEGER, min(column_name) FROM duckdb_columns()
     WHERE NOT internal GROUP BY table_name`,
  )
  let kept = 0
  for (const [table, columns, first] of rows) {
    const unnamed = columns === 1 && (first === 'column0' || first === 'json')
    const from = quoteName(String(table))
    const filled = `SELECT count(${quoteName(String(first))}) > 0 FROM ${from}`
    if (unnamed && !(await engine.read(filled))[0]?.[0]) {
      await engine.run(`DROP TABLE ${from}`)
    } else kept += 1
  }
  return kept
}

function firstLine(error: unknown): string {
  if (error instanceof ProcessEndedError) {
    return error.isOutOfMemory ? 'it takes too much memory.' : 'its reader gave up.'
  }
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0] ?? message
}
