/** The local generator asks a model for join-free SQL, completes it, and turns every failure into a value. */
import { describe, expect, it } from 'vitest'
import type { Entities } from '../../../agents/entities/entities.js'
import { createLocalGenerator } from '../../../agents/generators/local-generator.js'
import type { GenerationRequest } from '../../../agents/sql-generator.js'
import type { Catalog } from '../../../data/catalog.js'
import type { LanguageModel } from '../../../models/language-model.js'
import type { DocumentKind } from '../../../rag/knowledge.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'
import { column, retailCatalog, table } from '../../support/retail-catalog.js'
import { scriptedModel } from '../../support/scripted-model.js'

const nothingRead: Entities = {
  measures: [],
  dimensions: [],
  listed: [],
  filters: [],
  existence: [],
  periods: [],
  having: [],
  distinct: false,
  asOf: '2025-12-31',
  presentation: 'plain',
  ambiguities: [],
  unknownWords: [],
}

const byRegion = ' select regions.region_name, count(*) from stores group by regions.region_name'

function ask(model: LanguageModel | undefined, request: Partial<GenerationRequest> = {}) {
  const generator = createLocalGenerator({ current: () => model, note: () => 'Still loading.' })
  return generator.generate({
    question: 'Stores by region?',
    intent: 'comparison',
    entities: nothingRead,
    context: { documents: [], tables: ['stores'] },
    catalog: retailCatalog,
    valueLinks: [],
    ...request,
  })
}

async function promptFor(request: Partial<GenerationRequest> = {}): Promise<string> {
  const model = scriptedModel(() => byRegion)
  await ask(model, request)
  return model.requests[0]?.prompt ?? ''
}

function withTables(count: number): Catalog {
  const columns = Array.from({ length: 30 }, (_, index) => column(`reading_${index}`, 'number'))
  return {
    ...retailCatalog,
    tables: Array.from({ length: count }, (_, index) => table(`sensor_${index}`, 1, columns)),
    relationships: [],
  }
}

describe('what the model is given', () => {
  it('is the schema, the keys, and the question at the end', async () => {
    const prompt = await promptFor({ question: 'How many stores in Porto?' })
    expect(prompt).toContain('\nstores: store_id int key, store_name, city (Porto, Lisbon')
    expect(prompt).toContain('region_id int -> regions')
    expect(prompt.endsWith('Question: How many stores in Porto?\nSQL:')).toBe(true)
  })

  it('begins alike for every question on one database, whatever retrieval ranks first', async () => {
    const first = await promptFor({ question: 'Stores?' })
    const second = await promptFor({
      question: 'Returns by reason?',
      context: { documents: [], tables: ['returns', 'sales'] },
    })
    const shared = first.slice(0, first.lastIndexOf('Question:'))
    expect(shared).toContain('\nreturns:')
    expect(second.startsWith(shared)).toBe(true)
  })

  it('keeps the tables that retrieval ranks first when not all fit', async () => {
    const prompt = await promptFor({
      catalog: withTables(60),
      context: { documents: [], tables: ['sensor_41', 'sensor_7'] },
    })
    expect(prompt.match(/^sensor_\w+/gm)).toEqual(['sensor_7', 'sensor_41'])
  })

  it('has a few known questions with their SQL, the nearest last', async () => {
    const example = (text: string, rank: number) => ({
      id: text,
      kind: 'example' as DocumentKind,
      text,
      tables: [],
      sql: 'select count(*) from sales',
      score: 1 / (rank + 1),
    })
    const documents = ['First?', 'Second?', 'Third?', 'Fourth?'].map(example)
    const prompt = await promptFor({ context: { documents, tables: [] } })
    expect([...prompt.matchAll(/^Question: (.*)$/gm)].map(([, text]) => text)).toEqual([
      'Third?',
      'Second?',
      'First?',
      'Stores by region?',
    ])
    expect(prompt).toContain('Question: First?\nSQL: select count(*) from sales\nQuestion: Stores')
  })

  it('is a grammar of the short value lists, but not of the long ones', async () => {
    const model = scriptedModel(() => byRegion)
    const names = Array.from({ length: 400 }, (_, index) => `Store number ${index}`)
    const stores = table('stores', 400, [
      column('store_name', 'text', { values: names }),
      column('status', 'text', { values: ['active', 'closed'] }),
    ])
    await ask(model, { catalog: { ...retailCatalog, tables: [stores], relationships: [] } })
    const accepts = gbnfMatcher(model.requests[0]?.grammar ?? '')
    expect(accepts(" select count(*) where stores.status = 'closed'")).toBe(true)
    expect(accepts(" select count(*) where stores.status = 'shut'")).toBe(false)
    expect(accepts(" select count(*) where stores.store_name = 'Anything'")).toBe(true)
    expect(model.requests[0]?.grammar).not.toContain('Store number')
  })

  it('includes the values that the question names, and the last failure', async () => {
    const link = { start: 18, end: 27, phrase: 'sao paulo', value: 'São Paulo', similarity: 1 }
    const model = scriptedModel(() => byRegion)
    await ask(model, {
      question: 'How many stores in sao paulo?',
      valueLinks: [{ ...link, column: { table: 'stores', column: 'city' } }],
      failure: { sql: 'select 1 / 0', code: 'sql_failed', message: 'Division by zero.', hints: [] },
    })
    const [{ prompt = '', grammar = '' } = {}] = model.requests
    expect(prompt).toContain("Values: stores.city = 'São Paulo'")
    expect(prompt).toContain('Wrong: select 1 / 0\nBecause: Division by zero.')
    expect(gbnfMatcher(grammar)(" select count(*) where stores.city = 'São Paulo'")).toBe(true)
  })
})

