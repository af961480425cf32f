/** Matches a predicted result against every gold result that counts as right. */
import type { QueryOutcome } from '../database.js'
import { compareResults, compareWithTies, type Rows, type TiedGold } from './compare-results.js'
import { isOrdered, withOrderKeys } from './order-keys.js'

export type RunSql = (sql: string, signal?: AbortSignal) => Promise<QueryOutcome>

/**
 * `official`: equal by Spider's rules. `ties`: equal but for the order or choice among rows that tie in the
 * gold's ORDER BY. `extra_columns`: all gold columns are there, and others beside them; that is not right by
 * the official rules and only counted apart.
 */
export type Match = 'official' | 'ties' | 'extra_columns' | 'none'

export interface GoldQuestion {
  readonly sqls: readonly string[]
  readonly ordered?: boolean
}

/** The best match among all gold SQL; throws when a gold does not run, which is an error of the questions file. */
export async function matchGold(
  predicted: Rows,
  gold: GoldQuestion,
  runGold: RunSql,
  signal?: AbortSignal,
): Promise<Match> {
  let best: Match = 'none'
  for (const sql of gold.sqls) {
    const rows = await runOrThrow(sql, runGold, signal)
    const ordered = gold.ordered ?? isOrdered(sql)
    if (compareResults(predicted, rows, { ordered })) return 'official'
    if (ordered && (await matchesWithTies(predicted, sql, runGold, signal))) best = 'ties'
    if (best !== 'none') continue
    if (compareResults(predicted, rows, { ordered, extraColumns: true })) best = 'extra_columns'
  }
  return best
}

async function matchesWithTies(
  predicted: Rows,
  sql: string,
  runGold: RunSql,
  signal?: AbortSignal,
): Promise<boolean> {
  const keyed = withOrderKeys(sql)
  if (!keyed) return false
  const outcome = await runGold(keyed.sql, signal)
  if (!outcome.ok || outcome.result.truncated) return false
  const groups = groupByKeys(outcome.result.rows, keyed.keyCount)
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

async function runOrThrow(sql: string, runGold: RunSql, signal?: AbortSignal): Promise<Rows> {
  const outcome = await runGold(sql, signal)
  if (outcome.ok) return outcome.result.rows
  signal?.throwIfAborted()
  throw new Error(`Gold SQL does not run: ${outcome.failure.message}\n${sql}`)
}
