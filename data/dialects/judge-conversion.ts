/** Whether a converted query gives on its engine what the original gives on SQLite. */
import { compareResults } from '../evaluation/compare-results.js'
import { matchGold } from '../evaluation/gold-results.js'
import { isOrdered } from '../evaluation/order-keys.js'
import type { ScoredDatabase } from '../evaluation/score-sql.js'
import type { DialectEngine } from './dialect-engine.js'

/**
 * `equal`: by Spider's rules with tolerant cells, and rows in order where the original orders them. `equal_but_ties`: equal but for the
 * order, or the choice by LIMIT, among rows that tie in ORDER BY. The rest are failures: `original_fails` on SQLite itself,
 * `not_converted` by the converter, `refused` by the engine, `late`, `too_many_rows`, `differs_lost_cells` where the query names a column
 * whose type could not hold all its values, `differs_any_row` where SQLite takes a column from any row of a group, `differs` otherwise.
 */
export type ConversionVerdict =
  | 'equal'
  | 'equal_but_ties'
  | 'original_fails'
  | 'not_converted'
  | 'refused'
  | 'late'
  | 'too_many_rows'
  | 'differs_lost_cells'
  | 'differs_any_row'
  | 'differs'

export type Converted =
  | {
      readonly ok: true
      readonly sql: string
      /** A column beside aggregates had to be taken from the first row of its group. */
      readonly anyRow: boolean
    }
  | { readonly ok: false; readonly message: string }

export interface Judgement {
  readonly verdict: ConversionVerdict
  /** What the converter or the engine said. */
  readonly message?: string
}

export interface OriginalQuery {
  /** In SQLite's dialect. */
  readonly sql: string
  /** Columns of its database that lost cells when they were typed. */
  readonly lostColumns: readonly string[]
}

export async function judgeConversion(
  { sql: original, lostColumns }: OriginalQuery,
  converted: Converted,
  sqlite: ScoredDatabase,
  engine: Pick<DialectEngine, 'run'>,
): Promise<Judgement> {
  const wanted = await sqlite.run(original)
  if (!wanted.ok) return { verdict: 'original_fails', message: wanted.message }
  if (!converted.ok) return { verdict: 'not_converted', message: converted.message }
  const found = await engine.run(converted.sql)
  if (!found.ok) {
    const isLate = /took longer|statement timeout|interrupted/i.test(found.message)
    return { verdict: isLate ? 'late' : 'refused', message: found.message }
  }
  if (wanted.truncated || found.truncated) return { verdict: 'too_many_rows' }
  if (compareResults(found.rows, wanted.rows, { ordered: isOrdered(original) })) {
    return { verdict: 'equal' }
  }
  const match = await matchGold(found.rows, { sqls: [original] }, sqlite)
  if (match === 'ties') return { verdict: 'equal_but_ties' }
  if (lostColumns.some((name) => namesColumn(original, name))) {
    return { verdict: 'differs_lost_cells' }
  }
  return { verdict: converted.anyRow ? 'differs_any_row' : 'differs' }
}

/** As a word, in whatever case. */
function namesColumn(sql: string, name: string): boolean {
  return sql
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .includes(name.toLowerCase())
}

export function isEqual(verdict: ConversionVerdict): boolean {
  return verdict === 'equal' || verdict === 'equal_but_ties'
}
