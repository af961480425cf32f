/** Makes a file of all that one SELECT gives: guarded, read in a process of the engine's, written in another. */
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database, QueryFailure } from '../database.js'
import {
  EngineError,
  type EngineProgram,
  ProcessEndedError,
} from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'
import type { ReadCut } from '../read-all.js'
import { outOfMemoryFailure, stopFailure } from '../state-failure.js'
import { type ExportColumn, exportColumns } from './export-columns.js'
import { type ExportFormat, exportLimits } from './export-limits.js'
import { type RowWriter, writeCellLines, writeJson } from './write-rows.js'

const writerProgram: EngineProgram = {
  file: 'data/exports/write-file-child.mjs',
  graceMs: 0,
  maxDataBytes: 1_500_000_000,
  maxFileBytes: 1_000_000_000,
}
const writerLimits = { memoryMegabytes: 512, maxMemoryBytes: 1_500_000_000 }
const writeTimeoutMs = 60_000

export interface ExportedFile {
  /** In a folder of its own. */
  readonly path: string
  readonly bytes: number
  readonly rowCount: number
  readonly cut?: ReadCut
  /** Takes the file away. */
  remove(): Promise<void>
}

export type ExportOutcome =
  | { readonly ok: true; readonly file: ExportedFile }
  | { readonly ok: false; readonly failure: QueryFailure }

export interface ExportRequest {
  readonly sql: string
  readonly format: ExportFormat
  /** Made if need be; each file is in a folder of its own below it. */
  readonly folder: string
  readonly signal?: AbortSignal
}

/** The caller removes the file. Nothing is left behind where it fails. */
export async function exportResult(
  database: Pick<Database, 'readAll' | 'dialect'>,
  request: ExportRequest,
): Promise<ExportOutcome> {
  const { folder, signal } = request
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await removeForgotten(folder)
  const own = await mkdtemp(join(folder, 'file-'))
  const remove = () => rm(own, { recursive: true, force: true })
  try {
    const outcome = await makeFile(database, { ...request, folder: own })
    if (!outcome.ok) await remove()
    return outcome.ok ? { ok: true, file: { ...outcome.file, remove } } : outcome
  } catch (error) {
    await remove()
    if (signal?.aborted) return failed(stopFailure('cancelled', 0))
    const failure = failureOf(error)
    if (!failure) throw error
    return failed(failure)
  }
}

/** Longer than any file is made and sent. */
const forgottenAfterMs = 3_600_000

/** What a process left that was killed. */
async function removeForgotten(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > forgottenAfterMs) await rm(path, { recursive: true, force: true })
  }
}

async function makeFile(database: Pick<Database, 'readAll' | 'dialect'>, request: ExportRequest) {
  const { format, folder, signal } = request
  const path = join(folder, `result.${format}`)
  const lines = join(folder, 'rows.jsonl')
  const { dialect } = database
  const isJson = format === 'json'
  const writer = isJson
    ? writeJson(path, ({ columns }) => exportColumns(columns, dialect).map(({ name }) => name))
    : writeCellLines(lines)
  const read = await readInto(writer, database, request)
  if (!read.ok) return read
  const columns = exportColumns(read.columns, dialect)
  if (!isJson)
    await writeFile(
      { lines, path, longestLine: writer.longestRow, ...writerLimits },
      format,
      columns,
      signal,
    )
  const { rowCount, cut } = read
  return { ok: true as const, file: { path, bytes: (await stat(path)).size, rowCount, cut } }
}

async function readInto(
  writer: RowWriter,
  database: Pick<Database, 'readAll'>,
  { sql, format, signal }: ExportRequest,
) {
  try {
    const limits = exportLimits[format]
    const read = await database.readAll(sql, { limits, signal, take: writer.take })
    if (read.ok) await writer.finish()
    return read
  } finally {
    writer.close()
  }
}

/** Rejects with an EngineError or a ProcessEndedError, and when it takes too long. */
async function writeFile(
  open: object,
  format: ExportFormat,
  columns: readonly ExportColumn[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const timeout = AbortSignal.timeout(writeTimeoutMs)
  const stopping = signal ? AbortSignal.any([signal, timeout]) : timeout
  const work = (process: { request(request: object): Promise<unknown> }) =>
    process.request({ format, columns })
  await withEngineProcess(writerProgram, open, work, stopping)
}

/** Of writing: the SQL ran. */
function failureOf(error: unknown): QueryFailure | undefined {
  const { code, name } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return cannotBeMade('There is no room on the disk for it.')
  if (name === 'TimeoutError') return stopFailure('sql_timeout', writeTimeoutMs)
  if (error instanceof ProcessEndedError) {
    return error.isOutOfMemory ? outOfMemoryFailure : cannotBeMade('Its writer ended.')
  }
  if (!(error instanceof EngineError)) return undefined
  return /^Out of Memory/.test(error.message) ? outOfMemoryFailure : cannotBeMade('')
}

function cannotBeMade(why: string): QueryFailure {
  const message = `The file could not be made. ${why}`.trim()
  return { code: 'sql_failed', message, hints: ['Try another format, or ask for less.'] }
}

function failed(failure: QueryFailure): ExportOutcome {
  return { ok: false, failure }
}
