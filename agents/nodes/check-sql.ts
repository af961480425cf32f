/** Guards and binds the SQL before anything runs; a refusal is a value the next attempt can learn from. */
import type { GraphDependencies } from '../dependencies.js'
import { explainSql } from '../text/explain-sql.js'
import { traced } from '../traced.js'

export function checkSql({ database, limits }: GraphDependencies) {
  return traced('checkSql', 'planning', async ({ sql, generation }, { emit, signal }) => {
    if (sql === undefined) return { update: {}, summary: 'There is no SQL to check.' }
    const generator = generation?.generator ?? 'auto'
    const problem = await database.explain(sql, signal, limits?.gateMs)
    if (problem) {
      const failure = { code: problem.code, message: problem.message }
      return {
        update: {
          verdict: problem,
          attempts: [{ sql, generator, failure }],
          failure: { ...problem, phase: 'planning' as const },
        },
        summary: `Refused: ${problem.message}`,
      }
    }
    const explanation = explainSql(sql)
    emit({ type: 'sql', sql, generator, explanation })
    return {
      update: { verdict: 'accepted' as const, explanation, failure: undefined },
      summary: 'It reads only, and every name in it exists.',
    }
  })
}
