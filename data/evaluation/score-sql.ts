/** Runs a predicted and a gold SQL on the same data and compares what comes out, by several rules. */
import { equalByBird } from './bird-rules.js'
import { type CellRules, exactCells } from './compare-cells.js'
import type { Rows } from './compare-results.js'
import { equalBySpider, type SpiderOptions, toSpiderSql } from './spider-rules.js'

export interface SqlScore {
  /** Why the predicted SQL does not run; absent when it does. */
  readonly failure?: string
  /** Execution accuracy by the official rules of either benchmark. */
  readonly spider: boolean
  readonly bird: boolean
  /** Right by Spider's rules on every variant of the database; absent when there are none. */
  readonly testSuite?: boolean
}

export type RowsOutcome =
  | { readonly ok: true; readonly rows: Rows; readonly truncated: boolean }
  | { readonly ok: false; readonly message: string }

/** One database that SQL can be scored on. */
export interface ScoredDatabase {
  run(sql: string): Promise<RowsOutcome>
}

export interface ScoringInput extends SpiderOptions {
  readonly database: ScoredDatabase
  /** Other contents of the same tables, the usual one included. */
  readonly variants?: readonly ScoredDatabase[]
  /** Default: exact, which is official on SQLite. */
  readonly cells?: CellRules
}

/** Thrown when no gold SQL runs: nothing can be said about any prediction. */
export class GoldError extends Error {
  readonly code = 'gold_failed'

  constructor(message: string, sql: string) {
    super(`The gold SQL does not run: ${message}\n${sql}`)
    this.name = 'GoldError'
  }
}

/** Right by a rule when it is right for any of the gold SQL. Throws `GoldError`. */
export async function scoreSql(
  predicted: string,
  golds: readonly string[],
  input: ScoringInput,
): Promise<SqlScore> {
  const { database, variants } = input
  const found = await database.run(predicted)
  const spider = await rightOn([database], predicted, golds, input)
  return {
    ...(found.ok ? {} : { failure: found.message }),
    spider,
    bird: found.ok && !found.truncated && (await rightByBird(found.rows, golds, input)),
    ...(variants ? { testSuite: await rightOn(variants, predicted, golds, input) } : {}),
  }
}

async function rightOn(
  databases: readonly ScoredDatabase[],
  predicted: string,
  golds: readonly string[],
  input: ScoringInput,
): Promise<boolean> {
  for (const gold of golds) {
    if (await agreesOnAll(databases, predicted, gold, input)) return true
  }
  return false
}

async function agreesOnAll(
  databases: readonly ScoredDatabase[],
  predicted: string,
  gold: string,
  { cells = exactCells, keepDistinct }: ScoringInput,
): Promise<boolean> {
  const goldSql = toSpiderSql(gold, { keepDistinct })
  const predictedSql = toSpiderSql(predicted, { keepDistinct })
  for (const database of databases) {
    const wanted = await runGold(database, goldSql)
    const found = await database.run(predictedSql)
    if (!found.ok || found.truncated) return false
    if (!equalBySpider(found.rows, wanted, goldSql, cells)) return false
  }
  return true
}

async function rightByBird(
  found: Rows,
  golds: readonly string[],
  { database, cells = exactCells }: ScoringInput,
): Promise<boolean> {
  for (const gold of golds) {
    if (equalByBird(found, await runGold(database, gold), cells)) return true
  }
  return false
}

/** Throws `GoldError`. */
export async function runGold(database: ScoredDatabase, sql: string): Promise<Rows> {
  const outcome = await database.run(sql)
  if (!outcome.ok) throw new GoldError(outcome.message, sql)
  return outcome.rows
}
