/** Two runs over the same questions, and whether their difference may be chance. */
import { expect, it } from 'vitest'
import { compareRuns, signTest } from '../../../src/dashboard/set-up/reports/compare-runs.js'

const run = (verdicts: Readonly<Record<string, boolean>>) => ({
  verdicts: Object.entries(verdicts).map(([id, isRight]) => ({ id, isRight })),
})

it('counts only questions that both were asked', () => {
  const one = run({ a: true, b: true, c: false, d: true, mine: true })
  const other = run({ a: true, b: false, c: true, d: false, theirs: true })
  expect(compareRuns(one, other)).toMatchObject({ both: 4, better: 2, worse: 1 })
})

it('finds no difference where there is none, and none that counts in a draw', () => {
  expect(compareRuns(run({ a: true }), run({ a: true }))).toMatchObject({ better: 0, chance: 1 })
  expect(compareRuns(run({}), run({ a: true }))).toMatchObject({ both: 0, chance: 1 })
  expect(signTest(5, 5)).toBe(1)
})

it('says how likely chance is, to both sides alike', () => {
  // 2 × (1 + 10) / 2^10 and 2 / 2^6.
  expect(signTest(1, 9)).toBeCloseTo(22 / 1024, 12)
  expect(signTest(9, 1)).toBeCloseTo(22 / 1024, 12)
  expect(signTest(0, 6)).toBeCloseTo(2 / 64, 12)
})

it('holds for thousands of questions', () => {
  expect(signTest(1_000, 1_000)).toBe(1)
  expect(signTest(900, 1_100)).toBeGreaterThan(0)
  expect(signTest(900, 1_100)).toBeLessThan(1e-4)
})
