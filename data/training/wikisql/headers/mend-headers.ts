/**
 * Gives WikiSQL's columns their headers back. The set puts them together from SQL whose order was lost: headers of a
 * table are swapped, stand twice, or are absent. Each column takes the header that its questions speak of.
 */
import { looseName } from '../column-name.js'
import type { WrittenTable } from '../wiki-lines.js'
import { findHeaders, lentHeaders, type TableInWords } from './find-headers.js'
import { fitOf } from './fit-header.js'
import { type ValueEvidence, valueEvidence } from './value-evidence.js'

/** What values tell of headers is counted anew under the headers that were found. */
const rounds = 3
/** For the set's guess, and against what only other tables have, in the measure of `fitOf`. */
const guessed = 1
const lentAlone = -3

/** Headers by column for each table, in their order. A column that nothing speaks for may lose its own. */
export function mendHeaders(written: readonly WrittenTable[]): ReadonlyMap<number, string>[] {
  const lent = lentHeaders(written)
  const tables = written.map((table) => findHeaders(table, lent))
  let mended: ReadonlyMap<number, string>[] = written.map(({ headers }) => headers)
  for (let round = 0; round < rounds; round++) {
    const evidence = countValues(tables, mended)
    mended = tables.map((table) => assign(table, evidence))
  }
  return mended
}

function countValues(
  tables: readonly TableInWords[],
  headers: readonly ReadonlyMap<number, string>[],
): ValueEvidence {
  const evidence = valueEvidence()
  for (const [at, { questions }] of tables.entries()) {
    for (const { column, value } of questions.flatMap(({ conditions }) => conditions)) {
      const header = headers[at]?.get(column)
      if (header !== undefined) evidence.add(looseName(header), value)
    }
  }
  return evidence
}

/** From the set's guess on, the best change of one column, or of two that change headers, until none is better. */
function assign(
  { columns, candidates, guesses, questions }: TableInWords,
  evidence: ValueEvidence,
): ReadonlyMap<number, string> {
  const scores = columns.map((column) =>
    candidates.map((candidate) => {
      const prior = guesses.get(column) === candidate.text ? guessed : 0
      return (candidate.isOwn ? prior : lentAlone) + fitOf(column, candidate, questions, evidence)
    }),
  )
  const scoreOf = (at: number, chosen: number) => scores[at]?.[chosen] ?? 0
  const start = columns.map((column) =>
    candidates.findIndex(({ text }) => text === guesses.get(column)),
  )
  const chosen = climb(withoutDoubles(start, scoreOf), candidates.length, scoreOf)
  return new Map(
    columns.flatMap((column, at) => {
      const header = candidates[chosen[at] ?? -1]
      return header ? [[column, header.text] as const] : []
    }),
  )
}

/** Of a column's place and a candidate's; -1 is no header. */
type ScoreOf = (at: number, candidate: number) => number

function withoutDoubles(start: readonly number[], scoreOf: ScoreOf): number[] {
  return start.map((candidate, at) => {
    const isBeaten = start.some((other, rival) => {
      if (rival === at || other !== candidate) return false
      const lead = scoreOf(rival, candidate) - scoreOf(at, candidate)
      return lead > 0 || (lead === 0 && rival < at)
    })
    return isBeaten ? -1 : candidate
  })
}

function climb(start: readonly number[], candidates: number, scoreOf: ScoreOf): number[] {
  const chosen = [...start]
  for (;;) {
    let best = { gain: 1e-9, at: -1, candidate: -1 }
    for (const [at, now] of chosen.entries()) {
      for (let candidate = 0; candidate < candidates; candidate++) {
        if (candidate === now) continue
        const holder = chosen.indexOf(candidate)
        const exchanged = holder < 0 ? 0 : scoreOf(holder, now) - scoreOf(holder, candidate)
        const gain = scoreOf(at, candidate) - scoreOf(at, now) + exchanged
        if (gain > best.gain) best = { gain, at, candidate }
      }
    }
    if (best.at < 0) return chosen
    const holder = chosen.indexOf(best.candidate)
    if (holder >= 0) chosen[holder] = chosen[best.at] ?? -1
    chosen[best.at] = best.candidate
  }
}
