/** The model trained from nothing reads and writes pointers; whoever asks it sees names alone. */
import { describe, expect, it } from 'vitest'
import { readQuestion } from '../../../agents/entities/read-question.js'
import { newestDate } from '../../../agents/entities/schema/newest-date.js'
import { createScratchGenerator } from '../../../agents/generators/scratch-generator.js'
import type { GenerationRequest } from '../../../agents/sql-generator.js'
import { buildPacks } from '../../../agents/training/build-packs.js'
import { makeDatabase } from '../../../agents/training/warehouses/make-databases.js'
import type { Catalog } from '../../../data/catalog.js'
import type { CompletionRequest } from '../../../models/language-model.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'
import { column, retailCatalog, table } from '../../support/retail-catalog.js'
import { scriptedModel } from '../../support/scripted-model.js'

const question = 'How many stores are in Porto?'
const porto = {
  start: 23,
  end: 28,
  phrase: 'Porto',
  column: { table: 'stores', column: 'city' },
  value: 'Porto',
  similarity: 1,
}

type Write = (pointers: Pointers, request: CompletionRequest) => string

/** Of the table stores, as the prompt gives them. */
interface Pointers {
  readonly stores: string
  readonly city: string
  readonly porto: string
}

function pointersIn({ prompt }: CompletionRequest): Pointers {
  const [, stores = '', line = ''] = /\n(z\w) stores:(.*)/.exec(prompt) ?? []
  const [, city = ''] = /(q\w\w) city/.exec(line) ?? []
  const [, word = ''] = /(j\w) porto/.exec(prompt) ?? []
  return { stores, city, porto: word }
}

async function ask(write: Write, given: Partial<GenerationRequest> = {}, facts = {}) {
  const model = scriptedModel((request) => write(pointersIn(request), request), {
    leastProbability: 0.99,
    ...facts,
  })
  const tried: string[] = []
  const generator = createScratchGenerator({ current: () => model, note: () => '' })
  const { entities } = readQuestion({
    question,
    catalog: retailCatalog,
    valueLinks: [porto],
    asOf: '2025-12-31',
  })
  const generation = await generator.generate({
    question,
    asked: [question],
    intent: 'metric',
    entities,
    context: { documents: [], tables: ['stores'] },
    catalog: retailCatalog,
    valueLinks: [porto],
    tryOut: async (sql) => {
      tried.push(sql)
      const columns = [{ name: 'count', type: 'BIGINT', kind: 'number' as const }]
      const result = { columns, rows: [[2]], rowCount: 1, truncated: false, elapsedMs: 1 }
      return { ok: true, result }
    },
    ...given,
  })
  return { generation, tried, requests: model.requests }
}

const inPorto: Write = ({ stores, city, porto: word }) =>
  ` select count(*) from ${stores} where ${stores}.${city} = '${word}'`

