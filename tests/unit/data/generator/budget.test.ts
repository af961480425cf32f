/** A budget is never passed, whoever asks at the same time. */
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../../../data/generator/model/budget.js'

const most = { input: 30, output: 30 }

describe('a budget of tokens', () => {
  it('lets nobody begin what it might not cover, and is spent from then on', async () => {
    const budget = createBudget({ tokens: 100, prices: {} })
    const first = await budget.reserve('a', most)
    first?.settle({ input: 30, output: 20 }, 1)
    expect(await budget.reserve('a', most)).toBeUndefined()
    expect(budget.isSpent()).toBe(true)
    expect(await budget.reserve('a', { input: 1, output: 1 })).toBeUndefined()
    expect(budget.usage()).toEqual([{ model: 'a', calls: 1, input: 30, output: 20, money: 0 }])
  })

  it('waits for what others give back before it ends', async () => {
    const budget = createBudget({ tokens: 100, prices: {} })
    const first = await budget.reserve('a', most)
    const second = budget.reserve('a', most)
    first?.settle({ input: 10, output: 10 }, 1)
    expect(await second).toBeDefined()
    const third = budget.reserve('b', most)
    const fourth = budget.reserve('b', most)
    ;(await second)?.settle({ input: 30, output: 30 }, 1)
    expect(await Promise.all([third, fourth])).toEqual([undefined, undefined])
  })

  it('counts what an earlier run used', async () => {
    const budget = createBudget({ tokens: 100, prices: {} })
    budget.add('a', { input: 50, output: 0 }, 3)
    expect(await budget.reserve('a', most)).toBeUndefined()
  })

  it('of zero is legal, and of none has no end', async () => {
    expect(await createBudget({ tokens: 0, prices: {} }).reserve('a', most)).toBeUndefined()
    expect(await createBudget({ prices: {} }).reserve('a', most)).toBeDefined()
  })
})

it('a budget of money goes by the price of each model, to the last cent', async () => {
  const prices = { dear: { input: 1_000, output: 2_000 } }
  const budget = createBudget({ money: 0.18, prices })
  const first = await budget.reserve('dear', most)
  first?.settle(most, 1)
  expect(budget.usage()).toMatchObject([{ money: expect.closeTo(0.09) }])
  const last = await budget.reserve('dear', most)
  last?.settle(most, 1)
  const free = await budget.reserve('local', most)
  free?.settle(most, 1)
  expect(free).toBeDefined()
  expect(await budget.reserve('dear', most)).toBeUndefined()
})
