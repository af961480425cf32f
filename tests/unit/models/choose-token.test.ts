import type { Token } from 'node-llama-cpp'
import { describe, expect, it } from 'vitest'
import { tokenChooser } from '../../../models/llama/choose-token.js'

const token = (number: number) => number as Token
/** Likeliest first, as the runtime gives them. */
const likeliest = new Map([
  [token(7), 0.6],
  [token(3), 0.3],
  [token(9), 0.1],
])

function sharesDrawn(temperature: number, seed: number): number[] {
  const choose = tokenChooser({ temperature, seed })
  const drawn = Array.from({ length: 4_000 }, () => choose(likeliest).token)
  return [7, 3, 9].map((number) => drawn.filter((each) => each === number).length / drawn.length)
}

describe('the next token', () => {
  it('is the likeliest unless drawn', () => {
    expect(tokenChooser(undefined)(likeliest)).toEqual({ token: 7, probability: 0.6 })
  })

  it.each([1, 2, 80_000_000_000])('is drawn as often as it is likely, with seed %d', (seed) => {
    const shares = sharesDrawn(1, seed)
    expect(Math.abs((shares[0] ?? 0) - 0.6)).toBeLessThan(0.03)
    expect(Math.abs((shares[2] ?? 0) - 0.1)).toBeLessThan(0.03)
  })

  it('is drawn more boldly the warmer, and keeps the probability the model gave it', () => {
    expect(sharesDrawn(0.3, 5)[0]).toBeGreaterThan(0.85)
    expect(sharesDrawn(3, 5)[2]).toBeGreaterThan(0.18)
    const { token: drawn, probability } = tokenChooser({ temperature: 3, seed: 5 })(likeliest)
    expect(probability).toBe(likeliest.get(drawn))
  })

  it('is the same for the same seed', () => {
    const draw = (seed: number) => {
      const choose = tokenChooser({ temperature: 1, seed })
      return Array.from({ length: 30 }, () => choose(likeliest).token).join()
    }
    expect(draw(4)).toBe(draw(4))
    expect(draw(4)).not.toBe(draw(5))
  })
})
