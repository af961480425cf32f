/** What `parley train rows` makes beside the public sets. */
import { expect, it } from 'vitest'
import { isKeptForValidation, themeAt } from '../../../agents/training/warehouses/make-databases.js'
import { allThemes } from '../../../data/training/warehouses/themes.js'
import { makeWarehouses } from '../../../src/commands/train/make-warehouse-rows.js'

const terminal = { onProgress: () => {} }

it('makes other warehouses in every pass', async () => {
  const { signal } = new AbortController()
  const made = await makeWarehouses({ count: 1, passes: 2, seed: 4 }, { terminal, signal })
  const names = made.training.map((list) => list.map(({ name }) => name))
  expect(names).toEqual([['made-clinic-1'], ['made-freight-2']])
  expect(made.validation).toEqual([])
}, 60_000)

it('makes none when none are wanted, and stops when told to', async () => {
  const { signal } = new AbortController()
  const none = await makeWarehouses({ count: 0, passes: 2, seed: 4 }, { terminal, signal })
  expect(none).toEqual({ training: [[], []], validation: [] })
  const stopped = makeWarehouses(
    { count: 1, passes: 1, seed: 4 },
    { terminal, signal: AbortSignal.abort() },
  )
  await expect(stopped).rejects.toThrow()
})

it('never trains on the themes that it validates on, alone or beside others', () => {
  const themes = allThemes()
  const kept = themes.filter((_, index) => isKeptForValidation(index)).map(({ name }) => name)
  expect(kept.length).toBeGreaterThan(1)
  for (let index = 0; index < themes.length * 8; index++) {
    if (isKeptForValidation(index)) continue
    const name = themeAt(index)?.name ?? ''
    expect(name.split(' and ').filter((part) => kept.includes(part))).toEqual([])
  }
})
