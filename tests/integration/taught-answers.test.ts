/** What a user teaches changes the answer, says so, outlives a restart, and moves to another home as a file. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RealService, realService } from '../support/real-service.js'
import { scriptedModel } from '../support/scripted-model.js'
import { type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

/** Names that tell nothing. */
const rowsOfTables = [11, 12, 13]
const files = Object.fromEntries(
  rowsOfTables.map((rows, at) => {
    const lines = Array.from({ length: rows }, (_, row) => `${row + 1},${(row + 1) * 10}`)
    return [`till/t${at}.csv`, `t${at}_id,w${at}\n${lines.join('\n')}\n`]
  }),
)

const model = scriptedModel(() => 'select count(*) from t0')

let source: string
let home: TemporaryHome
let elsewhere: TemporaryHome
let service: RealService

beforeAll(async () => {
  home = await temporaryHome()
  elsewhere = await temporaryHome()
  source = await home.write(files)
  service = await realService({ home: home.path, source, model })
}, 120_000)
afterAll(async () => {
  await service?.close()
  await home?.remove()
  await elsewhere?.remove()
})

interface Told {
  readonly generator?: string
  readonly provenance?: { readonly documents: readonly object[] }
}

async function send(path: string, body: object | string, type = 'application/json') {
  const response = await fetch(`${service.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Told }
}

const ask = async (message: string, generator = 'auto') =>
  (await send('chat', { message, generator })).body

const members = 'How many members does the loyalty club have?'
const takings = 'total takings'
const regulars = 'How many regulars are there?'

const note = expect.objectContaining({ id: expect.stringMatching(/^note:/) })

/** The document is looked up, the term understood, the pair used and said to be one. */
async function expectTaught() {
  expect((await ask(members, 'local')).provenance?.documents).toContainEqual(note)
  expect(await ask(takings, 'rules')).toMatchObject({
    ok: true,
    rows: [[910]],
    sql: expect.stringContaining('w2'),
  })
  expect(await ask(regulars)).toMatchObject({
    generator: 'approved',
    rows: [[3]],
    provenance: { approvedPair: { approvedBy: '' } },
  })
}

describe('before it is taught', () => {
  it('knows nothing of it', async () => {
    expect((await ask(members, 'local')).provenance?.documents).not.toContainEqual(note)
    expect(await ask(takings, 'rules')).toMatchObject({ ok: false })
    expect((await ask(regulars)).generator).not.toBe('approved')
  })
})

describe('what is taught', () => {
  it('changes the answers that it is about', async () => {
    const taught = [
      await send('knowledge/docs', {
        title: 'Loyalty club',
        text: 'Members of the loyalty club have one row each in t1.',
      }),
      await send('knowledge/terms', { term: 'takings', table: 't2', column: 'w2' }),
      await send('knowledge/sql_pairs', {
        question: regulars,
        sql: 'SELECT count(*) AS regulars FROM t0 WHERE w0 > 80',
      }),
    ]
    expect(taught.map(({ status }) => status)).toEqual([201, 201, 201])
    await expectTaught()
  })

  it('sticks through a restart', async () => {
    await service.close()
    service = await realService({ home: home.path, source, model })
    await expectTaught()
  })

  it('goes to another home as a file', async () => {
    const file = await (await fetch(`${service.url}/api/v1/knowledge/file`)).text()
    await service.close()
    service = await realService({ home: elsewhere.path, source, model })
    expect((await ask(members, 'local')).provenance?.documents).not.toContainEqual(note)
    expect(await send('knowledge/file', file, 'application/yaml')).toEqual({
      status: 200,
      body: { descriptions: 0, docs: 1, terms: 1, sqlPairs: 1 },
    })
    await expectTaught()
  })
})
