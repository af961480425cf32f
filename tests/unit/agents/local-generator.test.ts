/** The local generator asks a model for join-free SQL, completes it, and turns every failure into a value. */
import { describe, expect, it } from 'vitest'
import type { Entities } from '../../../agents/entities/entities.js'
import type { Levers } from '../../../agents/generators/local/levers.js'
import { createLocalGenerator } from '../../../agents/generators/local-generator.js'
import type { GenerationRequest } from '../../../agents/sql-generator.js'
import type { Catalog, Value } from '../../../data/catalog.js'
import type { QueryFailureCode, QueryOutcome } from '../../../data/database.js'
import type { CompletionRequest, LanguageModel } from '../../../models/language-model.js'
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

const divided = {
  sql: 'SELECT 1 / 0',
  code: 'sql_failed',
  message: 'Division by zero.',
  hints: [],
} as const

const byRegion = ' select regions.region_name, count(*) from stores group by regions.region_name'

function found(rows: readonly (readonly Value[])[]): QueryOutcome {
  const columns = (rows[0] ?? ['']).map(() => ({ name: 'c', type: 'TEXT', kind: 'text' }) as const)
  const result = { columns, rows, rowCount: rows.length, truncated: false, elapsedMs: 1 }
  return { ok: true, result }
}

function failed(code: QueryFailureCode, message = 'It failed.'): QueryOutcome {
  return { ok: false, failure: { code, message, hints: [] } }
}

