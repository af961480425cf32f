/** What an evaluation found, summed up. */
import type { EvaluatedItem } from './evaluated-item.js'
import type { Match } from './gold-results.js'
import type { Verdict } from './judge-answer.js'
import {
  type ChartReport,
  chartsOf,
  type RecallReport,
  recallOf,
  type SamplesReport,
  samplesOf,
} from './part-reports.js'
import { countBy, percentile, type Tallies, type Tally, tally, tallyBy, tallyOf } from './tally.js'

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
  /** By Spider's own grades of the gold SQL. */
  readonly byHardness: Tallies
  readonly byDatabase: Tallies
  readonly byGenerator: Tallies
  /** What was wrong, of all questions whose gold is SQL. */
  readonly errorKinds: Tallies
  /** Questions answered with data, right or not. */
  readonly answered: Tally
  /** SQL returned with data that runs, of all SQL so returned, whatever the question expected. */
  readonly validSql: Tally
  /** Statements that bound, of all sent to the engine. */
  readonly boundStatements: Tally
  /** Data given where a refusal or a question back was expected, of all such questions. */
  readonly falseAnswers: Tally
  /** Questions back where one was expected. */
  readonly rightQuestionsBack: Tally
  /** Questions back where none was expected. */
  readonly needlessQuestionsBack: number
  /** Gold tables and columns found among the first k, of all gold tables and columns. */
  readonly recall: RecallReport
  readonly charts: ChartReport
  /** Texts that a model wrote, over the questions for which one was asked. */
  readonly samples: SamplesReport
  readonly p50Ms: number
  readonly p95Ms: number
}

type Test = (item: EvaluatedItem) => boolean

export function summarise(all: readonly EvaluatedItem[]): EvaluationReport {
  const items = all.filter(({ verdict }) => verdict !== 'unjudged')
  const withSql = items.filter(({ goldSql, expected }) => goldSql && expected === 'answer')
  const varied = databasesWithVariants(withSql)
  const returned = items.filter(({ runs }) => runs !== undefined)
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
    byIntent: tallyBy(items, ({ intent }) => intent, isRight),
    byExpects: tallyBy(items, ({ expected }) => expected, isRight),
    byHardness: tallyBy(withSql, ({ hardness }) => hardness, isRight),
    byDatabase: tallyBy(items, ({ database }) => database, isRight),
    byGenerator: tallyBy(items, ({ generator = 'none' }) => generator, isRight),
    errorKinds: kindsOf(withSql),
    answered: tally(withSql, ({ score }) => score !== undefined),
    validSql: tally(returned, ({ runs }) => runs === true),
    boundStatements: tallyOf(sum(items, 'bound'), sum(items, 'attempts')),
    falseAnswers: tally(withheld, is('false_answer')),
    rightQuestionsBack: tally(ambiguous, isRight),
    needlessQuestionsBack: items.filter(is('asked_back')).length,
    recall: recallOf(items.flatMap(({ retrieval }) => retrieval ?? [])),
    charts: chartsOf(items.flatMap(({ chart }) => chart ?? [])),
    samples: samplesOf(items),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  }
}

/** A question that was not answered has no score, so its database's other questions tell. */
function databasesWithVariants(items: readonly EvaluatedItem[]): ReadonlySet<string> {
  const varied = items.filter(({ score }) => score?.testSuite !== undefined)
  return new Set(varied.flatMap(({ database }) => database ?? []))
}

function kindsOf(items: readonly EvaluatedItem[]): Tallies {
  const counts = countBy(items.flatMap(({ errorKind }) => errorKind ?? []))
  return Object.fromEntries(
    Object.entries(counts).map(([kind, count]) => [kind, tallyOf(count, items.length)]),
  )
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

function sum(items: readonly EvaluatedItem[], field: 'attempts' | 'bound'): number {
  return items.reduce((total, item) => total + item[field], 0)
}
