/** Makes sure that the conditions of a row policy are conditions, before they become part of a view. */
import type { EngineProcess } from '../engine-process/engine-process.js'
import { allowedTableFunctions } from '../guard/denied-functions.js'
import { guardSql } from '../guard/guard-sql.js'
import { type RowPolicy, RowPolicyError } from '../policies/row-policy.js'
import { parseSql } from './duckdb-program.js'

/** Rejects with a RowPolicyError. A condition reads the columns of its own table and no table. */
export async function checkRowPolicy(
  process: EngineProcess,
  policy: RowPolicy,
  functions: ReadonlySet<string>,
): Promise<void> {
  const rules = { tables: [], functions, tableFunctions: allowedTableFunctions }
  const check = (sql: string) => guardSql(sql, rules, (text) => parseSql(process, text))
  for (const [table, condition] of Object.entries(policy)) {
    // Alone it must be one expression; in brackets nothing of it may reach what stands around it in the view.
    const refused =
      (await check(`SELECT ${condition}\n`)) ?? (await check(`SELECT 1 WHERE (${condition}\n)`))
    if (refused !== undefined) {
      throw new RowPolicyError(`The condition for ${table} cannot be used: ${refused.message}`)
    }
  }
}
