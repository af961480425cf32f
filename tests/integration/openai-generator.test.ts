/** SQL by a model on a server that speaks OpenAI's API: the product on a small shop, the server a stand-in that misbehaves as told. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Allowance } from '../../src/generators/day-meter.js'
import type { Orchestrator } from '../../src/index.js'
import {
  type ChatBody,
  type OpenAiServer,
  type ServerAnswer,
  startOpenAiServer,
} from '../support/openai-server.js'
import {
  answered,
  failed,
  shopFiles,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const key = 'sk-canary-7f3a9b'
const good = 'SELECT city, COUNT(*) AS shops FROM stores GROUP BY city ORDER BY city'
const prices = { 'gpt-': { input: 10, output: 100 } }
const question = 'How many shops does each town have?'
const byOpenAi = { generator: 'openai' } as const
const threeTowns = [
  ['Ashford', 2],
  ['Barrow', 2],
  ['Corby', 2],
]

let home: TemporaryHome
let source: string
let server: OpenAiServer
let shop: Orchestrator
/** What the server answers, by the number of the request since it was told so. */
let respond: (body: ChatBody, number: number) => ServerAnswer
let before = 0

beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
  server = await startOpenAiServer({
    answer: (body, number) => respond(body, number - before),
    key,
  })
  shop = await open({ prices })
})
afterAll(async () => {
  await home.remove()
  await server.close()
})

function open(allowance: Allowance): Promise<Orchestrator> {
  const openai = { baseUrl: server.baseUrl, model: 'gpt-test', key, allowance }
  return home.open({ source, openai, keepConversations: false })
}

/** The first answers in their order, then the last one for good. */
function theServerSays(...answers: readonly ServerAnswer[]): void {
  before = server.requests.length
  respond = (_, number) => answers[Math.min(number, answers.length - 1)] ?? 'silent'
}

const requests = () => server.requests.slice(before)

const statusOf = (orchestrator: Orchestrator, name = 'openai') =>
  orchestrator.generators().find((each) => each.name === name)

describe('a model on a server', () => {
  it('is asked with the schema, and its SQL is checked, run and drawn like any other', async () => {
    theServerSays(`\`\`\`sql\n${good};\n\`\`\``)
    const answer = answered(await shop.process(question, byOpenAi))
    expect([answer.generator, answer.rows]).toEqual(['openai', threeTowns])
    expect(answer.provenance).toMatchObject({ model: 'gpt-test' })
    expect(answer.confidence?.score).toBeLessThan(1)
    const [{ body } = { body: { messages: [] } }] = requests()
    const [instructions, asked] = body.messages
    expect(instructions).toMatchObject({
      role: 'system',
      content: expect.stringMatching(/DuckDB[\s\S]*date_trunc\('month', day\)/),
    })
    expect(asked?.content).toContain('\nstores: store_id int key, store_name, city')
    expect(asked?.content).toContain(`Question: ${question}`)
  })

  it('tells its tokens while it writes', async () => {
    theServerSays({ text: good, tokenDelayMs: 2 })
    const counts: number[] = []
    const read: (number | undefined)[] = []
    await shop.process(question, {
      ...byOpenAi,
      onEvent: (event) => {
        if (event.type !== 'state' || event.progress?.unit !== 'tokens') return
        counts.push(event.progress.done)
        read.push(event.progress.read)
      },
    })
    expect(counts.length).toBeGreaterThan(5)
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    expect(read.at(0)).toBe(0)
    expect(read.at(-1)).toBeGreaterThan(0)
  })

  it('is told what was wrong with its SQL, three times at most', async () => {
    theServerSays('SELECT town FROM stores', good)
    expect(answered(await shop.process(question, byOpenAi)).rows).toEqual(threeTowns)
    const told = requests()[1]?.body.messages[1]?.content
    expect(told).toContain('Your last answer was:\nSELECT town FROM stores\nIt cannot be used:')
    expect(told).toMatch(/"?town"?/)
  })

  it('may leave out joins, which code completes', async () => {
    const joinFree = 'SELECT stores.city, SUM(sales.amount) AS sold GROUP BY stores.city'
    theServerSays(joinFree)
    const answer = answered(await shop.process('What did each town sell?', byOpenAi))
    expect(answer.sql).toMatch(/JOIN/)
    expect(answer.rowCount).toBe(3)
  })

  it('may say that the data holds no answer, and nobody makes one up instead', async () => {
    theServerSays('<think>No weather here.</think>none')
    const answer = failed(await shop.process('How many stores are there?', byOpenAi))
    expect(answer.error.code).toBe('not_understood')
  })

  it('writes nothing but one SELECT that reads, whatever it answers', async () => {
    theServerSays('DROP TABLE stores')
    expect(failed(await shop.process(question, byOpenAi)).error.code).toBe('sql_refused')
  })

  it('stops when the question is cancelled: the request is broken off', async () => {
    theServerSays({ text: 'SELECT '.repeat(2_000), tokenDelayMs: 10 })
    const stop = new AbortController()
    const asked = shop.process(question, {
      ...byOpenAi,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'state' && event.progress) stop.abort()
      },
    })
    expect(failed(await asked).error.code).toBe('cancelled')
    await expect.poll(() => server.open()).toBe(0)
    expect(requests()).toHaveLength(1)
  })

  it('that is busy is asked again when it says', async () => {
    theServerSays({ status: 429, headers: { 'retry-after': '0.1' } }, good)
    const answer = answered(await shop.process(question, byOpenAi))
    expect([answer.generator, answer.warnings]).toEqual(['openai', []])
  })
})

