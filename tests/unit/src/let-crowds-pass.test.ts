/** When a question may begin while others are turned away; the clock is the test's own. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { letCrowdsPass } from '../../../src/http/let-crowds-pass.js'

function crowds() {
  const clock = { ms: 0 }
  const passing = letCrowdsPass(() => clock.ms)
  const ask = () => {
    const question = { hasBegun: false }
    void passing.passed().then(() => {
      question.hasBegun = true
    })
    return question
  }
  return { clock, ask, turnedAway: passing.turnedAway }
}

it('begins at once where nobody is turned away', async () => {
  const question = crowds().ask()
  await expect.poll(() => question.hasBegun).toBe(true)
})

it('begins once a crowd has passed', async () => {
  const { clock, ask, turnedAway } = crowds()
  turnedAway()
  const question = ask()
  await wait(100)
  expect(question.hasBegun).toBe(false)
  clock.ms = 30
  await expect.poll(() => question.hasBegun).toBe(true)
})

it('is held up no longer by who goes on coming, but again by another crowd', async () => {
  const { clock, ask, turnedAway } = crowds()
  turnedAway()
  const first = ask()
  for (; clock.ms < 600; clock.ms += 10) turnedAway()
  await expect.poll(() => first.hasBegun).toBe(true)
  turnedAway()
  const second = ask()
  await expect.poll(() => second.hasBegun).toBe(true)
  clock.ms += 6_000
  turnedAway()
  const third = ask()
  await wait(100)
  expect(third.hasBegun).toBe(false)
  clock.ms += 30
  await expect.poll(() => third.hasBegun).toBe(true)
})
