/** The graph's loop on a real engine: SQL that fails goes back to its writer, three times at most, with the reason. */
import { join } from 'node:path'
import { MemorySaver } from '@langchain/langgraph'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGraph } from '../../agents/graph.js'
import type { GenerationRequest, SqlGenerator } from '../../agents/sql-generator.js'
import { freshQuestion, type State } from '../../agents/state.js'
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { openSource } from '../../data/sources/open-source.js'
import type { KnowledgeBase } from '../../rag/knowledge.js'
import { openKnowledgeBase } from '../../rag/knowledge-base.js'
import { buildAnswer } from '../../src/build-answer.js'
import {
  answered,
  endlessSql,
  failed,
  shopFiles,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

/** Milliseconds; enough for everything here but the endless query. */
const timeoutMs = 1_500

let home: TemporaryHome
let database: Database
let knowledge: KnowledgeBase

beforeAll(async () => {
  home = await temporaryHome()
  const opened = await openSource(await home.write(shopFiles), home.path)
  if (!opened.ok) throw new Error(opened.failure.message)
  database = await openDuckDbDatabase(opened.source.path, { label: 'Shop', limits: { timeoutMs } })
  knowledge = await openKnowledgeBase({ folder: join(home.path, 'chroma') })
  await knowledge.refresh(await database.introspect())
})

afterAll(async () => {
  await knowledge.close()
  await database.close()
  await home.remove()
})

/** Writes the given statements, one a call, and keeps what it was asked. */
function writerOf(...statements: string[]) {
  const requests: GenerationRequest[] = []
  const generator: SqlGenerator = {
    name: 'auto',
    status: () => ({ name: 'auto', ready: true, note: 'Writes what the test says.' }),
    generate: async (request) => {
      const sql = statements[requests.length] ?? statements.at(-1) ?? ''
      requests.push(request)
      const reason = 'The test said so.'
      return { ok: true, sql, generator: 'auto', candidates: [sql], evidence: [], reason }
    },
    close: async () => {},
  }
  return { generator, requests }
}

const noPairs = { find: async () => undefined, all: async () => [] }

async function ask(question: string, generator: SqlGenerator) {
  const generators = { auto: generator, rules: generator, local: generator }
  let looks = 0
  const catalog = () => {
    looks += 1
    return database.introspect()
  }
  const nearestIntent = async () => undefined
  const graph = createGraph(
    { database, knowledge, generators, catalog, nearestIntent, approved: noPairs },
    new MemorySaver(),
  )
  const input = freshQuestion(question, {
    useRag: true,
    generator: 'auto',
    useApproved: true,
    newTopic: false,
  })
  const state = await graph.invoke(input, { configurable: { thread_id: 'one' } })
  const facts = { id: 'a', conversationId: 'one', totalMs: 1, dialect: 'duckdb' }
  return { ...buildAnswer(state as State, facts), looks }
}

const nodesOf = ({ trace }: { readonly trace: readonly { readonly node: string }[] }) =>
  trace.map(({ node }) => node)

it('the data of few tables is looked at once for a question, whatever is retrieved', async () => {
  const { generator } = writerOf('SELECT count(*) AS stores FROM stores')
  const { looks, ...answer } = await ask('how many stores are there?', generator)
  expect(answered(answer).provenance?.documents.length).toBeGreaterThan(0)
  expect(looks).toBe(1)
})

it('SQL that does not bind is written again, and both tries are shown', async () => {
  const good = 'SELECT count(*) AS stores FROM stores'
  const { generator, requests } = writerOf('SELECT city_name FROM stores', good)
  const answer = answered(await ask('how many stores are there?', generator))
  expect(answer.rows).toEqual([[6]])
  expect(answer.sql).toBe(good)
  const [first, second] = answer.provenance?.attempts ?? []
  expect(first).toMatchObject({
    sql: 'SELECT city_name FROM stores',
    failure: { code: 'sql_invalid' },
  })
  expect(second).toEqual({ sql: good, generator: 'auto' })
  expect(requests).toHaveLength(2)
  expect(nodesOf(answer).filter((node) => node === 'checkSql')).toHaveLength(2)
})

it('the second try is told the SQL, the error and the nearest names, and is traced as a correction', async () => {
  const bad = 'SELECT store_nme FROM stores'
  const { generator, requests } = writerOf(bad, 'SELECT store_name FROM stores')
  const answer = answered(await ask('list the store names', generator))
  expect(requests[0]?.failure).toBeUndefined()
  expect(requests[1]?.failure?.sql).toBe(bad)
  expect(requests[1]?.failure?.message).toContain('store_nme')
  expect(requests[1]?.failure?.hints).toContain('store_name')
  const phases = answer.trace.filter(({ node }) => node === 'generateSql').map((step) => step.phase)
  expect(phases).toEqual(['generating', 'correcting'])
})

it('an answer that took two tries is trusted less than one that took one', async () => {
  const good = 'SELECT count(*) AS stores FROM stores'
  const question = 'how many stores are there?'
  const twice = answered(await ask(question, writerOf('SELECT x FROM stores', good).generator))
  const once = answered(await ask(question, writerOf(good).generator))
  expect(twice.confidence?.score).toBeLessThan(once.confidence?.score ?? 0)
})

it('three tries are the most, and the answer then carries each of them and the last reason', async () => {
  const { generator, requests } = writerOf(
    'SELECT a FROM stores',
    'SELECT b FROM stores',
    'SELECT c FROM stores',
  )
  const answer = failed(await ask('how many stores are there?', generator))
  expect(requests).toHaveLength(3)
  expect(answer.error.code).toBe('sql_invalid')
  expect(answer.error.message).toContain('"c"')
  expect(answer.provenance?.attempts.map(({ sql }) => sql)).toEqual([
    'SELECT a FROM stores',
    'SELECT b FROM stores',
    'SELECT c FROM stores',
  ])
})

it('SQL that would write is refused by the guard, however often a generator writes it', async () => {
  const { generator } = writerOf('DROP TABLE stores')
  const answer = failed(await ask('how many stores are there?', generator))
  expect(answer.error.code).toBe('sql_refused')
  expect(nodesOf(answer)).not.toContain('executeSql')
  const outcome = await database.query('SELECT count(*) FROM stores')
  expect(outcome.ok && outcome.result.rows).toEqual([[6]])
})

it('SQL that fails while running is written again too', async () => {
  const failing = "SELECT CAST(store_name || 'x' AS INTEGER) AS n FROM stores"
  const { generator, requests } = writerOf(failing, 'SELECT 6 AS n FROM stores LIMIT 1')
  const answer = answered(await ask('how many stores are there?', generator))
  expect(requests[1]?.failure?.sql).toBe(failing)
  expect(answer.provenance?.attempts[0]?.failure?.code).toBe('sql_failed')
  expect(nodesOf(answer).filter((node) => node === 'executeSql')).toHaveLength(2)
})

it('what ran out of time is not run again', async () => {
  const { generator, requests } = writerOf(endlessSql)
  const answer = failed(await ask('how many stores are there?', generator))
  expect(answer.error.code).toBe('sql_timeout')
  expect(requests).toHaveLength(1)
})

it('SQL typed as the question passes the guard and is not rewritten when it fails', async () => {
  const { generator, requests } = writerOf('SELECT 1 FROM stores')
  const right = answered(await ask('select count(*) from sales;', generator))
  expect([right.generator, right.rows]).toEqual(['given', [[1_200]]])
  const wrong = failed(await ask('select nothing from sales', generator))
  expect(wrong.error.code).toBe('sql_invalid')
  const refused = failed(await ask("select * from read_csv('/etc/passwd')", generator))
  expect(refused.error.code).toBe('sql_refused')
  expect(requests).toEqual([])
})