function ask(
  model: LanguageModel | undefined,
  request: Partial<GenerationRequest> = {},
  levers: Partial<Levers> = {},
) {
  const slot = { current: () => model, note: () => 'Still loading.' }
  const generator = createLocalGenerator(slot, levers)
  return generator.generate({
    question: 'Stores by region?',
    asked: [],
    intent: 'comparison',
    entities: nothingRead,
    context: { documents: [], tables: ['stores'] },
    catalog: retailCatalog,
    valueLinks: [],
    tryOut: async () => found([['North', 3]]),
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

  it('has the times that were read in the question', async () => {
    const lastMonth = { start: '2025-11-01', end: '2025-12-01', label: 'November 2025' }
    const prompt = await promptFor({
      question: 'Sales last month?',
      entities: { ...nothingRead, periods: [lastMonth] },
    })
    expect(prompt).toContain(
      "\nDates: >= '2025-11-01' and < '2025-12-01'\nQuestion: Sales last month?",
    )
  })

  it('says which column the user chose for a name', async () => {
    const chosen = {
      city: { table: 'stores', column: 'city' },
      region: { table: 'regions', column: 'region_name' },
    }
    const prompt = await promptFor({ question: 'Sales by City?', chosen })
    expect(prompt).toContain('\nQuestion: Sales by City? (city refers to stores.city)\nSQL:')
  })

  it('begins alike for every question on one database, whatever retrieval ranks first', async () => {
    const first = await promptFor({ question: 'Stores?' })
    const second = await promptFor({
      question: 'Returns by reason?',
      context: { documents: [], tables: ['returns', 'sales'] },
    })
    const shared = first.slice(0, first.lastIndexOf('Names:'))
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

  it('has known SQL without its joins, as the model writes it, or not at all', async () => {
    const example = (sql: string) => ({
      id: sql,
      kind: 'example' as DocumentKind,
      text: `How is ${sql.slice(0, 4)} asked?`,
      tables: [],
      sql,
      score: 1,
    })
    const joined =
      'SELECT r.region_name, count(*) FROM stores AS s JOIN regions AS r ON s.region_id = r.region_id GROUP BY 1'
    const documents = [joined, 'WITH s AS (SELECT 1) SELECT * FROM s'].map(example)
    const prompt = await promptFor({ context: { documents, tables: [] } })
    expect(prompt).toContain(
      'SQL: select regions.region_name, count(*) from stores group by regions.region_name\n',
    )
    expect(prompt).not.toContain('How is WITH asked?')
  })

  it('is, held to it, a grammar of the short value lists, but not of the long ones', async () => {
    const model = scriptedModel(() => byRegion)
    const names = Array.from({ length: 400 }, (_, index) => `Store number ${index}`)
    const stores = table('stores', 400, [
      column('store_name', 'text', { values: names }),
      column('status', 'text', { values: ['active', 'closed'] }),
    ])
    const catalog = { ...retailCatalog, tables: [stores], relationships: [] }
    await ask(model, { catalog }, { grammar: 'always' })
    const accepts = gbnfMatcher(model.requests[0]?.grammar ?? '')
    expect(accepts(" select count(*) where stores.status = 'closed'")).toBe(true)
    expect(accepts(" select count(*) where stores.status = 'shut'")).toBe(false)
    expect(accepts(" select count(*) where stores.store_name = 'Anything'")).toBe(true)
    expect(model.requests[0]?.grammar).not.toContain('Store number')
  })

  it('says nothing of what another generator got wrong', async () => {
    expect(await promptFor({ failure: { ...divided, generator: 'rules' } })).not.toContain('Wrong:')
  })

  it('includes the values that the question names, and its last failure', async () => {
    const link = { start: 18, end: 27, phrase: 'sao paulo', value: 'São Paulo', similarity: 1 }
    const model = scriptedModel(() => byRegion)
    await ask(
      model,
      {
        question: 'How many stores in sao paulo?',
        valueLinks: [{ ...link, column: { table: 'stores', column: 'city' } }],
        failure: { ...divided, generator: 'local', written: 'select 1 / stores.zero' },
      },
      { grammar: 'always' },
    )
    const [{ prompt = '', grammar = '' } = {}] = model.requests
    expect(prompt).toContain("Values: stores.city = 'São Paulo'")
    expect(prompt).toContain('Wrong: select 1 / stores.zero\nBecause: Division by zero.')
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

  it('passes the count of tokens on, and of those read once the answer is whole', async () => {
    const seen: number[][] = []
    const answering = (request: CompletionRequest) => {
      request.onToken?.(1)
      request.onToken?.(2)
      return byRegion
    }
    await ask(scriptedModel(answering, { promptTokens: 40, leastProbability: 0.99 }), {
      onToken: (written, read) => seen.push([written, read]),
    })
    expect(seen).toEqual([
      [1, 0],
      [2, 0],
      [2, 40],
    ])
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

describe('when the model is in doubt', () => {
  const readings: Readonly<Record<string, string>> = {
    regions: ' select count(*) from regions',
    stores: ' select count(*) from stores',
    sales: ' select count(*) from sales',
    wrong: ' select regions.nothing',
    unrunnable: ' select max(stores.city) from stores',
  }
  const counts: Readonly<Record<string, QueryOutcome>> = {
    regions: found([[5]]),
    stores: found([[60]]),
    sales: found([[0]]),
    unrunnable: failed('sql_failed', 'No such function.'),
  }
  /** Runs what stands above, and keeps what was run. */
  function database() {
    const ran: string[] = []
    const tryOut = async (sql: string) => {
      ran.push(sql)
      const name = Object.keys(counts).find((each) => new RegExp(`FROM ${each}\\b`, 'i').test(sql))
      return counts[/max\(/i.test(sql) ? 'unrunnable' : (name ?? '')] ?? failed('sql_invalid')
    }
    return { ran, tryOut }
  }
  /** Greedy first, unsure unless said otherwise, then what the seeds draw, round and round. */
  function model(greedy: string, drawn: readonly string[], leastProbability = 0.1) {
    return scriptedModel(({ sampling, grammar }) => {
      if (grammar !== undefined) return { text: readings.stores ?? '' }
      const name = sampling ? drawn[(sampling.seed - 1) % drawn.length] : greedy
      return {
        text: readings[name ?? ''] ?? ` ${name}`,
        leastProbability,
        meanLogProbability: -0.2,
      }
    })
  }
  const answerOf = async (
    writing: LanguageModel,
    levers: Partial<Levers> = {},
    request: Partial<GenerationRequest> = {},
  ) => {
    const generation = await ask(writing, { ...database(), ...request }, levers)
    return generation.ok ? generation.candidates[0] : generation.message
  }

  it('the result most candidates agree on is taken, not the first one', async () => {
    const generation = await ask(model('regions', ['stores', 'stores', 'regions']), database())
    expect(generation).toMatchObject({
      ok: true,
      candidates: ['select count(*) from stores', 'select count(*) from regions'],
    })
    expect(generation.ok && generation.evidence).toContainEqual(
      expect.objectContaining({ name: 'agreement', value: 5 / 8 }),
    )
    expect(generation.ok && generation.reason).toContain('5 of its 8 candidates')
  })

  it('one answer is enough when every token of it was likely and it finds something', async () => {
    const sure = model('regions', ['stores'], 0.9)
    expect(await answerOf(sure)).toBe('select count(*) from regions')
    expect(sure.requests).toHaveLength(1)
  })

  it('a sure answer that finds nothing is asked about again, and loses to one that finds something', async () => {
    expect(await answerOf(model('sales', ['sales', 'sales', 'stores'], 0.9))).toBe(
      'select count(*) from stores',
    )
  })

  it('a sum that may count rows twice is asked about again, and said to be one where it stays', async () => {
    const twice =
      ' select customers.segment, sum(sales.total_amount) from sale_lines group by customers.segment'
    const writing = scriptedModel(() => ({ text: twice, leastProbability: 0.99 }))
    const answer = await ask(writing, { tryOut: async () => found([['consumer', 7]]) })
    expect(writing.requests.length).toBeGreaterThan(1)
    expect(answer.ok && answer.warnings).toEqual([
      'The sum of sales.total_amount may count some rows more than once: each is joined with several others.',
    ])
    const once = scriptedModel(() => ({ text: byRegion, leastProbability: 0.99 }))
    const sound = await ask(once)
    expect(sound.ok && sound.warnings).toEqual([])
  })

  it('a name with several readings is asked about only when the model is not sure of one', async () => {
    const doubt = { question: 'Which region do you mean?', choices: [] }
    const options = ['regions', 'stores'].map((table) => ({ table, column: 'region_id' }))
    const entities = { ...nothingRead, ambiguities: [{ phrase: 'region', options }] }
    const taken = 'select count(*) from stores where stores.region_id > 0'
    const unsure = model(taken, ['stores'], 0.6)
    expect(await ask(unsure, { ...database(), doubt, entities })).toMatchObject({
      ok: false,
      code: 'ambiguous',
      message: doubt.question,
    })
    expect(unsure.requests).toHaveLength(1)
    const sure = await ask(model(taken, [], 0.9), { ...database(), doubt, entities })
    expect(sure.ok && sure.evidence).toContainEqual({
      name: 'single reading',
      value: 1 / 2,
      note: '“region” could mean several things; it was taken for stores.region_id.',
    })
  })

  it('comes with how far the model believes that the data holds an answer', async () => {
    const believing = scriptedModel(({ rival }) => (rival === ' none' ? byRegion : ''), {
      rivalProbability: 0.3,
    })
    expect(await ask(believing)).toMatchObject({
      evidence: [{ name: 'data holds it', value: 0.7 }],
    })
  })

  it('one text is enough to turn a question down where more belief is asked for', async () => {
    const doubting = scriptedModel(() => ({ text: byRegion, leastProbability: 0.1 }), {
      rivalProbability: 0.3,
    })
    const refused = { ok: false, code: 'not_understood' }
    expect(await ask(doubting, { ...database(), requiredBelief: 0.8 })).toMatchObject(refused)
    expect(doubting.requests).toHaveLength(1)
    expect(await ask(doubting, { ...database(), requiredBelief: 0.6 })).toMatchObject({ ok: true })
    const silent = scriptedModel(() => byRegion)
    expect(await ask(silent, { ...database(), requiredBelief: 0.6 })).toMatchObject(refused)
  })

  it('nothing found stands when every candidate finds nothing', async () => {
    expect(await answerOf(model('sales', ['sales']))).toBe('select count(*) from sales')
  })

  it('no more is drawn once the vote is decided', async () => {
    const agreeing = model('regions', ['regions'])
    await answerOf(agreeing)
    expect(agreeing.requests).toHaveLength(5)
  })

  it('what several candidates wrote word for word is tried out once', async () => {
    const { ran, tryOut } = database()
    await answerOf(model('regions', ['stores', 'regions', 'stores', 'regions']), {}, { tryOut })
    expect(ran).toHaveLength(2)
  })

  it('no more is drawn once far more was written than an answer takes', async () => {
    const rambling = scriptedModel(({ onToken }) => {
      onToken?.(160)
      return { text: ' not SQL at all', cut: true }
    })
    await answerOf(rambling, { grammar: 'off' })
    expect(rambling.requests).toHaveLength(4)
  })

  it('a text that fits no schema is written again under the grammar, and others are drawn freely', async () => {
    const lost = model('wrong', ['wrong'])
    expect(await answerOf(lost)).toBe('select count(*) from stores')
    expect(lost.requests[0]?.grammar).toBeUndefined()
    expect(lost.requests[1]?.grammar).toBeDefined()
    expect(lost.requests[2]).toMatchObject({ sampling: { seed: 1 } })
    expect(lost.requests[2]?.grammar).toBeUndefined()
  })

  it('the grammar holds everything, or nothing, when told so', async () => {
    const held = model('wrong', ['wrong'])
    await answerOf(held, { grammar: 'always' })
    expect(held.requests.every(({ grammar }) => grammar !== undefined)).toBe(true)
    const free = model('wrong', ['wrong'])
    expect(await answerOf(free, { grammar: 'off' })).toContain('has no column "nothing"')
    expect(free.requests.some(({ grammar }) => grammar !== undefined)).toBe(false)
  })

  it('nothing is drawn when no samples are wanted, or when this is a second try', async () => {
    const alone = model('regions', ['stores'])
    expect(await answerOf(alone, { samples: 0 })).toBe('select count(*) from regions')
    const again = model('regions', ['stores'])
    const failure = { ...divided, generator: 'local' } as const
    expect(await answerOf(again, {}, { failure })).toBe('select count(*) from regions')
    expect([alone.requests.length, again.requests.length]).toEqual([1, 1])
  })

  it('there is no second try when repair is off', async () => {
    const failure = { ...divided, generator: 'local' } as const
    expect(await answerOf(model('regions', []), { repair: false }, { failure })).toBe(
      'Division by zero.',
    )
  })

  it('SQL that fails goes on to be checked when nothing better was written', async () => {
    const generation = await ask(model('unrunnable', ['wrong']), database(), { grammar: 'off' })
    expect(generation).toMatchObject({
      ok: true,
      candidates: expect.arrayContaining(['select max(stores.city) from stores']),
    })
  })

  it('a query too slow to try out is left to run in earnest', async () => {
    const slow = model('regions', ['stores'], 0.9)
    const tryOut = async () => failed('sql_timeout')
    expect(await answerOf(slow, {}, { tryOut })).toBe('select count(*) from regions')
    expect(slow.requests).toHaveLength(1)
  })

  it('the model may say that the data does not hold the answer', async () => {
    expect(await ask(model('none', ['stores']), database())).toMatchObject({
      ok: false,
      code: 'not_understood',
    })
  })

  it('what the question names is shown to it', async () => {
    const question = 'How many regions have a store?'
    const named = model('regions', [], 0.9)
    await answerOf(named, {}, { question })
    expect(named.requests[0]?.prompt).toContain('\nNames: regions, stores\n')
  })

  it('names, values and other tables are kept from it when told so', async () => {
    const asked = model('regions', [], 0.9)
    const link = { start: 0, end: 5, phrase: 'Porto', value: 'Porto', similarity: 1 }
    const valueLinks = [{ ...link, column: { table: 'stores', column: 'city' } }]
    const context = { documents: [], tables: ['sales', 'stores', 'regions', 'returns', 'products'] }
    const levers = { nameHints: false, valueHints: false, schemaFilter: true }
    await answerOf(asked, levers, { valueLinks, context })
    const prompt = asked.requests[0]?.prompt ?? ''
    expect(prompt.match(/^\w+(?=: )/gm)).toEqual([
      'regions',
      'stores',
      'sales',
      'returns',
      'Question',
    ])
  })
})
