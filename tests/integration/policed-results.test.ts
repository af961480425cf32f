/** Kept SQL that runs again under row policies: charts, files and cards hold the rows of their user, and are nobody else's. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type PolicedService,
  policedService,
  tellsOfNorth,
  tellsOfSouth,
  usualPolicies,
} from '../support/policed-service.js'
import { scriptedModel } from '../support/scripted-model.js'

let service: PolicedService
beforeAll(async () => {
  service = await policedService(
    usualPolicies,
    scriptedModel(() => 'SELECT 1'),
  )
}, 120_000)
afterAll(() => service?.close())

const byStore =
  'SELECT store_name, sum(amount) AS total FROM sales JOIN stores USING (store_id) GROUP BY store_name ORDER BY store_name'

async function run(user: string | undefined, sql: string) {
  const text = await (await service.post(user, '/api/v1/run_sql', { sql })).text()
  return { text, answer: JSON.parse(text) }
}

describe('under row policies', () => {
  it('SQL of a user reads their rows, and no other tables', async () => {
    const north = await run('norah', byStore)
    expect(north.text).toContain('Zephyr 1')
    expect(north.text).not.toMatch(tellsOfSouth)
    const south = await run('sam', byStore)
    expect(south.text).toContain('Meadow 1')
    expect(south.text).not.toMatch(tellsOfNorth)
    for (const user of ['norah', 'sam', 'una', undefined]) {
      const { answer, text } = await run(user, 'SELECT * FROM payroll')
      expect(answer.ok).toBe(false)
      expect(text).not.toMatch(tellsOfNorth)
    }
    expect((await run('una', byStore)).answer.ok).toBe(false)
  })

  it.each(['csv', 'json'])('a file, as %s, holds the rows of its user', async (format) => {
    const { answer } = await run('sam', 'SELECT * FROM sales ORDER BY sale_id')
    const response = await service.send('sam', `/api/v1/export/${answer.id}.${format}`)
    const text = await response.text()
    expect([response.status, response.headers.get('x-parley-rows')]).toEqual([200, '600'])
    expect(text).toMatch(tellsOfSouth)
    expect(text).not.toMatch(tellsOfNorth)
    for (const other of ['norah', 'nils', 'una', undefined]) {
      const refused = await service.send(other, `/api/v1/export/${answer.id}.${format}`)
      expect(refused.status).toBe(404)
      expect(await refused.text()).not.toMatch(tellsOfSouth)
    }
  })

  it('a chart is drawn of the rows of its user, and for nobody else', async () => {
    const { answer } = await run('norah', byStore)
    const body = { answer_id: answer.id, kind: 'pie' }
    const drawn = await (await service.post('norah', '/api/v1/chart', body)).text()
    expect(drawn).toContain('Zephyr 1')
    expect(drawn).not.toMatch(tellsOfSouth)
    for (const other of ['nils', 'sam', 'una', undefined]) {
      expect((await service.post(other, '/api/v1/chart', body)).status).toBe(404)
    }
  })

  it('a card runs on the rows of its user, within their filters, and for nobody else', async () => {
    const pinned = await service.post('norah', '/api/v1/cards', { title: 'Stores', sql: byStore })
    const { id } = JSON.parse(await pinned.text())
    const path = `/api/v1/cards/${id}/run`
    const asked = { filters: [{ column: 'stores.store_name', values: ['Zephyr 1', 'Meadow 1'] }] }
    const text = await (await service.post('norah', path, asked)).text()
    expect(JSON.parse(text)).toMatchObject({ rowCount: 1, rows: [['Zephyr 1', expect.anything()]] })
    const guess = { filters: [{ column: 'payroll.pay', values: [1] }] }
    const told = JSON.parse(await (await service.post('norah', path, guess)).text())
    expect(told.filters).toMatchObject([{ columns: [], reason: expect.any(String) }])
    expect(told.rowCount).toBe(6)
    for (const other of ['nils', 'sam', 'una', undefined]) {
      expect((await service.post(other, path, {})).status).toBe(404)
    }
  })

  it('what ran again is in the audit log, with who took it and of which answer', async () => {
    const { answer } = await run('sam', byStore)
    await (await service.send('sam', `/api/v1/export/${answer.id}.csv`)).text()
    const log = join(service.home, 'logs', 'audit', 'audit.jsonl')
    const lines = async () =>
      (await readFile(log, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    await expect.poll(lines).toContainEqual(
      expect.objectContaining({
        event: 'request',
        user: 'sam',
        route: '/api/v1/export/:answerId.:format',
        subject: answer.id,
      }),
    )
    const question = { event: 'question', user: 'sam', generator: 'given', sql: byStore }
    expect(await lines()).toContainEqual(expect.objectContaining(question))
  })
})
