/** One text of the model and what became of it: completed SQL that ran, or why not. */
import type { Catalog } from '../../../data/catalog.js'
import type { QueryOutcome, QueryResult } from '../../../data/database.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import { type ColumnSwap, replaceColumns } from '../../../data/join-free/replace-columns.js'
import type { Completion } from '../../../models/language-model.js'
import { comparesOtherKind } from './other-kind.js'

export interface Candidate {
  readonly joinFree: string
  /** Natural-log probability of a token on average; absent where the model does not tell. */
  readonly meanLogProbability?: number
  /** Probability of the token the model was least sure of. */
  readonly leastProbability?: number
  /** What the model gave to saying that the data has no answer; absent where it does not tell. */
  readonly noAnswerProbability?: number
  /** It lacks what the question surely wants in it. */
  readonly leavesOut?: boolean
  /** It compares a number with a text that is none. */
  readonly comparesOtherKind?: boolean
  readonly reading: Reading
}

export type Reading =
  | {
      readonly ok: true
      /** In the catalog's dialect, joins included. */
      readonly sql: string
      readonly tables: readonly string[]
      /** `table.column` of sums that may count a row more than once. */
      readonly repeatedSums: readonly string[]
      readonly outcome: QueryOutcome
    }
  | { readonly ok: false; readonly message: string; readonly hints: readonly string[] }

export interface Completing {
  readonly catalog: Catalog
  readonly rankedTables: readonly string[]
  /** Columns to read in the place of those that the model wrote. */
  readonly swaps?: readonly ColumnSwap[]
  readonly tryOut: (sql: string) => Promise<QueryOutcome>
  readonly leavesOut?: (joinFree: string) => boolean
}

export async function readCandidate(
  completion: Completion,
  completing: Completing,
): Promise<Candidate> {
  const written = completion.text.trim().replace(/;+$/, '')
  const joinFree = replaceColumns(written, completing.swaps ?? [])
  const { meanLogProbability, leastProbability, rivalProbability } = completion
  const reading = completion.cut ? unfinished : await read(joinFree, completing)
  return {
    joinFree,
    meanLogProbability,
    leastProbability,
    noAnswerProbability: rivalProbability,
    leavesOut: completing.leavesOut?.(joinFree) ?? false,
    comparesOtherKind: comparesOtherKind(joinFree, completing.catalog),
    reading,
  }
}

const unfinished: Reading = {
  ok: false,
  message: 'The model did not finish its SQL.',
  hints: ['Ask for less at once, or say which table and columns to use.'],
}

async function read(
  joinFree: string,
  { catalog, rankedTables, tryOut }: Completing,
): Promise<Reading> {
  const completed = completeJoinFree(joinFree, catalog, { rankedTables, orderGroups: true })
  return completed.ok ? { ...completed, outcome: await tryOut(completed.sql) } : completed
}

/** The result, when the SQL ran. */
export function resultOf({ reading }: Candidate): QueryResult | undefined {
  return reading.ok && reading.outcome.ok ? reading.outcome.result : undefined
}

/** The columns of its sums that may count a row more than once. */
export function doubtfulSums({ reading }: Candidate): readonly string[] {
  return reading.ok ? reading.repeatedSums : []
}

/** False for no rows, and for nothing but NULL and 0: what a condition that meets nothing gives. */
export function tellsSomething({ rows }: QueryResult): boolean {
  return rows.some((row) => row.some((cell) => cell !== null && cell !== 0))
}
