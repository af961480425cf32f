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

describe('documents, terms and the file of all knowledge', () => {
  const docs = '/api/v1/knowledge/docs'
  const terms = '/api/v1/knowledge/terms'
  const file = '/api/v1/knowledge/file'
  const send = async (user: string, path: string, body: object, method = 'POST') => {
    const response = await service.post(user, path, body, method)
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  it('are shared by users of one policy, and hidden from those of another', async () => {
    const document = { title: 'Zephyr', text: 'Stores of Quillon are named after winds.' }
    const kept = await send('norah', docs, document)
    const term = { term: 'windy', table: 'stores', column: 'city', value: 'Quillon' }
    const explained = await send('norah', terms, { ...term, synonyms: ['breezy'] })
    expect([kept.status, explained.status]).toEqual([201, 201])
    expect((await json('nils', docs)).body.docs).toEqual([kept.body])
    expect((await json('nils', terms)).body.terms).toEqual([explained.body])
    expect(await service.read('nils', file)).toContain('breezy')
    expect(await service.read('nils', '/api/v1/complete?text=bree')).toContain('breezy')
    for (const path of [docs, terms, file, '/api/v1/schema', '/api/v1/complete?text=bree']) {
      for (const user of ['sam', 'una', undefined]) {
        const read = await service.read(user, path)
        expect(read, path).not.toMatch(/windy|breezy|winds|Zephyr|Quillon/)
      }
    }
    const one = `${docs}/${kept.body.id}`
    expect((await send('sam', one, document, 'PUT')).status).toBe(404)
    expect((await service.send('sam', one, { method: 'DELETE' })).status).toBe(404)
    const other = `${terms}/${explained.body.id}`
    expect((await send('sam', other, { ...term, value: 'Fennimore' }, 'PUT')).status).toBe(404)
    expect((await send('nils', one, { ...document, title: 'Wind' }, 'PUT')).body.title).toBe('Wind')
    expect((await service.send('nils', one, { method: 'DELETE' })).status).toBe(204)
    expect((await service.send('nils', other, { method: 'DELETE' })).status).toBe(204)
  })

  it('speak of no table that the caller may not see', async () => {
    const pay = { term: 'wages', table: 'payroll', expression: 'sum(pay)' }
    expect((await send('sam', terms, pay)).status).toBe(404)
    const around = { ...pay, table: 'stores', expression: '(SELECT sum(pay) FROM payroll)' }
    expect((await send('sam', terms, around)).status).toBe(400)
    const body = { parley: 1, sql_pairs: [{ question: 'Pay?', sql: 'SELECT * FROM payroll' }] }
    const refused = await send('sam', file, body)
    expect([refused.status, refused.body.error.hints]).toEqual([
      400,
      [expect.stringContaining('sql_pairs.0')],
    ])
    expect((await json('sam', terms)).body.terms).toEqual([])
  })

  it('go out and in as a file', async () => {
    await send('norah', docs, { title: 'Winds', text: 'They blow.' })
    const written = await service.send('norah', file)
    expect(written.headers.get('content-type')).toContain('yaml')
    const text = await written.text()
    const taken = await service.send('sam', file, {
      method: 'POST',
      headers: { 'Content-Type': 'application/yaml' },
      body: text,
    })
    expect(await taken.json()).toEqual({ descriptions: 0, docs: 1, terms: 0, sqlPairs: 0 })
    expect((await json('sam', docs)).body.docs).toMatchObject([{ title: 'Winds' }])
  })

  it.each([
    [docs, {}, 400],
    [docs, { title: 'a', text: 'x'.repeat(8_001) }, 400],
    [terms, { term: 'a', table: 'stores' }, 400],
    [terms, { term: 'a', table: 'stores', column: 'city', expression: 'sum(1)' }, 400],
    [terms, { term: 'a', table: 'stores', expression: 'sum(1', value: 'b' }, 400],
    [file, { parley: 1, docs: 'none' }, 400],
    [`${docs}/none`, { title: 'a', text: 'b' }, 404],
  ])('are refused at %s in the form %j', async (path, body, status) => {
    const method = path.endsWith('none') ? 'PUT' : 'POST'
    const refused = await send('norah', path, body, method)
    expect([refused.status, Object.keys(refused.body)]).toEqual([status, ['error']])
  })

  it('are refused as a file of another type or size', async () => {
    const post = (type: string, body: string) =>
      service.send('norah', file, { method: 'POST', headers: { 'Content-Type': type }, body })
    expect((await post('application/zip', 'PK')).status).toBe(415)
    expect((await post('application/yaml', '#'.repeat(10_000_001))).status).toBe(413)
  })
})
