/** Confidence from what can be observed about an answer; never a model's opinion of itself. */
import type { Confidence } from '../answer.js'
import type { Evidence } from '../sql-generator.js'

/** How much a signal counts; names not listed count as 1. */
const weights: Readonly<Record<string, number>> = {
  'token certainty': 2,
  'words explained': 2,
}

/** Keeps one failed signal from making the product zero: the others still tell answers apart. */
const floor = 0.05

/**
 * The weighted geometric mean of the signals, each 0 to 1: exp(Σ wᵢ ln vᵢ / Σ wᵢ). One weak signal
 * pulls the score down more than a strong one lifts it, as one wrong part makes an answer wrong.
 * Without any signal the score is 0.
 */
export function scoreConfidence(evidence: readonly Evidence[]): Confidence {
  const signals = evidence.map(({ name, value, note }) => ({ name, value: clamp(value), note }))
  const total = signals.reduce((sum, { name }) => sum + weightOf(name), 0)
  const logarithms = signals.reduce(
    (sum, { name, value }) => sum + weightOf(name) * Math.log(Math.max(floor, value)),
    0,
  )
  const score = total === 0 ? 0 : Math.exp(logarithms / total)
  return { score: Math.round(score * 100) / 100, signals }
}

function weightOf(name: string): number {
  return weights[name] ?? 1
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0
}
