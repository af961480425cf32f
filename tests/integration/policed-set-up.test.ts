/** What the page needs to set up and to type a question, under row policies: nothing of another user's rows. */
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

async function json(user: string | undefined, path: string) {
  const response = await service.send(user, path)
  return { status: response.status, body: JSON.parse(await response.text()) }
}

describe('completions', () => {
  const path = '/api/v1/complete?text='

  it('are of the caller’s own rows', async () => {
    expect((await json('norah', `${path}sales+of+Zeph`)).body.completions[0]).toEqual({
      kind: 'value',
      text: 'Zephyr 1',
      table: 'stores',
      column: 'store_name',
      start: 9,
      end: 13,
    })
    for (const begun of ['Mead', 'Fen', 'Tams', 'm', 'payroll', 'person']) {
      expect(await service.read('norah', path + begun), begun).not.toMatch(tellsOfSouth)
      expect(await service.read('norah', path + begun), begun).not.toContain('payroll')
    }
    for (const begun of ['Zeph', 'Quil', 'Brin', 'z']) {
      expect(await service.read('sam', path + begun), begun).not.toMatch(tellsOfNorth)
    }
  })

  it('are none for who may see nothing', async () => {
    for (const user of ['una', undefined]) {
      expect((await json(user, `${path}s`)).body).toEqual({ completions: [] })
    }
  })

  it.each([
    `text=${'a'.repeat(2_001)}`,
    'text=s&limit=0',
    'text=s&limit=21',
    'text=s&limit=x',
    'text=a&text=b',
    'text=s&dataset=moon',
  ])('are refused for %.40s', async (query) => {
    const refused = await json('norah', `/api/v1/complete?${query}`)
    expect([refused.status, refused.body.error.code]).toEqual([400, 'invalid_request'])
  })
})
