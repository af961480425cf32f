/** Reads words that rank ("top", "lowest"): a ranking, or figures when they stand among aggregates. */
import type { Cue } from './cue.js'
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

/** "highest, lowest and average grade": three figures, not a ranking. */
function isExtreme({ items, at, role, aggregates }: Reading, phrase: string): boolean {
  if (!/^(highest|lowest|largest|smallest|greatest)$/i.test(phrase)) return false
  if (role === 'measure' && aggregates.length > 0) return true
  const next = items.slice(at + 1).find((item) => item.kind !== 'word' || item.word !== 'and')
  return (
    next?.kind === 'cue' &&
    (next.cue.kind === 'aggregate' || /^(highest|lowest|largest|smallest)$/i.test(next.phrase))
  )
}
