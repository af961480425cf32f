/** What two runs over the same questions differ in, and whether that may be chance. */
import type { EvaluationDetail } from '../../../reports/evaluation-report-file.js'

export interface RunComparison {
  /** Questions that both were asked. */
  readonly both: number
  /** Only this one has them right; only the other. */
  readonly better: number
  readonly worse: number
  /** Two-sided exact sign test over those that differ (McNemar's exact test), 0 to 1. */
  readonly chance: number
}

type Verdicts = Pick<EvaluationDetail, 'verdicts'>

export function compareRuns(one: Verdicts, other: Verdicts): RunComparison {
  const others = new Map(other.verdicts.map(({ id, isRight }) => [id, isRight]))
  const shared = one.verdicts.filter(({ id }) => others.has(id))
  const better = shared.filter(({ id, isRight }) => isRight && !others.get(id)).length
  const worse = shared.filter(({ id, isRight }) => !isRight && others.get(id)).length
  return { both: shared.length, better, worse, chance: signTest(better, worse) }
}

/** How likely a split at least as uneven is, where each side is as likely as the other. */
export function signTest(one: number, other: number): number {
  const total = one + other
  if (total === 0) return 1
  // By logarithms: 2 to the power of a thousand is more than a number holds.
  let logTerm = -total * Math.LN2
  let sum = 0
  for (let count = 0; count <= Math.min(one, other); count += 1) {
    sum += Math.exp(logTerm)
    logTerm += Math.log((total - count) / (count + 1))
  }
  return Math.min(1, 2 * sum)
}
