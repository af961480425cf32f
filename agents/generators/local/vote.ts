/** Lets the results of several candidates vote: what most of them found is likeliest right. */
import type { QueryResult } from '../../../data/database.js'
import { type Candidate, doubtfulSums, resultOf, tellsSomething } from './candidate.js'
import { isIdle } from './idle-query.js'

export interface Vote {
  readonly winner: Candidate
  /** Candidates with the winner's result. */
  readonly votes: number
}

/** Digits of a number that count: sums come out differently in the last ones. */
const significantDigits = 6

/**
 * Candidates that failed have no vote, and those that found nothing only where none found something.
 * Undefined when no candidate ran.
 */
export function vote(candidates: readonly Candidate[]): Vote | undefined {
  const [leaders] = standings(candidates)
  const winner = leaders?.toSorted(byLikelihood)[0]
  return winner && leaders && { winner, votes: leaders.length }
}

/** Whether so many more candidates could no longer change the winner. */
export function isDecided(candidates: readonly Candidate[], remaining: number): boolean {
  const [leaders = [], runnersUp = []] = standings(candidates)
  const result = leaders[0] && resultOf(leaders[0])
  if (!result || !tellsSomething(result)) return false
  return weightOf(leaders) - weightOf(runnersUp) > remaining
}

/**
 * Groups of equal results, or of equal SQL where it found nothing: the weightiest first, ties by likelihood, then by the
 * shorter SQL.
 */
function standings(candidates: readonly Candidate[]): Candidate[][] {
  const groups = new Map<string, { readonly tells: boolean; readonly members: Candidate[] }>()
  for (const candidate of candidates) {
    const result = resultOf(candidate)
    if (!result) continue
    const tells = tellsSomething(result)
    // Where nothing is found, equal results say nothing of equal readings.
    const key = tells ? keyOf(result) : candidate.joinFree
    const group = groups.get(key) ?? { tells, members: [] }
    group.members.push(candidate)
    groups.set(key, group)
  }
  const all = [...groups.values()]
  const telling = all.filter(({ tells }) => tells)
  return (telling.length > 0 ? telling : all)
    .map(({ members }) => members.sort(byLikelihood))
    .sort((a, b) => weightOf(b) - weightOf(a) || byLikelihood(a[0] as Candidate, b[0] as Candidate))
}

function weightOf(members: readonly Candidate[]): number {
  return members.reduce((sum, one) => sum + voteOf(one), 0)
}

/**
 * None for what cannot be meant, or found nothing where hardly anything can be found; half of one for sums that may count
 * rows twice, and a tenth for what lacks something: on WikiSQL that was right 586 times of 1,000, half of one 581 times, and
 * a whole one 578 times.
 */
function voteOf(candidate: Candidate): number {
  if (isIdle(candidate.joinFree) || findsNothing(candidate)) return 0
  const sums = doubtfulSums(candidate).length > 0 ? 0.5 : 1
  return candidate.leavesOut ? sums / 10 : sums
}

function findsNothing(candidate: Candidate): boolean {
  const result = resultOf(candidate)
  return candidate.comparesOtherKind === true && result !== undefined && !tellsSomething(result)
}

function byLikelihood(a: Candidate, b: Candidate): number {
  const likelihood = ({ meanLogProbability = Number.NEGATIVE_INFINITY }: Candidate) =>
    meanLogProbability
  const difference = likelihood(b) - likelihood(a)
  // Two infinities differ by NaN, which is falsy too.
  return difference || a.joinFree.length - b.joinFree.length
}

/** Equal for equal bags of rows. */
function keyOf({ columns, rows }: QueryResult): string {
  const cells = rows.map((row) =>
    JSON.stringify(
      row.map((cell) => (typeof cell === 'number' ? cell.toPrecision(significantDigits) : cell)),
    ),
  )
  return `${columns.length}:${cells.sort().join()}`
}