describe('what comes back', () => {
  it('is SQL with its joins, and how much of what the question names it reads', async () => {
    const measure = (name: string) => ({ aggregate: 'count' as const, table: name, phrase: name })
    const generation = await ask(
      scriptedModel(() => `${byRegion};`),
      {
        entities: { ...nothingRead, measures: [measure('stores'), measure('sales')] },
      },
    )
    expect(generation).toMatchObject({
      ok: true,
      generator: 'local',
      candidates: [byRegion.trim()],
      evidence: [{ name: 'names used', value: 0.5 }],
    })
    expect(generation.ok && generation.sql).toContain(
      'FROM stores\nJOIN regions ON stores.region_id = regions.region_id',
    )
  })

  it('passes the count of tokens on', async () => {
    const seen: number[] = []
    const model = scriptedModel((request) => {
      request.onToken?.(1)
      request.onToken?.(2)
      return byRegion
    })
    await ask(model, { onToken: (tokens) => seen.push(tokens) })
    expect(seen).toEqual([1, 2])
  })

  it('is a refusal with near names when the SQL does not fit the schema', async () => {
    expect(await ask(scriptedModel(() => ' select stores.region_name'))).toMatchObject({
      ok: false,
      code: 'model_failed',
      message: 'The table "stores" has no column "region_name".',
      hints: expect.arrayContaining(['regions.region_name']),
    })
  })

  it('is a refusal when the answer was cut, even where what is there would run', async () => {
    expect(await ask(scriptedModel(() => byRegion, { cut: true }))).toMatchObject({
      ok: false,
      code: 'model_failed',
      message: 'The model did not finish its SQL.',
    })
  })

  it.each([
    ['before it starts', (stop: AbortController) => stop.abort(), () => {}],
    ['while it writes', () => {}, (stop: AbortController) => stop.abort()],
  ])('says that it was cancelled %s', async (_, before, during) => {
    const stop = new AbortController()
    before(stop)
    const model = scriptedModel(({ signal }) => {
      during(stop)
      signal?.throwIfAborted()
      return byRegion
    })
    expect(await ask(model, { signal: stop.signal })).toMatchObject({
      ok: false,
      code: 'cancelled',
    })
  })

  it('is a refusal with the reason when the model fails', async () => {
    const failing = scriptedModel(() => {
      throw new RangeError('the prompt of 3000 tokens fills the context')
    })
    expect(await ask(failing)).toMatchObject({
      ok: false,
      code: 'model_failed',
      message: 'The local model failed: the prompt of 3000 tokens fills the context.',
    })
  })

  it('says what is missing while there is no model', async () => {
    expect(await ask(undefined)).toMatchObject({
      ok: false,
      code: 'model_unavailable',
      message: 'Still loading.',
    })
  })

  it.each([
    ['no tables', []],
    ['only tables without columns', [table('empty', 0, [])]],
  ])('says so when there are %s, without asking the model', async (_, tables) => {
    const model = scriptedModel(() => byRegion)
    const catalog = { ...retailCatalog, tables, relationships: [] }
    expect(await ask(model, { catalog })).toMatchObject({ ok: false, code: 'not_understood' })
    expect(model.requests).toEqual([])
  })
})
