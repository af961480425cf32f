/** What an evaluation by logical forms comes to. */
import { percentile, type Tallies, type Tally, tally, tallyBy } from '../tally.js'
import type { FormItem } from './judge-form.js'
import type { FormQuestion } from './read-form-questions.js'

export interface FormReport {
  /** Logical-form accuracy. */
  readonly right: Tally
  readonly rightWithAnyCount: Tally
  readonly aggregate: Tally
  readonly column: Tally
  readonly conditions: Tally
  /** SQL that has a logical form. */
  readonly read: Tally
  readonly byAggregate: Tallies
  readonly byConditions: Tallies
  readonly unanswered: number
  readonly p50Ms: number
  readonly p95Ms: number
}

export function summariseForms(
  items: readonly FormItem[],
  questions: readonly FormQuestion[],
): FormReport {
  const gold = new Map(questions.map((question) => [question.id, question.gold]))
  const isRight = ({ right }: FormItem) => right.whole
  const counts = ({ id }: FormItem) => {
    const count = gold.get(id)?.conditions.length ?? 0
    return count === 1 ? '1 condition' : `${count} conditions`
  }
  const times = items.map(({ ms }) => ms)
  return {
    right: tally(items, isRight),
    rightWithAnyCount: tally(items, ({ right }) => right.wholeWithAnyCount),
    aggregate: tally(items, ({ right }) => right.aggregate),
    column: tally(items, ({ right }) => right.column),
    conditions: tally(items, ({ right }) => right.conditions),
    read: tally(items, ({ verdict }) => verdict === 'right' || verdict === 'wrong'),
    byAggregate: tallyBy(items, ({ id }) => gold.get(id)?.aggregate ?? 'no aggregate', isRight),
    byConditions: tallyBy(items, counts, isRight),
    unanswered: items.filter(({ verdict }) => verdict === 'unanswered').length,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  }
}
