/** SQL that a client sends: answered as a question is, by the same guard, limits and history, and for its sender alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyedService, keyedService } from '../support/keyed-service.js'
import { endlessSql } from '../support/temporary-product.js'

let service: KeyedService
beforeAll(async () => {
  service = await keyedService({ queryMs: 3_000 })
})
afterAll(() => service.close())

const run = (body: object) => service.post('ada', 'run_sql', body)

describe('SQL that a client sends', () => {
  it('is run as it is, comments and line ends too, without a model', async () => {
    const sql =
      'SELECT city, -- of the shop\n  count(*) AS stores\nFROM stores GROUP BY city ORDER BY city;'
    const { status, body } = await run({ sql })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ok: true,
      question: sql,
      sql: sql.slice(0, -1),
      generator: 'given',
      rows: [
        ['Ashford', 2],
        ['Barrow', 2],
        ['Corby', 2],
      ],
      chartKind: 'bar',
    })
    expect(body.explanation.length).toBeGreaterThan(0)
  })

  it('need not read a table', async () => {
    expect((await run({ sql: 'SELECT 40 + 2 AS answer' })).body).toMatchObject({ rows: [[42]] })
  })

  it('may be longer than a question', async () => {
    const sql = `SELECT count(*) AS n FROM stores WHERE store_id IN (${Array.from({ length: 3_000 }, (_, at) => at).join(', ')})`
    expect((await run({ sql })).body).toMatchObject({ ok: true, rows: [[6]] })
  })

  it('stays in the history of its sender, and of nobody else', async () => {
    const first = (await run({ sql: 'SELECT count(*) AS n FROM stores' })).body
    const { conversationId } = first
    const second = (await run({ sql: 'SELECT 1 AS n', conversation_id: conversationId })).body
    expect(second.conversationId).toBe(conversationId)
    const kept = await service.send('ada', `conversations/${conversationId}`)
    expect(JSON.parse(await kept.text()).turns).toMatchObject([{ id: first.id }, { id: second.id }])
    expect((await service.send('bob', `conversations/${conversationId}`)).status).toBe(404)
  })

  it('is streamed to whoever wants events', async () => {
    const sql = 'SELECT count(*) AS n FROM stores'
    const response = await service.send('ada', 'run_sql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify({ sql }),
    })
    const text = await response.text()
    const types = [...text.matchAll(/^event: (\w+)$/gm)].map(([, type]) => type)
    expect(types[0]).toBe('message_start')
    expect(types).toEqual(expect.arrayContaining(['sql', 'data', 'chart', 'text_delta']))
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
  })

  it.each([
    ['DROP TABLE stores', 'sql_refused'],
    ['SELECT 1; SELECT 2', 'sql_refused'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'sql_refused'],
    ["COPY stores TO '/tmp/x.csv'", 'sql_refused'],
    ['SELECT * FROM information_schema.tables', 'sql_refused'],
    ['SELECT no_such_column FROM stores', 'sql_invalid'],
    ['Total sales by city', 'sql_invalid'],
    [endlessSql, 'sql_timeout'],
  ])('is not run when it is "%s"', async (sql, code) => {
    const { status, body } = await run({ sql })
    expect(status).toBe(200)
    expect(body).toMatchObject({ ok: false, error: { code } })
  })

  it.each([
    [{}],
    [{ sql: '' }],
    [{ sql: '  ' }],
    [{ sql: 1 }],
    [{ sql: 'SELECT \u0000 1' }],
    [{ sql: `SELECT '${'x'.repeat(20_000)}'` }],
    [{ sql: 'SELECT 1', message: 'and this' }],
    [{ sql: 'SELECT 1', generator: 'local' }],
    [{ sql: 'SELECT 1', conversation_id: '../x' }],
    [{ sql: 'SELECT 1', dataset: 'nowhere' }],
  ])('is refused at the door in the form %j', async (body) => {
    expect(await run(body)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    })
  })
})
