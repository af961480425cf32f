/** What an evaluation found, summed up. */
import type { EvaluatedItem } from './evaluated-item.js'
import type { Match } from './gold-results.js'
import type { Verdict } from './judge-answer.js'
import { type Interval, wilsonInterval } from './wilson-interval.js'

export interface Tally {
  readonly right: number
  readonly total: number
  /** Right of total, 0 to 1, with its 95 % interval. */
  readonly share: number
  readonly interval: Interval
}

export type Tallies = Readonly<Record<string, Tally>>

export interface EvaluationReport extends Tally {
  /** By the verdict's own rules: all questions, those that were judged. */
  readonly unjudged: number
  /** Over the questions whose gold is SQL. Test suite: over those whose database has variants. */
  readonly spider: Tally
  readonly bird: Tally
  readonly testSuite: Tally
  /** As `spider`, where what ties in the gold's ORDER BY may come in any order or choice. */
  readonly withTies: Tally
  readonly withExtraColumns: Tally
  readonly byIntent: Tallies
  readonly byExpects: Tallies
  readonly byDatabase: Tallies
  readonly byGenerator: Tallies
  readonly errorKinds: Readonly<Record<string, number>>
  /** SQL returned as an answer that runs, of all SQL returned. */
  readonly validSql: Tally
  /** Statements that bound, of all sent to the engine. */
  readonly boundStatements: Tally
  /** Data given where a refusal or a question back was expected, of all such questions. */
  readonly falseAnswers: Tally
  /** Questions back where one was expected. */
  readonly rightQuestionsBack: Tally
  /** Questions back where none was expected. */
  readonly needlessQuestionsBack: number
  readonly p50Ms: number
  readonly p95Ms: number
}

type Test = (item: EvaluatedItem) => boolean

export function summarise(all: readonly EvaluatedItem[]): EvaluationReport {
  const items = all.filter(({ verdict }) => verdict !== 'unjudged')
  const withSql = items.filter(({ goldSql, expected }) => goldSql && expected === 'answer')
  const varied = databasesWithVariants(withSql)
  const returned = items.filter(({ score }) => score !== undefined)
  const withheld = items.filter(({ expected }) => expected !== 'answer')
  const ambiguous = items.filter(({ expected }) => expected === 'clarification')
  const times = items.map(({ elapsedMs }) => elapsedMs)
  return {
    ...tally(items, isRight),
    unjudged: all.length - items.length,
    spider: tally(withSql, ({ score }) => score?.spider === true),
    bird: tally(withSql, ({ score }) => score?.bird === true),
    testSuite: tally(
      withSql.filter(({ database = '' }) => varied.has(database)),
      ({ score }) => score?.testSuite === true,
    ),
    withTies: tally(withSql, (item) => forgiven(item, ['ties', 'same'])),
    withExtraColumns: tally(withSql, (item) => forgiven(item, ['ties', 'same', 'extra_columns'])),
    byIntent: tallyBy(items, ({ intent }) => intent),
    byExpects: tallyBy(items, ({ expected }) => expected),
    byDatabase: tallyBy(items, ({ database }) => database),
    byGenerator: tallyBy(items, ({ generator = 'none' }) => generator),
    errorKinds: countBy(items.flatMap(({ errorKind }) => errorKind ?? [])),
    validSql: tally(returned, ({ score }) => score?.failure === undefined),
    boundStatements: share(sum(items, 'bound'), sum(items, 'attempts')),
    falseAnswers: tally(withheld, is('false_answer')),
    rightQuestionsBack: tally(ambiguous, isRight),
    needlessQuestionsBack: items.filter(is('asked_back')).length,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  }
}

/** Nearest rank: the smallest value that `share` of all values do not exceed; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}

/** A question that was not answered has no score, so its database's other questions tell. */
function databasesWithVariants(items: readonly EvaluatedItem[]): ReadonlySet<string> {
  const varied = items.filter(({ score }) => score?.testSuite !== undefined)
  return new Set(varied.flatMap(({ database }) => database ?? []))
}

function forgiven({ score, match }: EvaluatedItem, matches: readonly (Match | undefined)[]) {
  return score?.spider === true || matches.includes(match)
}

function is(verdict: Verdict): Test {
  return (item) => item.verdict === verdict
}

function isRight(item: EvaluatedItem): boolean {
  return item.verdict === 'right'
}

function tally(items: readonly EvaluatedItem[], test: Test): Tally {
  return share(items.filter(test).length, items.length)
}

function share(right: number, total: number): Tally {
  const interval = wilsonInterval(right, total)
  return { right, total, share: total === 0 ? 0 : right / total, interval }
}

/** Items without a key are left out. */
function tallyBy(
  items: readonly EvaluatedItem[],
  key: (item: EvaluatedItem) => string | undefined,
): Tallies {
  const names = new Set(items.flatMap((item) => key(item) ?? []))
  const tallies = [...names].map((name) => {
    return [
      name,
      tally(
        items.filter((item) => key(item) === name),
        isRight,
      ),
    ] as const
  })
  return Object.fromEntries(tallies)
}

function countBy(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function sum(items: readonly EvaluatedItem[], field: 'attempts' | 'bound'): number {
  return items.reduce((total, item) => total + item[field], 0)
}
