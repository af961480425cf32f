/** What goes over the wire to a model on another machine: names and types, and not one stored value, unless that is allowed. */
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import type { Orchestrator } from '../../src/index.js'
import {
  type OpenAiServer,
  type ServerAnswer,
  startOpenAiServer,
} from '../support/openai-server.js'
import { answered, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

/** Every cell and every description has one of these; numbers and dates are odd enough to be told apart. */
const canary = /canary|kanarie|73519|2031|lösch/i
const statements = [
  "CREATE TYPE mood AS ENUM ('Canary-Calm', 'Canary-Cross')",
  'CREATE TABLE harbours (harbour_id INTEGER PRIMARY KEY, harbour_name VARCHAR, mood mood)',
  `CREATE TABLE ships (ship_id INTEGER PRIMARY KEY, ship_name VARCHAR, harbour_id INTEGER REFERENCES harbours(harbour_id),
     tonnage INTEGER, tariff VARCHAR, arrived DATE)`,
  "INSERT INTO harbours VALUES (735191, 'Canary Löschkai', 'Canary-Calm'), (735192, 'Kanarie', 'Canary-Cross')",
  `INSERT INTO ships SELECT 7351900 + i, 'Canary ' || i, 735191 + i % 2, 73519 * i, 'canary-' || i % 3,
     DATE '2031-03-01' + CAST(i AS INTEGER) FROM range(1, 25) AS numbers(i)`,
  "COMMENT ON TABLE ships IS 'Canary ships, 73519 in all'",
  "COMMENT ON COLUMN ships.tonnage IS 'Canary weight'",
]

let home: TemporaryHome
let server: OpenAiServer
let guarded: Orchestrator
let open: Orchestrator
let answers: ServerAnswer[] = []

beforeAll(async () => {
  home = await temporaryHome()
  const source = join(home.path, 'ships.duckdb')
  await writeDatabaseFile(source, async (connection) => {
    for (const statement of statements) await connection.run(statement)
  })
  server = await startOpenAiServer({
    answer: () => answers.shift() ?? 'SELECT count(*) AS n FROM ships',
  })
  const openai = { baseUrl: server.baseUrl, model: 'far-away' }
  guarded = await home.open({ source, openai })
  open = await home.open({ source, openai, remoteData: 'values' })
  const handbook = guarded.handbook()
  await handbook.describe({ table: 'ships', column: 'tariff' }, 'canary rate, Kanarie fee')
  await handbook.describe({ table: 'harbours' }, 'Canary quays')
  await handbook.keepTerm({
    synonyms: [],
    term: 'heavy',
    table: 'ships',
    expression: 'sum(ships.tonnage)',
  })
  await handbook.keepTerm({
    synonyms: [],
    term: 'calm',
    table: 'harbours',
    column: 'mood',
    value: 'Canary-Calm',
  })
  const notebook = guarded.notebook()
  await notebook.approve({
    question: 'How many ships pay canary-1?',
    sql: "SELECT count(*) AS n FROM ships WHERE tariff = 'canary-1'",
  })
})
afterAll(async () => {
  await home.remove()
  await server.close()
})
beforeEach(() => {
  answers = []
  server.requests.length = 0
})

const byModel = { generator: 'openai' } as const
const wire = () => JSON.stringify(server.requests)

describe('told the schema alone, a model on a server', () => {
  it('gets names, types and keys', async () => {
    answered(await guarded.process('How many ships are there by tariff?', byModel))
    expect(wire()).toContain('ships: ship_id int key, ship_name, harbour_id int -> harbours')
    expect(wire()).not.toMatch(canary)
  })

  it('gets none of the values that a question comes near, and its SQL finds them all the same', async () => {
    answers = [
      "SELECT count(*) AS n FROM ships JOIN harbours USING (harbour_id) WHERE harbour_name = 'KANARIE'",
    ]
    const question = 'How many ships lie at KANARIE?'
    const answer = answered(await guarded.process(question, byModel))
    expect(answer.sql).toContain("'Kanarie'")
    expect(answer.rows).toEqual([[12]])
    expect(wire().replaceAll(/kanarie\?/gi, '')).not.toMatch(canary)
    expect(wire()).toContain(question)
  })

  it('does not learn the newest day: dates that count from it are filled in here', async () => {
    answers = ["SELECT count(*) AS n FROM ships WHERE arrived > DATE '{today}' - INTERVAL 3 DAY"]
    const answer = answered(await guarded.process('Ships that arrived in the last 3 days', byModel))
    expect(answer.sql).toContain("'2031-03-25'")
    expect(answer.rows).toEqual([[3]])
    expect(wire()).not.toMatch(canary)
  })

  it('gets a follow-up in the words of the user, not in the spelling of the data', async () => {
    answers = [
      "SELECT sum(tonnage) AS t FROM ships JOIN harbours USING (harbour_id) WHERE mood = 'calm'",
    ]
    const first = answered(
      await guarded.process('Total tonnage of ships with calm harbours', byModel),
    )
    const { conversationId } = first
    const second = await guarded.process('and how many ships?', { ...byModel, conversationId })
    expect(second.ok).toBe(true)
    const asked = server.requests.at(-1)?.body.messages.at(-1)?.content
    expect(asked).toContain(
      'Earlier question: Total tonnage of ships with calm harbours\nQuestion: and how many ships?',
    )
    expect(wire()).not.toMatch(canary)
  })

  it.each([
    [
      'that the engine quotes while it runs',
      'SELECT sum(CAST(ship_name AS INTEGER)) AS n FROM ships',
    ],
    [
      'that stands in SQL as it was filled in',
      "SELECT harbour_nme FROM harbours WHERE harbour_name = 'KANARIE'",
    ],
  ])('is not told a value %s', async (_, wrong) => {
    answers = [wrong]
    await guarded.process('How many ships lie at KANARIE?', byModel)
    const told = JSON.stringify(server.requests.slice(1))
    expect(told).toContain('It cannot be used:')
    expect(told.replaceAll(/kanarie/gi, (word) => (word === 'KANARIE' ? '' : word))).not.toMatch(
      canary,
    )
  })

  it('is not told what another generator wrote, which may hold values', async () => {
    answers = Array.from({ length: 3 }, () => ({ status: 400 }))
    await guarded.process('Ships of tariff canary-2 by harbour name', byModel)
    expect(wire().replaceAll('canary-2', '')).not.toMatch(canary)
  })
})

it('where values are allowed, they are told: kinds, what a question names, notes, approved SQL, the newest day', async () => {
  answered(await open.process('How many ships pay canary-2?', byModel))
  const said = wire()
  for (const value of [
    'tariff (canary-0',
    'ships.tariff = ',
    'Canary weight',
    "tariff = 'canary-1'",
    '2031-03-25',
  ]) {
    expect(said).toContain(value)
  }
})
