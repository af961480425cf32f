/** What may be looked up without a question: what SQL would do, and what is known of some words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyedService, keyedService } from '../support/keyed-service.js'

let service: KeyedService
beforeAll(async () => {
  service = await keyedService()
})
afterAll(() => service.close())

async function search(query: string) {
  const response = await service.send('ada', `knowledge/search?${query}`)
  return { status: response.status, body: JSON.parse(await response.text()) }
}

describe('SQL', () => {
  it('is explained step by step, and not run', async () => {
    const sql = 'SELECT city, count(*) AS n FROM stores GROUP BY city'
    const { status, body } = await service.post('ada', 'explain', { sql })
    expect(status).toBe(200)
    expect(body).toMatchObject({ ok: true })
    expect(body.explanation.join(' ')).toMatch(/stores.*city/)
    const kept = await service.send('ada', 'conversations')
    expect(JSON.parse(await kept.text()).conversations).toEqual([])
  })

  it.each([
    ['DROP TABLE stores', 'sql_refused'],
    ['SELECT nothing FROM stores', 'sql_invalid'],
  ])('that may not run is told why: "%s"', async (sql, code) => {
    const { body } = await service.post('ada', 'explain', { sql })
    expect(body).toMatchObject({ ok: false, failure: { code } })
  })
})

describe('a search for knowledge', () => {
  it('finds what belongs to the words, as many as are wanted', async () => {
    const { status, body } = await search('text=sales%20of%20a%20store&limit=3')
    expect(status).toBe(200)
    expect(body.documents.length).toBeGreaterThan(0)
    expect(body.documents.length).toBeLessThanOrEqual(3)
    expect(body.documents[0]).toMatchObject({ text: expect.any(String), score: expect.any(Number) })
  })

  it.each([
    '',
    'text=',
    `text=${'x'.repeat(2_001)}`,
    'text=a&limit=0',
    'text=a&limit=21',
    'text=a&text=b',
  ])('is refused for "%s"', async (query) => {
    expect(await search(query)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    })
  })
})
