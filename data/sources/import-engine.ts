/** The process that reads a user's files into a new DuckDB file: what it may take and what it is asked. */
import { rm } from 'node:fs/promises'
import { replaceFile } from '../duckdb/write-database-file.js'
import type { EngineProcess, EngineProgram } from '../engine-process/engine-process.js'
import { withEngineProcess } from '../engine-process/with-engine-process.js'

export type SheetColumnType = 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'VARCHAR'

export interface Sheet {
  readonly name: string
  readonly columns: readonly {
    /** Empty when there is none. */
    readonly header: string
    /** In the sheet, from 1. */
    readonly position: number
    readonly type: SheetColumnType
  }[]
}

/** Every method rejects with an EngineError, or with a ProcessEndedError when the process ended. */
export interface ImportEngine {
  run(sql: string): Promise<void>
  /** Of small whole numbers, truth values and texts. */
  read(sql: string): Promise<readonly (readonly (string | number | boolean | null)[])[]>
  /** Reads a workbook whole; `fillTable` then takes its sheets by their place. */
  readWorkbook(path: string): Promise<readonly Sheet[]>
  fillTable(sheet: number, table: string): Promise<void>
}

/** Of the engine, which goes on in a folder beside the new file where that is too little. */
const memoryMegabytes = 1_000
const maxMemoryBytes = 3_000_000_000
const maxDataBytes = 4_000_000_000
/** A packed file may hold a thousand times its own size; beyond this it is taken for an attack on the disk. */
const mostGrowth = 100
const leastLimitBytes = 2_000_000_000

/**
 * The file at `target` is replaced when everything is in it, and else left as it is. `sourceBytes` is how much there is to
 * read; a process that writes far more is ended.
 */
export async function writeImport(
  target: string,
  sourceBytes: number,
  fill: (engine: ImportEngine) => Promise<void>,
): Promise<void> {
  const program: EngineProgram = {
    file: 'data/sources/import-child.mjs',
    graceMs: 0,
    maxDataBytes,
    maxFileBytes: Math.max(leastLimitBytes, mostGrowth * sourceBytes),
  }
  await replaceFile(target, async (path) => {
    try {
      await withEngineProcess(
        program,
        { path, memoryMegabytes, maxMemoryBytes },
        async (process) => {
          await fill(engineOf(process))
          await process.request({ finish: true })
        },
      )
    } finally {
      await rm(`${path}.tmp`, { recursive: true, force: true })
    }
  })
}

function engineOf(process: EngineProcess): ImportEngine {
  type Rows = readonly (readonly (string | number | boolean | null)[])[]
  return {
    run: async (sql) => void (await process.request({ run: sql })),
    read: async (sql) => (await process.request<{ rows: Rows }>({ read: sql })).rows,
    readWorkbook: async (path) =>
      (await process.request<{ sheets: readonly Sheet[] }>({ workbook: path })).sheets,
    fillTable: async (sheet, table) => void (await process.request({ sheet, table })),
  }
}
