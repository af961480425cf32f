/** Converts the queries of a benchmark, runs each on an engine with the same rows, and compares with SQLite. */
import { basename } from 'node:path'
import type { ConvertedQuestion } from '../evaluation/convert/converted.js'
import type { SqliteRunner } from '../evaluation/sqlite/sqlite-runner.js'
import type { OnProgress } from '../progress.js'
import type { ReadRows } from '../sqlite/read-rows.js'
import { groupBy } from '../training/group-by.js'
import { type DialectEngine, maxResultRows } from './dialect-engine.js'
import { type ConversionVerdict, type Converted, judgeConversion } from './judge-conversion.js'
import type { QueryConverter } from './query-converter.js'
import { readTypedTables } from './read-typed-tables.js'

export interface ConversionItem {
  readonly id: string
  readonly database: string
  readonly question: string
  /** In SQLite's dialect. */
  readonly original: string
  /** Absent when it could not be converted. */
  readonly sql?: string
  readonly verdict: ConversionVerdict
  readonly message?: string
}

export interface Conversions {
  readonly items: readonly ConversionItem[]
  /** Cells that no column type could hold, over all databases. */
  readonly lostCells: number
  /** Databases that could not be read or loaded, each with why; their questions are not among the items. */
  readonly leftOut: readonly string[]
}

export interface ConversionParts {
  readonly sqlite: SqliteRunner
  readonly engine: DialectEngine
  readonly converter: QueryConverter
  readonly onProgress?: OnProgress
  readonly signal: AbortSignal
}

/** Rows of one table; the largest of Spider has 60,000. */
const maxTableRows = 1_000_000

/** Rejects when aborted, or when the converter itself is gone. */
export async function tryConversions(
  questions: readonly ConvertedQuestion[],
  parts: ConversionParts,
): Promise<Conversions> {
  const items: ConversionItem[] = []
  const leftOut: string[] = []
  let lostCells = 0
  let done = 0
  for (const [path, asked] of groupBy(questions, ({ source }) => source)) {
    parts.signal.throwIfAborted()
    const database = basename(path).replace(/\.\w+$/, '')
    const tables = await loadDatabase(path, parts)
    if (typeof tables === 'string') {
      leftOut.push(`${asked.length} questions on ${database} are left out: ${tables}`)
      done += asked.length
      continue
    }
    const lost = tables.flatMap((table) => [...table.lostCells])
    lostCells += lost.reduce((sum, [, count]) => sum + count, 0)
    const lostColumns = lost.map(([name]) => name)
    const queries = asked.map(({ sql }) => sql)
    const converted = await parts.converter.convert({ name: database, path, tables }, queries)
    for (const [at, question] of asked.entries()) {
      parts.signal.throwIfAborted()
      items.push(await tryOne({ ...question, database, lostColumns }, converted[at]!, parts))
      parts.onProgress?.('Converting and comparing', ++done, questions.length)
    }
  }
  return { items, lostCells, leftOut }
}

/** The tables, or why there are none. */
async function loadDatabase(path: string, { sqlite, engine }: ConversionParts) {
  const read: ReadRows = async (sql) => {
    const outcome = await sqlite.run({ path, sql, maxRows: maxTableRows })
    if (!outcome.ok) throw new Error(outcome.message)
    return outcome.rows
  }
  try {
    const tables = await readTypedTables(read)
    await engine.load(tables)
    return tables
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

interface AskedQuestion extends ConvertedQuestion {
  readonly database: string
  readonly lostColumns: readonly string[]
}

async function tryOne(
  { id, database, question, sql, source, lostColumns }: AskedQuestion,
  converted: Converted,
  { sqlite, engine }: ConversionParts,
): Promise<ConversionItem> {
  const onSqlite = {
    run: (text: string) => sqlite.run({ path: source, sql: text, maxRows: maxResultRows }),
  }
  const judged = await judgeConversion({ sql, lostColumns }, converted, onSqlite, engine)
  return {
    id,
    database,
    question,
    original: sql,
    ...(converted.ok ? { sql: converted.sql } : {}),
    ...judged,
  }
}
