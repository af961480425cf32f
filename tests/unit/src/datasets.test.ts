/** The datasets of one service: opened once, tried again after a failure, closed together. */
import { describe, expect, it } from 'vitest'
import { type DatasetsInput, offerDatasets } from '../../../src/datasets.js'
import type { Orchestrator } from '../../../src/orchestrator.js'
import type { PartProgress } from '../../../src/part-progress.js'
import { standInOrchestrator } from '../../support/stand-in-orchestrator.js'

function closing(name: string, closed: string[]): Orchestrator {
  return { ...standInOrchestrator(), close: async () => void closed.push(name) }
}

async function offer(openDemo: DatasetsInput['openDemo'], demo?: string) {
  const closed: string[] = []
  const own = closing('own', closed)
  const datasets = await offerDatasets({ own, source: { demo, label: 'sales.duckdb' }, openDemo })
  return { datasets, own, closed }
}

describe('the datasets of a service', () => {
  it('are the demos alone when its own source is one of them, which is then the default', async () => {
    const { datasets, own } = await offer(async () => standInOrchestrator(), 'finance')
    const defaults = datasets.list().filter(({ isDefault }) => isDefault)
    expect(datasets.list()).toHaveLength(5)
    expect(defaults.map(({ name, state }) => [name, state])).toEqual([['finance', 'open']])
    expect(await datasets.open()).toBe(own)
    expect(await datasets.open('finance')).toBe(own)
    expect(datasets.open('own')).toBeUndefined()
  })

  it('say how far opening is, and no more once it is done', async () => {
    let goOn = () => {}
    const { datasets } = await offer(async (_, onProgress) => {
      onProgress('Building', 1, 4)
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
      return standInOrchestrator()
    })
    const status = () => datasets.list().find(({ name }) => name === 'saas')
    expect(status()?.state).toBe('closed')
    const opening = datasets.open('saas')
    expect(status()).toMatchObject({
      state: 'opening',
      progress: { step: 'Building', done: 1, total: 4 },
    })
    goOn()
    await opening
    expect(status()?.state).toBe('open')
    expect(status()).not.toHaveProperty('progress')
  })

  it('say how far their index is while questions work already', async () => {
    let filled: PartProgress | undefined = { done: 400, total: 5_000, unit: 'tables' }
    const indexed = { ...standInOrchestrator(), indexing: () => filled }
    const { datasets } = await offer(async () => indexed)
    const status = () => datasets.list().find(({ name }) => name === 'saas')
    expect(status()).not.toHaveProperty('indexing')
    await datasets.open('saas')
    expect(status()).toMatchObject({ state: 'open', indexing: { done: 400, total: 5_000 } })
    filled = undefined
    expect(status()).not.toHaveProperty('indexing')
  })

  it('are tried again after an opening that failed', async () => {
    let tries = 0
    const { datasets } = await offer(async () => {
      tries += 1
      if (tries === 1) throw new Error('The disk is full.')
      return standInOrchestrator()
    })
    await expect(datasets.open('retail')).rejects.toThrow('The disk is full.')
    expect(datasets.list().find(({ name }) => name === 'retail')?.state).toBe('closed')
    await expect(datasets.open('retail')).resolves.toBeDefined()
    expect(tries).toBe(2)
  })

  it('close those that were opened, and their own source last', async () => {
    const closed: string[] = []
    const offered = await offer(async (name) => closing(name, closed))
    await offered.datasets.open('saas')
    await offered.datasets.close()
    expect(closed).toEqual(['saas'])
    expect(offered.closed).toEqual(['own'])
  })
})
