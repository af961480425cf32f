/** Matches a predicted result against every gold result that counts as right. */
import { compareResults, compareWithTies, type Rows, type TiedGold } from './compare-results.js'
import { isOrdered, withOrderKeys } from './order-keys.js'
import { runGold, type ScoredDatabase } from './score-sql.js'

/**
 * `same`: equal bags of rows, however numbers and dates are written. `ties`: equal but for the order or choice among rows that tie in the
 * gold's ORDER BY. `extra_columns`: all gold columns are there, and others beside them; that is not right and
 * only counted apart.
 */
export type Match = 'same' | 'ties' | 'extra_columns' | 'none'

export interface GoldQuestion {
  readonly sqls: readonly string[]
  readonly ordered?: boolean
}

/** The best match among all gold SQL. Throws `GoldError` when one does not run. */
export async function matchGold(
  predicted: Rows,
  gold: GoldQuestion,
  database: ScoredDatabase,
): Promise<Match> {
  let best: Match = 'none'
  for (const sql of gold.sqls) {
    const rows = await runGold(database, sql)
    const ordered = gold.ordered ?? isOrdered(sql)
    if (compareResults(predicted, rows, { ordered })) return 'same'
    if (ordered && (await matchesWithTies(predicted, sql, database))) best = 'ties'
    if (best !== 'none') continue
    if (compareResults(predicted, rows, { ordered, extraColumns: true })) best = 'extra_columns'
  }
  return best
}

async function matchesWithTies(
  predicted: Rows,
  sql: string,
  database: ScoredDatabase,
): Promise<boolean> {
  const keyed = withOrderKeys(sql)
  if (!keyed) return false
  const outcome = await database.run(keyed.sql)
  if (!outcome.ok || outcome.truncated) return false
  const groups = groupByKeys(outcome.rows, keyed.keyCount)
  return compareWithTies(predicted, { groups, limit: keyed.limit })
}

function groupByKeys(rows: Rows, keyCount: number): TiedGold['groups'] {
  const groups: Rows[number][][] = []
  let last: string | undefined
  for (const row of rows) {
    const key = JSON.stringify(row.slice(-keyCount))
    if (key !== last) groups.push([])
    groups.at(-1)?.push(row.slice(0, -keyCount))
    last = key
  }
  return groups
}