describe('the generator scratch', () => {
  it('shows pointers, and gives SQL in names', async () => {
    const { generation, tried, requests } = await ask(inPorto)
    expect(requests[0]?.prompt).toMatch(/^⟦schema⟧duckdb\nza /)
    expect(requests[0]?.prompt).toContain('ja porto')
    expect(generation).toMatchObject({
      ok: true,
      generator: 'scratch',
      candidates: ["select count(*) from stores where stores.city = 'Porto'"],
    })
    expect(tried).toHaveLength(1)
    expect(tried[0]).toMatch(/FROM stores\s+WHERE stores.city = 'Porto'/)
  })

  it('asks different questions behind the same beginning', async () => {
    const first = await ask(inPorto)
    const second = await ask(inPorto, { question: 'Stores in Lisbon or Porto?' })
    expect(second.requests[0]?.prefix).toBe(first.requests[0]?.prefix)
    expect(first.requests[0]?.prefix).toMatch(/\n$/)
  })

  it('writes again under a grammar what names something that does not exist', async () => {
    const wrong: Write = ({ stores }) => ` select count(*) where ${stores}.qzz = 'ja'`
    const { generation, requests } = await ask((pointers, request) =>
      (request.grammar === undefined ? wrong : inPorto)(pointers, request),
    )
    expect(generation).toMatchObject({ ok: true })
    expect(requests.length).toBeGreaterThan(1)
    const again = requests[1] as CompletionRequest
    const { grammar = '' } = again
    const accepts = gbnfMatcher(grammar)
    const pointers = pointersIn(again)
    const { stores, city } = pointers
    expect(accepts(inPorto(pointers, again))).toBe(true)
    expect(accepts(wrong(pointers, again))).toBe(false)
    expect(accepts(` select zz.${city}`)).toBe(false)
    expect(accepts(` select ${stores}.${city}`)).toBe(true)
    expect(accepts(' select stores.city')).toBe(false)
    // No name, and no value either: any word may be pointed at.
    expect(grammar).not.toMatch(/city|Porto/)
  })

  it('puts a question in doubt in other orders, by other pointers, and counts what they agree on', async () => {
    const { generation, requests } = await ask(inPorto, {}, { leastProbability: 0.5 })
    const [sure, ...drawn] = requests
    const beginnings = drawn.map(({ prefix }) => prefix)
    expect(new Set([sure?.prefix, ...beginnings]).size).toBe(requests.length)
    expect(drawn.length).toBeGreaterThan(3)
    const columnsOf = ({ prefix = '' }: CompletionRequest) =>
      (/ stores:(.*)/.exec(prefix)?.[1] ?? '').replaceAll(/q\w\w | -> z\w/g, '').split(',')
    const orders = drawn.map(columnsOf)
    expect(new Set(orders.map(String)).size).toBeGreaterThan(1)
    expect(new Set(orders.map((order) => String(order.toSorted()))).size).toBe(1)
    expect(generation).toMatchObject({
      ok: true,
      candidates: ["select count(*) from stores where stores.city = 'Porto'"],
    })
    const again = await ask(inPorto, {}, { leastProbability: 0.5 })
    expect(again.requests.map(({ prompt }) => prompt)).toEqual(requests.map(({ prompt }) => prompt))
  })

  it('is told of its failed attempt by pointers, and of no other’s', async () => {
    const failure = {
      sql: "SELECT count(*) FROM stores WHERE stores.city = 'Porto'",
      written: "select count(*) where stores.city = 'Porto'",
      code: 'sql_failed',
      message: 'It failed.',
      hints: [],
    } as const
    const own = await ask(inPorto, { failure: { ...failure, generator: 'scratch' } })
    expect(own.requests[0]?.prompt).toMatch(
      /Wrong: select count\(\*\) where 'ja' = z\w\.q\w\w\nBecause: It failed\./,
    )
    const other = await ask(inPorto, { failure: { ...failure, generator: 'local' } })
    expect(other.requests[0]?.prompt).not.toContain('Wrong:')
  })

  it('reads that the data has no answer', async () => {
    const { generation } = await ask(() => ' none')
    expect(generation).toMatchObject({ ok: false, generator: 'scratch', code: 'not_understood' })
  })

  it('offers what fits into a short context, with the first pointers', async () => {
    const wide: Catalog = {
      ...retailCatalog,
      tables: Array.from({ length: 30 }, (_, at) =>
        table(
          `sensor_${at}`,
          1,
          Array.from({ length: 40 }, (_, index) => column(`reading_${index}`, 'number')),
        ),
      ),
      relationships: [],
    }
    const model = scriptedModel(({ prompt }) => {
      const [, pointer] = /\n(z\w) sensor 17:/.exec(prompt) ?? []
      return ` select count(*) from ${pointer}`
    })
    const small = { ...model, contextSize: 512 }
    const generator = createScratchGenerator({ current: () => small, note: () => '' })
    const { entities } = readQuestion({
      question: 'Sensor 17?',
      catalog: wide,
      valueLinks: [],
      asOf: '2025-12-31',
    })
    const generation = await generator.generate({
      question: 'Sensor 17?',
      asked: [],
      intent: 'listing',
      entities,
      context: { documents: [], tables: ['sensor_17', 'sensor_3'] },
      catalog: wide,
      valueLinks: [],
      tryOut: async () => ({ ok: false, failure: { code: 'sql_failed', message: '', hints: [] } }),
    })
    expect(model.requests[0]?.prefix).toMatch(/^⟦schema⟧duckdb\nza sensor 17:qaa reading 0/)
    expect(model.countTokens(model.requests[0]?.prompt ?? '')).toBeLessThan(512 - 160)
    expect(generation).toMatchObject({ ok: true, candidates: ['select count(*) from sensor_17'] })
  })

  it('says how a model is had while none is installed', async () => {
    const note = () => 'None is installed.'
    const generator = createScratchGenerator({ current: () => undefined, note, isOff: () => true })
    expect(generator.status()).toMatchObject({ name: 'scratch', ready: false, off: true })
  })
})

it('is asked word for word as in its training rows, whose answers it reads as what they were', async () => {
  const made = await makeDatabase({ seed: 3, pass: 1, questions: 16, index: 0 })
  const { catalog, questions, linkValues } = made.database
  const countTokens = (text: string) => text.split(/\s+/).length
  const read = new Set<string>()
  const options = { seed: 1, pass: 1, varied: false, pointed: true, countTokens }
  for (const { prefix, rows } of buildPacks(made.database, options)) {
    for (const { id, suffix, target } of rows) {
      const row = questions.find((one) => one.id === id)
      const [asked = ''] = row?.wordings ?? []
      const valueLinks = linkValues(asked)
      const { entities } = readQuestion({
        question: asked,
        catalog,
        valueLinks,
        asOf: newestDate(catalog),
      })
      const { generation, requests } = await ask(() => target, {
        question: asked,
        entities,
        context: { documents: [], tables: catalog.tables.map(({ name }) => name) },
        catalog,
        valueLinks,
      })
      expect(requests[0]).toMatchObject({ prefix, prompt: prefix + suffix })
      const written = generation.ok ? generation.candidates[0]?.toLowerCase() : 'none'
      expect(written).toBe(row?.joinFree.toLowerCase())
      read.add(id)
    }
  }
  expect([...read].toSorted()).toEqual(questions.map(({ id }) => id).toSorted())
}, 60_000)
