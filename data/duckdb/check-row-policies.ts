/** Tries every condition of a file of row policies on the data before anybody is answered by them. */
import type { Database } from '../database.js'
import { EngineProcess } from '../engine-process/engine-process.js'
import { type RowPolicies, RowPolicyError } from '../policies/row-policy.js'
import { quoteName } from '../quote.js'
import { checkRowPolicy } from './check-row-policy.js'
import { openDuckDbDatabase } from './duckdb-database.js'
import { duckDbProgram, readFunctions } from './duckdb-program.js'

/** Rejects with a RowPolicyError that names the field: the user, the table, and what is wrong with the condition. */
export async function checkRowPolicies(path: string, policies: RowPolicies): Promise<void> {
  const database = await openDuckDbDatabase(path, { label: '', limits: { children: 1 } })
  const parser = new EngineProcess(duckDbProgram)
  try {
    const functions = await readFunctions(parser)
    for (const [user, policy] of policies) {
      for (const [table, condition] of Object.entries(policy)) {
        const field = `users.${user}.${table}`
        await checkRowPolicy(parser, { [table]: condition }, functions).catch((error: Error) => {
          throw new RowPolicyError(`${field}: ${error.message}`, { cause: error })
        })
        const failure = await boundOn(database, table, condition)
        if (failure) throw new RowPolicyError(`${field}: ${failure}`)
      }
    }
  } finally {
    parser.close()
    await database.close()
  }
}

/** What the engine says against it in the form that the table's view has. */
async function boundOn(database: Database, table: string, condition: string) {
  const failure = await database.explain(
    `SELECT 1 FROM ${quoteName(table)} WHERE TRY((${condition}\n)::BOOLEAN)`,
  )
  return failure?.message
}