describe('where the model cannot be had', () => {
  const byRules = 'How many stores by city?'
  const failures: readonly (readonly [string, ServerAnswer])[] = [
    ['a refused key', { status: 401, error: { message: `Incorrect API key: ${key}` } }],
    ['an unknown model', { status: 404 }],
    [
      'a quota that is used up',
      { status: 429, error: { code: 'insufficient_quota', message: key } },
    ],
    ['a server that fails', { status: 500, error: { message: `Authorization: Bearer ${key}` } }],
    ['a refused request', { status: 400, error: { message: `bad ${key}` } }],
    ['a cut connection', 'cut'],
    ['a stream that breaks off', { text: 'SELECT', ending: 'cut' }],
    ['a stream of wrong JSON', { text: 'SELECT', ending: 'wrong_json' }],
    ['no JSON at all', { body: `<html>${key}</html>` }],
    ['an answer that was cut', { text: 'SELECT', finish: 'length' }],
  ]

  it.each(failures)('the rules answer, and the answer says why: %s', async (_, failing) => {
    theServerSays(failing)
    const answer = answered(await shop.process(byRules, byOpenAi))
    expect([answer.generator, answer.rowCount]).toEqual(['rules', 3])
    expect(answer.warnings[0]).toMatch(
      /^openai could not be asked: .* rules wrote the SQL instead\.$/,
    )
    expect(JSON.stringify([answer, shop.generators()])).not.toContain(key)
  })

  it('of a question that nobody else reads, its failure is told without the key', async () => {
    theServerSays({ status: 401, error: { message: key } })
    const answer = failed(await shop.process('What is the frobnication index?', byOpenAi))
    expect(answer.error.code).toBe('model_unavailable')
    expect(answer.error.hints[0]).toMatch(/^rules could not write it either:/)
    expect(JSON.stringify(answer)).not.toContain(key)
    expect(statusOf(shop)).toMatchObject({
      ready: false,
      note: "The model's server refuses the key. (401)",
    })
  })

  it('sends the key nowhere but into its header', async () => {
    theServerSays(good)
    answered(await shop.process(question, byOpenAi))
    const [request] = requests()
    expect(request?.headers.authorization).toBe(`Bearer ${key}`)
    expect(JSON.stringify(request?.body)).not.toContain(key)
    const { authorization: _, ...others } = request?.headers ?? {}
    expect(JSON.stringify(others)).not.toContain(key)
  })
})

describe('what it costs', () => {
  it('is counted in requests, tokens and money, and by every process on the home', async () => {
    theServerSays(good)
    const before = statusOf(shop)?.usage ?? { requests: 0, outputTokens: 0 }
    answered(await shop.process(question, byOpenAi))
    await expect.poll(() => statusOf(shop)?.usage?.requests).toBe(before.requests + 1)
    const usage = statusOf(shop)?.usage
    expect(usage?.outputTokens).toBe(before.outputTokens + good.split(' ').length)
    const { inputTokens = 0, outputTokens = 0, money } = usage ?? {}
    expect(money).toBeCloseTo((inputTokens * 10 + outputTokens * 100) / 1e6)
    const [file = ''] = await readdir(join(home.path, 'generators'))
    const lines = (await readFile(join(home.path, 'generators', file), 'utf8')).trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      generator: 'openai',
      model: 'gpt-test',
      ok: true,
    })
  })

  it('is bounded over all processes: beyond the budget of the day nothing is sent', async () => {
    const other = await open({ prices, tokens: 100 })
    await expect.poll(() => statusOf(other)?.usage).toEqual(statusOf(shop)?.usage)
    theServerSays(good)
    const answer = answered(await other.process('How many stores by city?', byOpenAi))
    expect(answer.generator).toBe('rules')
    expect(answer.warnings[0]).toContain('budget')
    expect(requests()).toEqual([])
    expect(statusOf(other)).toMatchObject({ ready: false, budget: { tokens: 100 } })
  })
})

it('without settings it is off, says what to set, and the rules answer', async () => {
  const other = await home.open({ source, openai: undefined, keepConversations: false })
  expect(statusOf(other)).toMatchObject({ ready: false, off: true })
  const answer = answered(await other.process('How many stores by city?', byOpenAi))
  expect(answer.warnings[0]).toContain('PARLEY_OPENAI_KEY')
})
