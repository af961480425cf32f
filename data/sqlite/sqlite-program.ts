/** The process that runs SQLite: what it is started with and what it is asked. */
import type { Value } from '../catalog.js'
import type { EngineProcess, EngineProgram } from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'
import type { ResultLimits } from '../result-limits.js'

/** The engine is synchronous: nothing reaches it while it works. */
export const sqliteProgram: EngineProgram = {
  file: 'data/sqlite/engine-child.mjs',
  graceMs: 0,
  maxDataBytes: 1_200_000_000,
}

/** What the process is told to open. */
export interface FileToOpen {
  readonly path: string
  readonly busyTimeoutMs: number
  /** What the engine itself may take. */
  readonly maxHeapBytes: number
  /** Of the whole process; one that takes more ends itself. */
  readonly maxMemoryBytes: number
}

export interface OpenedFile {
  /** Without locks: what is read counts only when the file's version is the same afterwards. */
  readonly isUnlocked: boolean
}

export type RowLimits = Omit<ResultLimits, 'maxColumns'>

export interface DescribedColumn {
  readonly name: string
  /** As declared, when the column is one of a table as it is; else empty. */
  readonly type: string
}

export interface ReadAnswer {
  readonly rows: readonly (readonly Value[])[]
  /** By column, the storage classes of its cells other than `null`. */
  readonly classes: readonly (readonly string[])[]
  readonly truncated: boolean
}

/** Prepares without running; not for SQL that nothing has looked at, as some PRAGMAs work at once. */
export async function columnsOf(
  process: EngineProcess,
  sql: string,
): Promise<readonly DescribedColumn[]> {
  return (await process.request<{ columns: DescribedColumn[] }>({ columnsOf: sql })).columns
}

/** Starts SQL whose rows, typed as below, `readMore` then gives. */
export async function beginRead(
  process: EngineProcess,
  sql: string,
  limits: RowLimits,
): Promise<void> {
  await process.request({ begin: sql, limits })
}

/** No rows when there are no more. */
export function readMore(process: EngineProcess): Promise<Omit<ReadAnswer, 'truncated'>> {
  return process.request({ more: true })
}

/** `typed`: each value comes as two columns, its storage class and itself with text as bytes. */
export function readRows(
  process: EngineProcess,
  request: { readonly sql: string; readonly limits: RowLimits; readonly typed: boolean },
): Promise<ReadAnswer> {
  return process.request<ReadAnswer>(request)
}

export const usualFileLimits: Omit<FileToOpen, 'path'> = {
  busyTimeoutMs: 2_000,
  maxHeapBytes: 512_000_000,
  maxMemoryBytes: 1_000_000_000,
}

/** One look at a file. Rejects as the work does, and when the file is missing, damaged or locked, or on `signal`. */
export function withSqliteFile<Result>(
  path: string,
  work: (process: EngineProcess) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  return withEngineProcess(sqliteProgram, { path, ...usualFileLimits }, work, signal)
}
