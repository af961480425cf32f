/** Row policies from the file to the processes: what is refused at the start, what stays open, and what the library sees. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve } from '../../src/commands/serve.js'
import { createOrchestrator } from '../../src/index.js'
import { childrenRunning } from '../support/child-processes.js'
import {
  policedHome,
  policedService,
  tellsOfNorth,
  tellsOfSouth,
  usualPolicies,
} from '../support/policed-service.js'
import { recordingContext } from '../support/recording-context.js'
import { modelsOf, scriptedModel } from '../support/scripted-model.js'
import { writeSqliteFile } from '../support/sqlite-file.js'
import { answered } from '../support/temporary-product.js'

let place: Awaited<ReturnType<typeof policedHome>>
beforeAll(async () => {
  place = await policedHome(usualPolicies)
})
afterAll(() => place.remove())

const model = scriptedModel(() => 'SELECT store_name FROM stores')

describe('serve under row policies', () => {
  const start = async (text: string, source = place.source) => {
    const policies = join(place.home, 'tried.yaml')
    await writeFile(policies, text)
    return serve({ source, policies, port: '0' }, recordingContext({ PARLEY_HOME: place.home }))
  }

  it.each([
    ['users:\n  sam:\n    stores: 7\n', /tried\.yaml.*line 3.*users\.sam\.stores/],
    ['users: [', /tried\.yaml.*line \d/],
    ['users: {sam: {shops: true}}', /tried\.yaml.*users\.sam\.shops.*shops/],
    ['users: {sam: {stores: "regoin = 1"}}', /tried\.yaml.*users\.sam\.stores.*regoin/],
    ['users: {sam: {stores: "true) OR (true"}}', /tried\.yaml.*users\.sam\.stores/],
    ['users: {sam: {stores: "city IN (SELECT city FROM customers)"}}', /users\.sam\.stores/],
    ['users: {sam: {stores: "random() < 0.5"}}', /users\.sam\.stores.*volatile/],
    ['users: {sam: {stores: "read_text(city) IS NULL"}}', /users\.sam\.stores.*read_text/],
  ])('ends at %j, and says where the mistake is and what to do', async (text, told) => {
    await expect(start(text)).rejects.toMatchObject({
      code: 'settings_invalid',
      message: expect.stringMatching(told),
      hints: [expect.stringMatching(/\w/)],
    })
    await expect.poll(() => childrenRunning('engine-child.mjs')).toEqual([])
  })

  it('ends where the file is missing, or the source takes no policies', async () => {
    const context = recordingContext({ PARLEY_HOME: place.home })
    const policies = join(place.home, 'none.yaml')
    await expect(serve({ source: place.source, policies }, context)).rejects.toThrow('none.yaml')
    const source = join(place.home, 'shop.sqlite')
    writeSqliteFile(source, ['CREATE TABLE stores (id INTEGER)', 'INSERT INTO stores VALUES (1)'])
    await expect(start('users: {sam: {stores: true}}', source)).rejects.toThrow(/DuckDB files/)
  })
})

describe('the users of many policies', () => {
  it('leave at most eight databases open beside that of nobody, and none once all is closed', {
    timeout: 120_000,
  }, async () => {
    const names = Array.from({ length: 11 }, (_, at) => `user ${at}`)
    const policies = names.map((name, at) => [name, { sales: `amount > 0 AND ${at} = ${at}` }])
    const service = await policedService(Object.fromEntries(policies), model)
    for (const name of [...names, 'user 0']) {
      const schema = JSON.parse(await service.read(name, '/api/v1/schema'))
      expect(schema.tables).toMatchObject([{ name: 'sales', rowCount: 1_200 }])
    }
    await expect
      .poll(() => childrenRunning('duckdb/engine-child.mjs').length, { timeout: 10_000 })
      .toBeLessThanOrEqual(9)
    expect(childrenRunning('duckdb/engine-child.mjs').length).toBeGreaterThan(5)
    await service.close()
    await expect.poll(() => childrenRunning('duckdb/engine-child.mjs')).toEqual([])
  })
})

describe('the library under row policies', () => {
  it('shows a user what they may see, and whoever is not named nothing', async () => {
    const { home, source, file } = place
    const settings = { home, source, offline: true, policies: file, models: modelsOf(model) }
    const rows = async (user?: string) => {
      const orchestrator = await createOrchestrator({ ...settings, user })
      const answer = await orchestrator.process('List the names of stores')
      const kept = await orchestrator.notebook().conversations()
      await orchestrator.close()
      return { answer, kept: kept.length }
    }
    const sam = await rows('sam')
    expect(answered(sam.answer).rows).toHaveLength(6)
    expect(JSON.stringify(sam.answer)).not.toMatch(tellsOfNorth)
    const norah = await rows('norah')
    expect(JSON.stringify(norah.answer)).not.toMatch(tellsOfSouth)
    expect(await rows('nils')).toMatchObject({ kept: 1 })
    expect(await rows()).toMatchObject({ answer: { ok: false }, kept: 0 })
  })
})
