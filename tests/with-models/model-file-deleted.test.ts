/** A model file that goes away while it is used: the loaded model goes on; the next start says what is missing. */
import { copyFile, link, mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Health, Orchestrator } from '../../src/index.js'
import { baseModelPath, missingBaseModel } from '../support/cached-weights.js'
import {
  answered,
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const modelTestMs = 240_000

describe.skipIf(missingBaseModel)('a model file deleted while it is used', () => {
  let home: TemporaryHome
  let source: string
  let weights: string
  let orchestrator: Orchestrator

  beforeAll(async () => {
    home = await temporaryHome()
    source = await home.write(shopFiles)
    weights = join(home.path, 'weights', basename(baseModelPath))
    await mkdir(join(home.path, 'weights'))
    await link(baseModelPath, weights).catch(() => copyFile(baseModelPath, weights))
    orchestrator = await home.open({ source, waitFor: 'model' })
  }, modelTestMs)
  afterAll(() => home.remove())

  it(
    'is answered by as before until the next start, which says what is missing',
    async () => {
      expect(modelPart(await orchestrator.health()).state).not.toBe('missing')
      const ask = async () => {
        const answer = await orchestrator.process('Total sales amount', { generator: 'local' })
        return answer.ok ? answer.sql : answer.error.code
      }
      const before = await ask()
      expect(before).not.toBe('model_unavailable')
      await rm(weights)
      expect(await ask()).toBe(before)
      await orchestrator.close()

      const next = await home.open({ source, waitFor: 'model' })
      const part = modelPart(await next.health())
      expect([part.state, part.note]).toEqual(['missing', expect.stringMatching(/\w/)])
      const rules = answered(await next.process('Total sales amount in 2023'))
      expect([rules.generator, rules.rows]).toEqual(['rules', [[shopSales(2023)]]])
    },
    modelTestMs,
  )
})

function modelPart({ parts }: Health) {
  const part = parts.find(({ name }) => name === 'model')
  if (!part) throw new Error('Health says nothing of the model.')
  return part
}
