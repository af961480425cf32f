/** Reasons to believe the local model's SQL, from what can be observed. */
import type { Entities } from '../../entities/entities.js'
import type { Evidence } from '../../sql-generator.js'
import type { Candidate } from './candidate.js'

export function certaintyOf({ meanLogProbability }: Candidate): readonly Evidence[] {
  if (meanLogProbability === undefined) return []
  const note = 'Probability of a token of the SQL, on average.'
  return [{ name: 'token certainty', value: Math.exp(meanLogProbability), note }]
}

/** Trained on questions that their data cannot answer, the model has a belief about that from the first token on. */
export function holdingOf({ noAnswerProbability }: Candidate): readonly Evidence[] {
  if (noAnswerProbability === undefined) return []
  const note = 'How far the model believes that this data holds what is asked.'
  return [{ name: 'data holds it', value: 1 - noAnswerProbability, note }]
}

export function agreement(votes: number, candidates: number): readonly Evidence[] {
  const note = 'Share of the candidates whose SQL gives this result.'
  return [{ name: 'agreement', value: votes / candidates, note }]
}

/** Whether the SQL reads the tables that the question names. */
export function namesUsed(tables: readonly string[], entities: Entities): readonly Evidence[] {
  const named = new Set(
    [
      ...entities.measures.map((measure) => measure.table),
      ...entities.filters.map((filter) => filter.column.table),
    ].filter((table) => table !== ''),
  )
  if (named.size === 0) return []
  const used = [...named].filter((table) => tables.includes(table)).length
  const note = 'Share of the tables named in the question that the SQL reads.'
  return [{ name: 'names used', value: used / named.size, note }]
}

/** Which column a name was taken for, where it fits several. */
export function readingTaken(
  joinFree: string,
  { ambiguities }: Pick<Entities, 'ambiguities'>,
): readonly Evidence[] {
  const names = new Set(joinFree.match(/\w+\.\w+/g))
  return ambiguities.flatMap(({ phrase, options }) => {
    const taken = options
      .map(({ table, column }) => `${table}.${column}`)
      .filter((name) => names.has(name))
    if (taken.length !== 1) return []
    const note = `“${phrase}” could mean several things; it was taken for ${taken[0]}.`
    return [{ name: 'single reading', value: 1 / options.length, note }]
  })
}
