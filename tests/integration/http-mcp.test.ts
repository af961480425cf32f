/** The official client of the Model Context Protocol against the whole service, over streamable HTTP. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { CallToolResult, ReadResourceResult } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../src/key-file.js'
import {
  type PolicedService,
  policedService,
  tellsOfNorth,
  tellsOfSouth,
  usualPolicies,
} from '../support/policed-service.js'
import { type RealService, realService } from '../support/real-service.js'
import { type SlowModel, slowModel } from '../support/slow-model.js'
import {
  endlessSql,
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

const total = 'Total sales amount in 2023'
const clients: Client[] = []

function connect(url: string, token?: string) {
  return connectBy(url, (address, init) => {
    const headers = new Headers(init?.headers)
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
    return fetch(address, { ...init, headers })
  })
}

async function connectBy(
  url: string,
  send: (address: string | URL, init?: RequestInit) => Promise<Response>,
) {
  const client = new Client({ name: 'test', version: '1' })
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), { fetch: send })
  await client.connect(transport)
  clients.push(client)
  return { client, transport }
}

async function call(client: Client, name: string, input: Record<string, unknown>) {
  const result = (await client.callTool({ name, arguments: input })) as CallToolResult
  const [first] = result.content
  const text = first?.type === 'text' ? first.text : ''
  // biome-ignore lint/suspicious/noExplicitAny: what a tool gives is looked into freely.
  return { isError: result.isError ?? false, text, data: result.structuredContent as any }
}

function textOf({ contents }: ReadResourceResult): string {
  const [first] = contents
  return first && 'text' in first ? first.text : ''
}

let home: TemporaryHome
let service: RealService
let model: SlowModel
let client: Client

beforeAll(async () => {
  home = await temporaryHome()
  model = slowModel('select stores.store_name order by stores.store_id limit 1', 60_000)
  const source = await home.write(shopFiles)
  service = await realService({ home: home.path, source, model })
  ;({ client } = await connect(service.url))
})
afterAll(async () => {
  await Promise.all(clients.map((each) => each.close()))
  await service.close()
  await home.remove()
})

describe('the tools', () => {
  it('are five, described, with schemas of what they take and give', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'ask',
      'describe_schema',
      'explain_sql',
      'run_sql',
      'search_knowledge',
    ])
    for (const tool of tools) {
      expect(tool.description?.length).toBeGreaterThan(80)
      expect(tool.outputSchema?.type).toBe('object')
      expect(tool.annotations).toMatchObject({ readOnlyHint: true })
    }
    expect(client.getInstructions()).toContain('describe_schema')
  })

  it('answer a question, and a follow-up in its conversation', async () => {
    const first = await call(client, 'ask', { question: total })
    expect(first).toMatchObject({ isError: false, data: { ok: true, rows: [[shopSales(2023)]] } })
    expect(first.text).toContain('```sql')
    const { conversation_id } = first.data
    const next = await call(client, 'ask', { question: 'And in 2024?', conversation_id })
    expect(next.data).toMatchObject({ conversation_id, rows: [[shopSales(2024)]] })
  })

  it('ask back, and take the choice', async () => {
    const question = 'Total sales amount by city'
    const { data } = await call(client, 'ask', { question, generator: 'rules' })
    const [choice] = data.clarification.choices
    const { conversation_id } = data
    const next = await call(client, 'ask', { question: choice.value, conversation_id })
    expect(next.data.rows.length).toBeGreaterThan(1)
  })

  it('run SQL, and refuse what is more than one SELECT', async () => {
    const ran = await call(client, 'run_sql', { sql: 'SELECT count(*) AS n FROM stores' })
    expect(ran.data).toMatchObject({ ok: true, columns: [{ name: 'n' }], rows: [[6]] })
    const refused = await call(client, 'run_sql', { sql: 'DROP TABLE stores' })
    expect(refused).toMatchObject({ isError: true, data: { error: { code: 'sql_refused' } } })
    const all = await call(client, 'run_sql', { sql: 'SELECT * FROM sales' })
    expect(all.data).toMatchObject({ row_count: expect.any(Number) })
    expect(all.data.rows).toHaveLength(100)
    expect(all.data.row_count).toBeGreaterThan(100)
  })

  it('describe all tables in brief, and those that are named with their values', async () => {
    const { data } = await call(client, 'describe_schema', {})
    expect(data.tables.map(({ name }: { name: string }) => name).sort()).toEqual([
      'customers',
      'sales',
      'stores',
    ])
    expect(data).toMatchObject({ dataset: 'own', dialect: 'duckdb', left_out: 0 })
    expect(data.relationships).toContainEqual({ from: 'sales.store_id', to: 'stores.store_id' })
    const named = await call(client, 'describe_schema', { tables: ['STORES'] })
    expect(named.data.tables).toHaveLength(1)
    expect(JSON.stringify(named.data.tables)).toContain('Ashford')
    const none = await call(client, 'describe_schema', { tables: ['nothing'] })
    expect(none).toMatchObject({ isError: true, text: expect.stringContaining('nothing') })
  })

  it('explain SQL without running it, and search what is known', async () => {
    const explained = await call(client, 'explain_sql', { sql: endlessSql })
    expect(explained.data).toMatchObject({ ok: true })
    expect(explained.data.explanation[0]).toBe('Read sales as a.')
    const wrong = await call(client, 'explain_sql', { sql: 'SELECT nothing FROM stores' })
    expect(wrong.data).toMatchObject({ ok: false, error: { code: 'sql_invalid' } })
    const found = await call(client, 'search_knowledge', { query: 'sales of a store', limit: 2 })
    expect(found.data.documents).toHaveLength(2)
  })

  it.each([
    ['ask', { question: total, dataset: 'nowhere' }, /dataset/],
    ['ask', { question: total, generator: 'gpt-9' }, /generator[\s\S]*rules/],
    [
      'ask',
      { question: 'What is the weather in Paris?', generator: 'rules' },
      /weather[\s\S]*Questions that will work/,
    ],
    ['ask', { question: '' }, /question/],
    ['ask', { question: total, conversation_id: '../x' }, /conversation_id/],
    ['run_sql', {}, /sql/],
    ['search_knowledge', { query: 'a', limit: 1_000 }, /limit/],
  ])('tell the model what is wrong: %s %j', async (name, input, reason) => {
    const { isError, text } = await call(client, name, input)
    expect(isError).toBe(true)
    expect(text).toMatch(reason)
    expect(text).not.toMatch(/node_modules|\bat \S+:\d+/)
  })
})

describe('a question under way', () => {
  const byModel = {
    name: 'ask',
    arguments: { question: 'Which store has most?', generator: 'local' },
  }

  it('tells its progress, and a cancel reaches the model', async () => {
    const before = model.count.begun
    const steps: (string | undefined)[] = []
    const leaving = new AbortController()
    const asking = client.callTool(byModel, undefined, {
      signal: leaving.signal,
      onprogress: ({ message }) => void steps.push(message),
    })
    asking.catch(() => undefined)
    await expect.poll(() => model.count.begun).toBe(before + 1)
    await expect.poll(() => steps.length).toBeGreaterThan(2)
    const { stopped } = model.count
    leaving.abort()
    await expect(asking).rejects.toThrow()
    await expect.poll(() => model.count.stopped).toBe(stopped + 1)
  })

  it('is cancelled when its client ends the session', async () => {
    const { client: leaving, transport } = await connect(service.url)
    const before = { ...model.count }
    const asking = leaving.callTool(byModel)
    asking.catch(() => undefined)
    await expect.poll(() => model.count.begun).toBe(before.begun + 1)
    await transport.terminateSession()
    await expect.poll(() => model.count.stopped).toBe(before.stopped + 1)
    await leaving.close()
  })

  it('is cancelled when its client hangs up', async () => {
    const { client: leaving } = await connect(service.url)
    const before = { ...model.count }
    const asking = leaving.callTool(byModel)
    asking.catch(() => undefined)
    await expect.poll(() => model.count.begun).toBe(before.begun + 1)
    await leaving.close()
    await expect.poll(() => model.count.stopped).toBe(before.stopped + 1)
  })
})

describe('the resources', () => {
  it('are tables, with what they hold', async () => {
    const { resources } = await client.listResources()
    const uri = 'parley://own/tables/stores'
    expect(resources).toContainEqual(expect.objectContaining({ uri, name: 'stores' }))
    const table = JSON.parse(textOf(await client.readResource({ uri })))
    expect(table).toMatchObject({ name: 'stores', row_count: 6 })
  })

  it('are answers, with all of their result', async () => {
    const sql = 'SELECT sale_id, amount FROM sales ORDER BY sale_id'
    const { data } = await call(client, 'run_sql', { sql })
    const uri = `parley://own/answers/${data.answer_id}`
    const { resources } = await client.listResources()
    expect(resources).toContainEqual(expect.objectContaining({ uri, mimeType: 'text/csv' }))
    const csv = textOf(await client.readResource({ uri }))
    expect(csv.trim().split('\n')).toHaveLength(1_201)
  })

  it.each([
    'parley://own/tables/nothing',
    'parley://own/tables/..%2f..%2fetc%2fpasswd',
    'parley://own/tables/%zz',
    'parley://own/answers/unknown',
    'parley://nowhere/tables/stores',
    'file:///etc/passwd',
  ])('that are none are refused: %s', async (uri) => {
    const reading = client.readResource({ uri })
    await expect(reading).rejects.toThrow(/^(?!.*root:)/)
    await expect(reading).rejects.not.toThrow(/node_modules/)
  })
})

describe('keys', () => {
  it('are needed as everywhere, and a session is its own key’s alone', async () => {
    const own = await temporaryHome()
    const source = await own.write(shopFiles)
    const store = openKeyStore(own.path)
    const tokens: Record<string, string> = {}
    for (const name of ['ada', 'bob']) {
      const created = await store.create(name, 'ask')
      if (created.ok) tokens[name] = created.token
    }
    const { ada, bob } = tokens
    const keyed = await realService({
      home: own.path,
      source,
      model,
      keys: { store, required: true },
    })
    await expect(connect(keyed.url)).rejects.toThrow()
    await expect(connect(keyed.url, 'parley_wrong')).rejects.toThrow()
    const { client: hers, transport } = await connect(keyed.url, ada)
    const { data } = await call(hers, 'run_sql', { sql: 'SELECT 1 AS n' })
    const { client: his } = await connect(keyed.url, bob)
    const uri = `parley://own/answers/${data.answer_id}`
    expect(textOf(await hers.readResource({ uri }))).toContain('1')
    await expect(his.readResource({ uri })).rejects.toThrow()
    const stolen = await fetch(`${keyed.url}/mcp`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${bob}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'Mcp-Session-Id': transport.sessionId ?? '',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })
    expect(stolen.status).toBe(404)
    await Promise.all([hers.close(), his.close()])
    await keyed.close()
    await own.remove()
  })
})

describe('row policies', () => {
  let policed: PolicedService
  beforeAll(async () => {
    policed = await policedService(usualPolicies, model)
  })
  afterAll(() => policed.close())

  it.each([
    ['norah', tellsOfSouth, tellsOfNorth],
    ['sam', tellsOfNorth, tellsOfSouth],
  ] as const)('hold for every tool and resource of %s', async (who, others, own) => {
    const { client: policedClient } = await connectBy('http://127.0.0.1', (address, init) =>
      policed.send(who, new URL(address).pathname, init),
    )
    const told = [
      await call(policedClient, 'ask', { question: 'Number of stores by city' }),
      await call(policedClient, 'run_sql', { sql: 'SELECT * FROM customers' }),
      await call(policedClient, 'describe_schema', { tables: ['stores', 'customers', 'sales'] }),
      await call(policedClient, 'search_knowledge', { query: 'city of a store' }),
      await call(policedClient, 'explain_sql', { sql: 'SELECT * FROM payroll' }),
      await policedClient.listResources(),
      await policedClient.readResource({ uri: 'parley://own/tables/stores' }),
    ]
    const text = JSON.stringify(told)
    expect(text).toMatch(own)
    expect(text).not.toMatch(others)
    expect(told[4]).toMatchObject({ data: { ok: false } })
  })
})
