/** What is kept, run again over HTTP: charts of an answer, for the one who asked and for nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyedService, keyedService } from '../support/keyed-service.js'
import { endlessSql } from '../support/temporary-product.js'

let service: KeyedService

beforeAll(async () => {
  service = await keyedService({ queryMs: 2_000 })
}, 60_000)
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
