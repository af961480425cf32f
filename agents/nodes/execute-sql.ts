/** Runs the SQL within its limits; a failure is a value. */
import type { GraphDependencies } from '../dependencies.js'
import { traced } from '../traced.js'

export function executeSql({ database, limits }: GraphDependencies) {
  return traced('executeSql', 'executing', async ({ sql, generation }, { emit, signal }) => {
    if (sql === undefined) return { update: {}, summary: 'There is no SQL to run.' }
    const generator = generation?.generator ?? 'auto'
    const outcome = await database.query(sql, { signal, timeoutMs: limits?.queryMs })
    if (!outcome.ok) {
      const { failure } = outcome
      const attempt = { sql, generator, failure: { code: failure.code, message: failure.message } }
      return {
        update: { attempts: [attempt], failure: { ...failure, phase: 'executing' as const } },
        summary: failure.message,
      }
    }
    const { columns, rows, rowCount, truncated, isKept } = outcome.result
    const from = isKept ? ' Kept from the same SQL on the same data.' : ''
    emit({ type: 'data', columns, rows, rowCount, truncated })
    return {
      update: { result: outcome.result, attempts: [{ sql, generator }], failure: undefined },
      summary: `${rowCount} ${rowCount === 1 ? 'row' : 'rows'}${truncated ? ', more were cut' : ''}.${from}`,
    }
  })
}
