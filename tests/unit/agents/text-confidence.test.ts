import { describe, expect, it } from 'vitest'
import { scoreConfidence } from '../../../agents/text/confidence.js'

const signal = (name: string, value: number) => ({ name, value, note: '' })

describe('scoreConfidence', () => {
  it('is 0 without any evidence and 1 when everything is certain', () => {
    expect(scoreConfidence([]).score).toBe(0)
    expect(scoreConfidence([signal('a', 1), signal('b', 1)]).score).toBe(1)
  })

  it('falls further for one weak signal than the plain mean would', () => {
    const { score } = scoreConfidence([signal('a', 1), signal('b', 0.2)])
    expect(score).toBeGreaterThan(0.2)
    expect(score).toBeLessThan(0.6)
  })

  it('counts token certainty more than other signals', () => {
    const sure = scoreConfidence([signal('token certainty', 0.9), signal('names used', 0.4)]).score
    const unsure = scoreConfidence([
      signal('token certainty', 0.4),
      signal('names used', 0.9),
    ]).score
    expect(sure).toBeGreaterThan(unsure)
  })

  it('still tells answers apart when one signal failed', () => {
    const better = scoreConfidence([signal('a', 0), signal('b', 1)]).score
    const worse = scoreConfidence([signal('a', 0), signal('b', 0.5)]).score
    expect(better).toBeGreaterThan(worse)
    expect(worse).toBeGreaterThan(0)
  })

  it('shows every signal it used, held between 0 and 1', () => {
    const { signals } = scoreConfidence([signal('a', 1.7), signal('b', Number.NaN)])
    expect(signals.map(({ value }) => value)).toEqual([1, 0])
  })
})
