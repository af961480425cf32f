/** What is kept, run again over HTTP: charts and files of an answer, and cards, for the one who asked and for nobody else. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyedService, keyedService } from '../support/keyed-service.js'
import { endlessSql } from '../support/temporary-product.js'

let service: KeyedService

beforeAll(async () => {
  service = await keyedService()
})
afterAll(() => service.close())

async function answerTo(sql: string) {
  const { status, body } = await service.post('ada', 'run_sql', { sql })
  expect([status, body.ok]).toEqual([200, true])
  return body
}

describe('a chart of an answer', () => {
  const byCity = 'SELECT city, count(*) AS stores FROM stores GROUP BY city ORDER BY city'

  it('is drawn in each kind that the answer lists', async () => {
    const answer = await answerTo(byCity)
    expect(answer.chartKinds).toEqual(['bar', 'pie', 'table'])
    for (const kind of answer.chartKinds) {
      const drawn = await service.post('ada', 'chart', { answer_id: answer.id, kind })
      expect(drawn).toMatchObject({ status: 200, body: { kind, warnings: [] } })
      expect(drawn.body.figure.data).toHaveLength(1)
    }
    const { body } = await service.post('ada', 'chart', { answer_id: answer.id, kind: 'bar' })
    expect(body.figure).toEqual(answer.figure)
  })

  it('is not drawn in a kind that does not fit, which says those that do', async () => {
    const { id } = await answerTo(byCity)
    expect(await service.post('ada', 'chart', { answer_id: id, kind: 'line' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', hints: ['bar', 'pie', 'table'] } },
    })
  })

  it("is nobody else's", async () => {
    const { id } = await answerTo(byCity)
    expect(await service.post('bob', 'chart', { answer_id: id, kind: 'bar' })).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    })
  })

  it('is not there for an answer without SQL that ran', async () => {
    const failed = await service.post('ada', 'run_sql', { sql: endlessSql })
    expect(failed.body).toMatchObject({ ok: false, error: { code: 'sql_timeout' } })
    const talk = await service.post('ada', 'chat', { message: 'hello' })
    for (const answer_id of [failed.body.id, talk.body.id, 'no-such-answer']) {
      expect((await service.post('ada', 'chart', { answer_id, kind: 'bar' })).status).toBe(404)
    }
  })

  it.each([
    [{}],
    [{ answer_id: 'a' }],
    [{ answer_id: 'a', kind: 'surface' }],
    [{ answer_id: '../a', kind: 'bar' }],
    [{ answer_id: 'a', kind: 'bar', figure: {} }],
    [{ answer_id: 'a', kind: 'bar', sql: 'SELECT 1' }],
  ])('is refused in the form %j', async (body) => {
    expect(await service.post('ada', 'chart', body)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    })
  })
})

describe('a file of an answer', () => {
  const everySale = 'SELECT sale_id, sold_on, amount FROM sales ORDER BY sale_id'

  it('has every row, not only those that are shown, in each format', async () => {
    const answer = await answerTo(everySale)
    expect(answer).toMatchObject({ rowCount: 1_000, truncated: true })
    for (const format of ['csv', 'parquet', 'xlsx', 'json']) {
      const response = await service.send('ada', `export/${answer.id}.${format}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('x-parley-rows')).toBe('1200')
      expect(response.headers.get('x-parley-cut')).toBeNull()
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename=select-sale-id-sold-on-amount-from-sales-order-by-sale-id.${format}`,
      )
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(bytes).toHaveLength(Number(response.headers.get('content-length')))
      if (format === 'csv') expect(bytes.toString().trim().split('\n')).toHaveLength(1_201)
      if (format === 'json') expect(JSON.parse(bytes.toString())).toHaveLength(1_200)
    }
    await expect.poll(leftFolders).toEqual([])
  })

  it('is named after the question, whatever that holds', async () => {
    const sql = `SELECT '../../etc/passwd' AS "x\r\n: y" FROM stores`
    const { id } = await answerTo(sql)
    const response = await service.send('ada', `export/${id}.csv`)
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename=select-etc-passwd-as-x-y-from-stores.csv',
    )
  })

  it("is nobody else's, and of no answer without SQL that ran", async () => {
    const { id } = await answerTo(everySale)
    expect((await service.send('bob', `export/${id}.csv`)).status).toBe(404)
    const talk = await service.post('ada', 'chat', { message: 'hello' })
    expect((await service.send('ada', `export/${talk.body.id}.csv`)).status).toBe(404)
  })

  it.each([
    'x.csv',
    'x.exe',
    'x.constructor',
    'x',
    '..%2f..%2fx.csv',
    'x.csv%00.png',
    'x.csv/..',
    '.csv',
  ])('is not made of %s', async (path) => {
    const response = await service.send('ada', `export/${path}`)
    expect([400, 404]).toContain(response.status)
    expect(await response.json()).toHaveProperty('error')
  })

  it('stops being made when its client hangs up', async () => {
    const slow = await answerTo(`${everySale} LIMIT 1`)
    const gone = service.send('ada', `export/${slow.id}.xlsx`, { signal: AbortSignal.timeout(100) })
    await expect(gone).rejects.toThrow()
    await expect.poll(leftFolders).toEqual([])
  })
})

function leftFolders(): Promise<readonly string[]> {
  return readdir(join(service.home, 'exports')).catch(() => [])
}

describe('a card', () => {
  const perMonth =
    "SELECT date_trunc('month', sold_on) AS month, sum(amount) AS total FROM sales GROUP BY 1 ORDER BY 1"
  const layout = { x: 1, y: 2, width: 3, height: 4 }

  async function pin(sql: string, rest: object = {}) {
    const { status, body } = await service.post('ada', 'cards', { title: 'Sales', sql, ...rest })
    expect(status).toBe(201)
    return body
  }
  const run = (id: string, body: object = {}, who: 'ada' | 'bob' = 'ada') =>
    service.post(who, `cards/${id}/run`, body)

  it('runs again as it was pinned, and stays where it lies', async () => {
    const card = await pin(perMonth, { chart_kind: 'bar', layout })
    const { status, body } = await run(card.id)
    expect(status).toBe(200)
    expect(body).toMatchObject({ sql: perMonth, chartKind: 'bar', filters: [], truncated: false })
    expect(body.rowCount).toBe(20)
    expect(body.chartKinds).toEqual(['bar', 'line', 'area', 'table'])
    expect(body.figure.data[0].type).toBe('bar')
    expect(Math.abs(Date.now() - Date.parse(body.ranAt))).toBeLessThan(60_000)
    const listed = await (await service.send('ada', 'cards')).json()
    expect(listed).toMatchObject({ cards: expect.arrayContaining([{ ...card, layout }]) })
  })

  it('counts the days and values that are asked for', async () => {
    const card = await pin('SELECT count(*) AS n FROM sales JOIN stores USING (store_id)')
    const whole = (await run(card.id)).body.rows[0][0]
    const asked = { from: '2023-02-01', to: '2023-02-28' }
    const month = (await run(card.id, asked)).body
    expect(month.rows).toEqual([[56]])
    expect(month.filters).toEqual([{ filter: 'date', columns: ['sales.sold_on'] }])
    const corby = { filters: [{ column: 'city', values: ['Corby'] }] }
    expect((await run(card.id, corby)).body.rows).toEqual([[whole / 3]])
    const both = (await run(card.id, { ...asked, ...corby })).body
    expect(both.rows[0][0]).toBeGreaterThan(0)
    expect(both.rows[0][0]).toBeLessThan(56)
  })

  it('says of a filter that it does not apply, and shows all the same', async () => {
    const card = await pin('SELECT count(*) AS n FROM stores')
    const { status, body } = await run(card.id, { from: '2024-01-01' })
    expect([status, body.rows]).toEqual([200, [[6]]])
    const reason = 'There is no date in stores.'
    expect(body.filters).toEqual([{ filter: 'date', columns: [], reason }])
  })

  it("is nobody else's, and neither is one that is not there", async () => {
    const { id } = await pin(perMonth)
    expect((await run(id, {}, 'bob')).status).toBe(404)
    expect((await run('no-such-card')).status).toBe(404)
  })

  it('whose SQL takes too long says so', async () => {
    const { id } = await pin(endlessSql)
    expect(await run(id)).toMatchObject({ status: 422, body: { error: { code: 'not_run' } } })
  })

  it.each([
    [{ from: '2024-13-01' }],
    [{ from: '2024-02-01', to: '2024-01-01' }],
    [{ from: "2024-01-01' OR 1=1 --" }],
    [{ filters: [{ column: 'city' }] }],
    [{ filters: [{ column: 'city', values: [] }] }],
    [{ filters: [{ column: 'city', values: [{ a: 1 }] }] }],
    [{ filters: {} }],
    [{ sql: 'SELECT 1' }],
    [{ layout }],
  ])('is not run with %j', async (body) => {
    const { id } = await pin(perMonth)
    expect(await run(id, body)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    })
  })
})
