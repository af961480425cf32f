/** What an evaluation found, and how it is summed up. */
import type { ErrorKind } from './classify-error.js'
import type { Match } from './gold-results.js'
import type { Verdict } from './judge-answer.js'
import { type Interval, wilsonInterval } from './wilson-interval.js'

export interface EvaluatedItem {
  readonly id: string
  readonly question: string
  readonly intent: string
  readonly expected: 'answer' | 'clarification' | 'refusal'
  readonly verdict: Verdict
  readonly match?: Match
  readonly errorKind?: ErrorKind
  /** Why it is not right; empty when it is. */
  readonly reason: string
  readonly predictedSql?: string
  /** The first of the accepted ones. */
  readonly goldSql?: string
  readonly generator?: string
  /** SQL statements sent to the engine for it, and how many of them bound. */
  readonly attempts: number
  readonly bound: number
  readonly elapsedMs: number
}

export interface Tally {
  readonly total: number
  readonly right: number
}

export interface EvaluationReport extends Tally {
  /** Share right, 0 to 1, with its 95 % interval. */
  readonly accuracy: number
  readonly interval: Interval
  /** Right without the allowance for ties, and with extra columns forgiven. */
  readonly rightByOfficialRules: number
  readonly rightWithExtraColumns: number
  readonly byIntent: Readonly<Record<string, Tally>>
  readonly byExpects: Readonly<Record<string, Tally>>
  readonly byGenerator: Readonly<Record<string, Tally>>
  readonly errorKinds: Readonly<Record<string, number>>
  /** Share of all SQL sent to the engine that bound; 1 when none was sent. */
  readonly validSqlRate: number
  readonly statements: number
  /** Data given where a refusal or a question back was expected, of all such questions. */
  readonly falseAnswers: { readonly count: number; readonly of: number }
  /** Questions back where one was expected. */
  readonly rightQuestionsBack: { readonly count: number; readonly of: number }
  /** Questions back where none was expected. */
  readonly needlessQuestionsBack: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly items: readonly EvaluatedItem[]
}

export function summarise(items: readonly EvaluatedItem[]): EvaluationReport {
  const right = items.filter(isRight)
  const lenient = items.filter((item) => isRight(item) || item.match === 'extra_columns')
  const official = right.filter((item) => item.match !== 'ties')
  const statements = sum(items.map((item) => item.attempts))
  const bound = sum(items.map((item) => item.bound))
  const withheld = items.filter((item) => item.expected !== 'answer')
  const ambiguous = items.filter((item) => item.expected === 'clarification')
  const times = items.map((item) => item.elapsedMs)
  return {
    total: items.length,
    right: right.length,
    accuracy: items.length === 0 ? 0 : right.length / items.length,
    interval: wilsonInterval(right.length, items.length),
    rightByOfficialRules: official.length,
    rightWithExtraColumns: lenient.length,
    byIntent: tallyBy(items, (item) => item.intent),
    byExpects: tallyBy(items, (item) => item.expected),
    byGenerator: tallyBy(items, (item) => item.generator ?? 'none'),
    errorKinds: countBy(items.flatMap((item) => item.errorKind ?? [])),
    validSqlRate: statements === 0 ? 1 : bound / statements,
    statements,
    falseAnswers: { count: countVerdict(withheld, 'false_answer'), of: withheld.length },
    rightQuestionsBack: { count: countVerdict(ambiguous, 'right'), of: ambiguous.length },
    needlessQuestionsBack: countVerdict(items, 'asked_back'),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    items,
  }
}

/** Nearest rank: the smallest value that `share` of all values do not exceed; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}

function isRight(item: EvaluatedItem): boolean {
  return item.verdict === 'right'
}

function countVerdict(items: readonly EvaluatedItem[], verdict: Verdict): number {
  return items.filter((item) => item.verdict === verdict).length
}

function tallyBy(
  items: readonly EvaluatedItem[],
  key: (item: EvaluatedItem) => string,
): Record<string, Tally> {
  const tallies: Record<string, Tally> = {}
  for (const item of items) {
    const { total, right } = tallies[key(item)] ?? { total: 0, right: 0 }
    tallies[key(item)] = { total: total + 1, right: right + (isRight(item) ? 1 : 0) }
  }
  return tallies
}

function countBy(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
