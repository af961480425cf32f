/** What is said of generators while the local model is on its way. */
import { expect, it } from 'vitest'
import { createLocalGenerator } from '../../../agents/generators/local-generator.js'
import { createRulesGenerator } from '../../../agents/generators/rules-generator.js'
import { generatorStatuses } from '../../../src/generator-statuses.js'
import { modelsOf, scriptedModel } from '../../support/scripted-model.js'

type Sources = Parameters<typeof generatorStatuses>[1]

const there = modelsOf(scriptedModel(() => '')).model

function statuses(state: 'loading' | 'ok' | 'missing', progressOf: Sources['progressOf']) {
  const current = () => (state === 'ok' ? there.current() : undefined)
  const model = { ...there, current, state: () => state, note: () => 'The weights.' }
  const generators = { rules: createRulesGenerator(), local: createLocalGenerator(model) }
  return generatorStatuses(generators, { model, progressOf })
}

const half = () => ({ done: 5, total: 10, unit: 'bytes' as const })

it('says how much of a model that is being fetched is there, and of nothing else', () => {
  const [rules, local] = statuses('loading', half)
  expect(rules).not.toHaveProperty('loading')
  expect(local).toMatchObject({ ready: false, loading: { share: 0.5 } })
  expect(statuses('loading', () => undefined)[1]).toMatchObject({ loading: {} })
})

it.each(['ok', 'missing'] as const)('says nothing of loading once the model is %s', (state) => {
  expect(statuses(state, half)[1]).not.toHaveProperty('loading')
})
