/** The process that runs DuckDB: what it is started with and what it is asked. */
import type { EngineProcess, EngineProgram } from '../engine-process/engine-process.js'
import { denialReason } from '../guard/denied-functions.js'
import type { RowPolicy } from '../policies/row-policy.js'
import type { ResultLimits } from '../result-limits.js'

/** What a process may take; one that takes more ends itself. */
const maxMemoryBytes = 1_000_000_000

export const duckDbProgram: EngineProgram = {
  file: 'data/duckdb/engine-child.mjs',
  // Constant folding, for one, never looks at interrupts.
  graceMs: 1_000,
  maxDataBytes: 1_000_000_000,
  maxFileBytes: 0,
}

export interface EngineLimits {
  /** Of the engine itself; it does not count what single expressions take. */
  readonly memoryMegabytes: number
  readonly threads: number
}

/** What the process is told to open; with a policy, that nothing but its rows can be read. */
export function fileToOpen(
  path: string,
  { memoryMegabytes, threads }: EngineLimits,
  policy?: RowPolicy,
): object {
  return { path, memoryMegabytes, threads, maxMemoryBytes, policy }
}

/** What it answers once a file is open, read after it was locked. */
export interface OpenedFile {
  /** Table or view of the schema `main`, and column. */
  readonly columns: readonly (readonly [table: string, column: string])[]
  /** Lower-case names of macros the file defines; they may hide built-in functions. */
  readonly macros: readonly string[]
}

/** Every cell as it travels: numbers that are not small, and whatever JSON does not know, are text. */
export type Cell = string | number | boolean | null

/** Up to one row more than was asked for, so that a cut can be seen; of the columns no more than were asked for. */
export interface SelectedRows {
  readonly columns: readonly (readonly [name: string, type: string])[]
  readonly columnCount: number
  readonly rows: readonly (readonly Cell[])[]
}

/** The parse tree as `json_serialize_sql` writes it; nothing runs. */
export async function parseSql(process: EngineProcess, sql: string): Promise<string> {
  return (await process.request<{ tree: string }>({ parse: sql })).tree
}

/** Binds one SELECT without running it. Rejects with what the engine says against it. */
export async function bindSelect(process: EngineProcess, sql: string): Promise<void> {
  await process.request({ select: sql })
}

export function runSelect(
  process: EngineProcess,
  sql: string,
  limits: ResultLimits,
): Promise<SelectedRows> {
  return process.request<SelectedRows>({ select: sql, limits })
}

/** Starts one SELECT, whose rows `readMore` then gives; an earlier one is given up. */
export function beginRead(
  process: EngineProcess,
  sql: string,
  limits: ResultLimits,
): Promise<Omit<SelectedRows, 'rows'>> {
  return process.request({ begin: sql, limits })
}

/** None when there are no more. */
export async function readMore(process: EngineProcess): Promise<SelectedRows['rows']> {
  return (await process.request<Pick<SelectedRows, 'rows'>>({ more: true })).rows
}

/** Written like a function, but made by the parser and therefore on no list. */
const parserFunctions = ['unnest']

/** Lower-case names of built-in functions that compute on their arguments alone. */
export async function readFunctions(process: EngineProcess): Promise<ReadonlySet<string>> {
  const { names } = await process.request<{ names: readonly string[] }>({ functions: true })
  return new Set([...names, ...parserFunctions].filter((name) => denialReason(name) === undefined))
}
