/** The rest of the door: information, health, the description, the page and its headers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatasetGenerators, ServiceHealth } from '../../src/dataset-health.js'
import { createApp } from '../../src/http/create-app.js'
import { serveApp } from '../../src/http/serve-app.js'
import { closedGate } from '../support/gate.js'
import { recordingLogger } from '../support/recording-logger.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'
import { standInDatasets } from '../support/stand-in-datasets.js'

interface GeneratorsReport {
  readonly generators: readonly unknown[]
  readonly datasets: readonly DatasetGenerators[]
}

let server: ServedStandIn

beforeAll(async () => {
  server = await serveStandIn()
})
afterAll(() => server.close())

function get(path: string): Promise<Response> {
  return fetch(server.url + path)
}

describe('what can be asked about the service', () => {
  it('gives the catalog, the generators and suggestions', async () => {
    expect(await (await get('/api/v1/schema')).json()).toMatchObject({ dialect: 'duckdb' })
    const { generators } = (await (await get('/api/v1/generators')).json()) as {
      generators: { name: string }[]
    }
    expect(generators.map(({ name }) => name)).toEqual(['auto', 'rules', 'local'])
    const { suggestions } = (await (await get('/api/v1/suggestions')).json()) as {
      suggestions: string[]
    }
    expect(suggestions).toContain('Total sales in 2023')
  })

  it('lists its own source first and every demo with ten questions, and opens none of them', async () => {
    const fresh = await serveStandIn()
    const { datasets } = (await (await fetch(`${fresh.url}/api/v1/datasets`)).json()) as {
      datasets: { name: string; samples: string[]; isDefault: boolean; state: string }[]
    }
    expect(datasets.map(({ name, isDefault, state }) => [name, isDefault, state])).toEqual([
      ['own', true, 'open'],
      ['retail', false, 'closed'],
      ['ecommerce', false, 'closed'],
      ['finance', false, 'closed'],
      ['healthcare', false, 'closed'],
      ['saas', false, 'closed'],
    ])
    expect(datasets.map(({ samples }) => samples.length)).toEqual([0, 10, 10, 10, 10, 10])
    expect(fresh.datasets.demos.size).toBe(0)
    await fresh.close()
  })

  it('opens a demo once, at the first request that names it', async () => {
    const [schema] = await Promise.all([
      get('/api/v1/schema?dataset=saas'),
      get('/api/v1/suggestions?dataset=saas'),
    ])
    expect(schema.status).toBe(200)
    const first = server.datasets.demos.get('saas')
    expect((await get('/api/v1/schema?dataset=saas')).status).toBe(200)
    expect(first).toBeDefined()
    expect(server.datasets.demos.get('saas')).toBe(first)
    const listed = server.datasets.list().find(({ name }) => name === 'saas')
    expect(listed?.state).toBe('open')
  })

  it('refuses a dataset that there is not, with the names of those there are', async () => {
    const fresh = await serveStandIn()
    const answers = [
      await fetch(`${fresh.url}/api/v1/schema?dataset=moon`),
      await fetch(`${fresh.url}/api/v1/chat`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ message: 'Sales by region', dataset: 'moon' }),
      }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(400)
      const { error } = (await answer.json()) as { error: { code: string; hints: string[] } }
      expect(error.code).toBe('invalid_request')
      expect(error.hints.join()).toContain('ecommerce, finance, healthcare, saas')
    }
    await fresh.close()
  })

  it('lives, is ready and names every part', async () => {
    expect(await (await get('/health/live')).json()).toEqual({ alive: true })
    expect((await get('/health/ready')).status).toBe(200)
    const health = (await (await get('/api/v1/health')).json()) as { parts: { name: string }[] }
    expect(health.parts.map(({ name }) => name)).toContain('model')
  })

  it('says of each dataset what is ready, and opens none for it', async () => {
    const fresh = await serveStandIn()
    const ask = async (path: string) => (await fetch(fresh.url + path)).json()
    const closed = (await ask('/api/v1/health')) as ServiceHealth
    expect(closed.datasets.map(({ name, ready, parts }) => [name, ready, parts.length])).toEqual([
      ['own', true, 2],
      ...['retail', 'ecommerce', 'finance', 'healthcare', 'saas'].map((name) => [name, false, 0]),
    ])
    expect(fresh.datasets.demos.size).toBe(0)
    const saas = (await ask('/api/v1/generators?dataset=saas')) as GeneratorsReport
    expect(saas.generators).toHaveLength(3)
    expect(saas.datasets.filter(({ generators }) => generators.length > 0)).toMatchObject([
      { name: 'own', isDefault: true },
      { name: 'saas', isDefault: false, state: 'open', generators: saas.generators },
    ])
    const { datasets } = (await ask('/api/v1/health')) as ServiceHealth
    expect(datasets.find(({ name }) => name === 'saas')).toEqual({
      name: 'saas',
      title: 'SaaS',
      isDefault: false,
      state: 'open',
      ready: true,
      data: { tables: 8, rows: 263_000, documents: 412 },
      parts: [
        { name: 'database', state: 'ok', note: 'Retail demo, 8 tables.' },
        { name: 'index', state: 'ok', note: 'Chroma on this machine, 412 documents.' },
      ],
    })
    await fresh.close()
  })

  it('says how far the opening of a dataset is', async () => {
    const gate = closedGate()
    const slow = await serveStandIn({ opening: () => gate.passed })
    const opening = fetch(`${slow.url}/api/v1/schema?dataset=finance`)
    const finance = async () => {
      const health = (await (await fetch(`${slow.url}/api/v1/health`)).json()) as ServiceHealth
      return health.datasets.find(({ name }) => name === 'finance')
    }
    await expect.poll(finance).toMatchObject({
      state: 'opening',
      progress: { step: 'Building the demo', done: 1, total: 2 },
      ready: false,
      parts: [],
    })
    gate.open()
    await opening
    expect(await finance()).toMatchObject({ state: 'open', ready: true })
    await slow.close()
  })

  it('describes every route in an OpenAPI document without loose ends', async () => {
    const document = await (await get('/openapi.json')).text()
    const { openapi, paths, components } = JSON.parse(document)
    expect(openapi).toBe('3.1.0')
    expect(Object.keys(paths)).toEqual([
      '/api/v1/chat',
      '/api/v1/chat/{id}/events',
      '/api/v1/chat/{id}',
      '/api/v1/run_sql',
      '/api/v1/chart',
      '/api/v1/export/{answerId}.{format}',
      '/api/v1/cards/{id}/run',
      '/v1/chat/completions',
      '/v1/models',
      '/v1/models/{model}',
      '/mcp',
      '/api/v1/datasets',
      '/api/v1/schema',
      '/api/v1/generators',
      '/api/v1/comparison',
      '/api/v1/suggestions',
      '/api/v1/explain',
      '/api/v1/knowledge/search',
      '/api/v1/conversations',
      '/api/v1/conversations/{id}',
      '/api/v1/feedback',
      '/api/v1/knowledge/sql_pairs',
      '/api/v1/knowledge/sql_pairs/{id}',
      '/api/v1/cards',
      '/api/v1/cards/{id}',
      '/api/v1/datasets/{name}',
      '/api/v1/complete',
      '/api/v1/generators/{name}',
      '/api/v1/schema/samples',
      '/api/v1/schema/descriptions',
      '/api/v1/knowledge/docs',
      '/api/v1/knowledge/docs/{id}',
      '/api/v1/knowledge/terms',
      '/api/v1/knowledge/terms/{id}',
      '/api/v1/knowledge/file',
      '/health/live',
      '/health/ready',
      '/api/v1/health',
    ])
    const references = [...document.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(references.length).toBeGreaterThan(5)
    for (const [, name] of references) expect(components.schemas).toHaveProperty(name!)
    expect(components.schemas.ChatRequest.additionalProperties).toBe(false)
  })
})

describe('the page', () => {
  it('comes with a policy that lets nothing in from elsewhere', async () => {
    const response = await get('/')
    expect(response.headers.get('content-type')).toContain('text/html')
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe-eval')
    expect(response.headers.get('x-powered-by')).toBeNull()
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('strict-transport-security')).toBeNull()
  })

  it('serves the chart library from the installed package', async () => {
    const response = await get('/vendor/plotly.min.js')
    expect(response.headers.get('content-type')).toContain('javascript')
    expect((await response.text()).slice(0, 200)).toContain('plotly.js')
  })

  it('stays small before the first chart', async () => {
    const html = await (await get('/')).text()
    expect(html).not.toContain('plotly')
    const own = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!)
    expect(own.length).toBeGreaterThan(1)
    for (const path of own) expect((await get(path)).status).toBe(200)
  })
})

describe('the server', () => {
  it('logs one line a request, without the question', async () => {
    await fetch(`${server.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'A very private question' }),
    })
    const lines = server.logger.lines.filter(({ fields }) => fields.path === '/api/v1/chat')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.fields).toMatchObject({ method: 'POST', status: 200 })
    expect(JSON.stringify(server.logger.lines)).not.toContain('private question')
  })

  it('rejects when the port is taken', async () => {
    const app = createApp(await standInDatasets(), { logger: recordingLogger() })
    const port = Number(new URL(server.url).port)
    await expect(serveApp(app, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })

  it('lets an answer under way finish while it closes, and closes twice', async () => {
    const slow = await serveStandIn({ stepDelayMs: 20 })
    const asking = fetch(`${slow.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'Sales by region' }),
    })
    await expect.poll(() => slow.orchestrator.calls.length).toBe(1)
    const closing = slow.close()
    expect((await asking).status).toBe(200)
    await closing
    await slow.close()
    await expect(fetch(`${slow.url}/health/live`)).rejects.toThrow()
  })

  it('answers under a host name that was allowed', async () => {
    const app = createApp(await standInDatasets(), {
      logger: recordingLogger(),
      allowedHosts: ['127.0.0.2'],
    })
    const other = await serveApp(app, { host: '127.0.0.2', port: 0 })
    expect((await fetch(`${other.url}/health/live`)).status).toBe(200)
    await other.close()
  })
})
