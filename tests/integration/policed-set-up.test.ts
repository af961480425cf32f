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

describe('sample rows', () => {
  const path = '/api/v1/schema/samples?table='

  it('are of the caller’s own rows', async () => {
    const north = await json('norah', `${path}STORES&limit=2`)
    expect(north.body).toMatchObject({
      columns: { length: 4 },
      rows: { length: 2 },
      truncated: false,
    })
    expect(JSON.stringify(north.body)).toContain('Zephyr')
    for (const table of ['stores', 'customers', 'sales']) {
      expect(await service.read('norah', `${path}${table}&limit=50`)).not.toMatch(tellsOfSouth)
      expect(await service.read('sam', `${path}${table}&limit=50`)).not.toMatch(tellsOfNorth)
    }
  })

  it('are of no table that the caller may not see, nor of what is no table', async () => {
    for (const table of [
      'payroll',
      'moon',
      'information_schema.tables',
      'sales; DROP TABLE sales',
    ]) {
      const refused = await json('norah', path + encodeURIComponent(table))
      expect([refused.status, refused.body.error.code], table).toEqual([404, 'not_found'])
    }
    expect((await json('una', `${path}stores`)).status).toBe(404)
  })

  it.each(['', 'stores&limit=0', 'stores&limit=51', 'stores&table=sales'])(
    'are refused for "%s"',
    async (query) => expect((await json('norah', path + query)).status).toBe(400),
  )
})

describe('descriptions', () => {
  const path = '/api/v1/schema/descriptions'
  const put = async (user: string, body: object) => {
    const response = await service.post(user, path, body, 'PUT')
    return { status: response.status, body: JSON.parse(await response.text()) }
  }

  it('are shared by users of one policy, and hidden from those of another', async () => {
    const told = { table: 'stores', column: 'city', description: 'Home of Quillon, the place' }
    expect(await put('norah', told)).toMatchObject({
      status: 200,
      body: { table: 'stores', column: 'city', text: told.description },
    })
    expect(await service.read('nils', path)).toContain('Quillon')
    expect(await service.read('nils', '/api/v1/schema')).toContain(told.description)
    for (const user of ['sam', 'una', undefined]) {
      expect((await json(user, path)).body).toEqual({ descriptions: [] })
      expect(await service.read(user, '/api/v1/schema')).not.toContain('the place')
    }
    expect((await put('norah', { ...told, description: ' ' })).status).toBe(200)
    expect((await json('nils', path)).body).toEqual({ descriptions: [] })
  })

  it('are refused for what the caller cannot see', async () => {
    const refused = await put('sam', { table: 'payroll', column: 'pay', description: 'Wage' })
    expect([refused.status, refused.body.error.code]).toEqual([404, 'not_found'])
    expect(refused.body.error.message).toBe(
      (
        await put('sam', { table: 'moon', column: 'pay', description: 'Wage' })
      ).body.error.message.replace('moon', 'payroll'),
    )
  })

  it.each([
    {},
    { table: 'stores' },
    { table: '', description: 'x' },
    { table: 'stores', description: 'x'.repeat(1_001) },
    { table: 'stores', description: 'x\u0000' },
    { table: 'stores', description: 'x', by: 'root' },
  ])('are refused in the form %j', async (body) => {
    const refused = await put('norah', body)
    expect([refused.status, refused.body.error.code]).toEqual([400, 'invalid_request'])
  })
})

describe('datasets', () => {
  it('cannot be added or removed, whatever the scope: no policy would speak of their rows', async () => {
    const form = new FormData()
    form.append('file', new Blob(['a\n1\n']), 'open.csv')
    const refused = [
      await service.send('norah', '/api/v1/datasets', { method: 'POST', body: form }),
      await service.post('norah', '/api/v1/datasets', { url: 'postgres://a:b@127.0.0.1:1/c' }),
      await service.send('norah', '/api/v1/datasets/own', { method: 'DELETE' }),
    ]
    for (const response of refused) {
      expect([response.status, await response.text()]).toEqual([
        403,
        expect.stringContaining('row policies'),
      ])
    }
    expect((await json('norah', '/api/v1/datasets')).body.datasets).toHaveLength(1)
  })
})
