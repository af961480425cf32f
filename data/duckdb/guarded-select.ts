/** Takes one SELECT through the process: parsed there, checked here, then bound or run there. */
import type { QueryFailure, QueryResult } from '../database.js'
import type { EngineProcess } from '../engine-process/engine-process.js'
import { allowedTableFunctions } from '../guard/denied-functions.js'
import { type GuardRules, guardSql } from '../guard/guard-sql.js'
import type { ResultLimits } from '../result-limits.js'
import { bindSelect, type OpenedFile, parseSql, runSelect } from './duckdb-program.js'
import { engineFailure, leavesEngineSpent } from './engine-failure.js'
import { readAnswer } from './read-answer.js'

export interface SelectRules extends GuardRules {
  readonly columnsByTable: ReadonlyMap<string, readonly string[]>
}

export type SelectOutcome =
  /** Without `result` the statement was only bound. */
  | { readonly ok: true; readonly result?: Omit<QueryResult, 'elapsedMs'> }
  | { readonly ok: false; readonly failure: QueryFailure }

/** A macro of the file may hide a built-in function, also one in FROM, so its name is no longer trusted. */
export function rulesOf(
  { columns, macros }: OpenedFile,
  builtIn: ReadonlySet<string>,
): SelectRules {
  const columnsByTable = new Map<string, string[]>()
  for (const [table, column] of columns) {
    const known = columnsByTable.get(table)
    if (known === undefined) columnsByTable.set(table, [column])
    else known.push(column)
  }
  const hidden = new Set(macros)
  const trusted = (names: ReadonlySet<string>) =>
    new Set([...names].filter((name) => !hidden.has(name)))
  return {
    columnsByTable,
    tables: [...columnsByTable.keys()],
    functions: trusted(builtIn),
    tableFunctions: trusted(allowedTableFunctions),
  }
}

/** Checks, and with `limits` runs. */
export async function guardedSelect(
  process: EngineProcess,
  sql: string,
  rules: SelectRules,
  limits: ResultLimits | undefined,
): Promise<SelectOutcome> {
  try {
    const refused = await guardSql(sql, rules, (text) => parseSql(process, text))
    if (refused !== undefined) return { ok: false, failure: refused }
    if (limits !== undefined) {
      return { ok: true, result: readAnswer(await runSelect(process, sql, limits), limits) }
    }
    await bindSelect(process, sql)
    return { ok: true }
  } catch (error) {
    if (leavesEngineSpent(error)) process.close()
    return { ok: false, failure: engineFailure(error, rules.columnsByTable) }
  }
}
