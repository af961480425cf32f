/** Reads words that rank ("top", "lowest"): a ranking, or figures when they stand among aggregates. */

import type { Aggregate } from '../entities.js'
import type { Cue } from '../words/cue.js'
import type { Reading } from './reading.js'

export function readRank(
  reading: Reading,
  cue: Extract<Cue, { kind: 'rank' }>,
  phrase: string,
): void {
  const { draft } = reading
  const { direction, concept, unlimited, often, profit } = cue
  if (isExtreme(reading, phrase)) {
    const extreme = direction === 'asc' ? 'min' : 'max'
    reading.aggregates = reading.role === 'measure' ? [...reading.aggregates, extreme] : [extreme]
    reading.role = 'measure'
    return
  }
  draft.rank = { direction, concept, unlimited, often, profit, phrase }
  reading.ranksListed = reading.role === 'attribute' && draft.listed.length > 0
  reading.role = 'rank'
}

/** "the name of the hall with the maximum capacity": the one that has it. */
export function ranksByExtreme(reading: Reading, aggregate: Aggregate): boolean {
  const { draft, items, at, role } = reading
  const next = items[at + 1]
  const about = draft.listed.length > 0 && draft.measures.length === 0
  const extreme = aggregate === 'max' || aggregate === 'min'
  return role === 'attribute' && extreme && about && next?.kind === 'mention'
}

/** "highest, lowest and average grade": three figures, not a ranking. */
function isExtreme({ items, at, role, aggregates }: Reading, phrase: string): boolean {
  if (!/^(highest|lowest|largest|smallest|greatest)$/i.test(phrase)) return false
  if (role === 'measure' && aggregates.length > 0) return true
  const [next, after] = items.slice(at + 1)
  const joins = next?.kind === 'word' && next.word === 'and'
  const other = joins ? after : next
  if (other?.kind !== 'cue') return false
  // "the highest average" ranks; "the highest and average" are two figures.
  return (
    (joins && other.cue.kind === 'aggregate') ||
    /^(highest|lowest|largest|smallest)$/i.test(other.phrase)
  )
}
