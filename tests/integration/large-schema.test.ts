/** A schema of hundreds of tables is asked about while it is described, and described where it was left. */
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemorySaver } from '@langchain/langgraph'
import Sqlite from 'libsql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readQuestion } from '../../agents/entities/read-question.js'
import { narrowCatalog } from '../../agents/entities/schema/narrow-catalog.js'
import { createRulesGenerator } from '../../agents/generators/rules-generator.js'
import { createGraph } from '../../agents/graph.js'
import { freshQuestion } from '../../agents/state.js'
import { type Catalog, findTable } from '../../data/catalog.js'
import type { Database } from '../../data/database.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { openKnowledgeBase } from '../../rag/knowledge-base.js'
import { followCatalog } from '../../src/catalog/follow-catalog.js'
import { createKnownTables } from '../../src/catalog/known-tables.js'
import { smallSchema } from '../../src/catalog/read-in-stages.js'
import { openConversationStore } from '../../src/conversation-store.js'
import { column, table } from '../support/retail-catalog.js'

const tables = smallSchema + 40
const areas = ['sales', 'claims', 'trips', 'meters']

let folder: string
let path: string
let database: Database
const conversations = openConversationStore(':memory:')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-schema-'))
  path = join(folder, 'large.sqlite')
  const file = new Sqlite(path)
  file.exec('BEGIN')
  for (let place = 0; place < tables; place += 1) {
    file.exec(`CREATE TABLE ${areas[place % 4]}_${place} (id INTEGER PRIMARY KEY, region TEXT, booked_on DATE, amount REAL);
      INSERT INTO ${areas[place % 4]}_${place} VALUES (1, 'North', '2024-01-01', 2.5), (2, 'South ${place}', '2024-03-01', 1)`)
  }
  file.exec('COMMIT')
  file.close()
  database = await openSqliteDatabase(path, { label: 'large' })
}, 60_000)

afterAll(async () => {
  await database.close()
  await conversations.close()
  await rm(folder, { recursive: true })
})

function follow(opened: Pick<Database, 'version' | 'introspect'>, home: string) {
  const refreshed: Catalog[] = []
  const followed = followCatalog({
    database: opened,
    knowledge: { refresh: async (catalog) => void refreshed.push(catalog) },
    handbook: conversations.store.handbook,
    dataset: 'large',
    knownTables: createKnownTables(join(folder, home, 'tables.jsonl')),
  })
  return { ...followed, refreshed }
}

it('is known by names at once, then by more and more values, at last as if read at once', async () => {
  const followed = follow(database, 'first')
  const first = await followed.catalog()
  expect(first.described).toEqual({ done: 0, total: tables })
  expect(first.tables).toHaveLength(tables)
  expect(findTable(first, 'claims_1')?.columns.map(({ name }) => name)).toContain('booked_on')
  expect(followed.progress()?.total).toBe(tables)
  await followed.settled()
  expect(followed.progress()).toBeUndefined()
  const whole = await followed.catalog()
  const other = await openSqliteDatabase(path, { label: 'large' })
  expect(whole).toEqual(await other.introspect())
  await other.close()
  const stages = followed.refreshed.map(({ described }) => described?.done ?? tables)
  expect(stages).toEqual(stages.toSorted((one, next) => one - next))
  expect(stages.length).toBeGreaterThan(2)
  expect(new Set(followed.refreshed.map(({ version }) => version)).size).toBe(stages.length)
}, 60_000)

it('goes on where it was stopped, also behind half a line', async () => {
  const version = await database.version()
  const whole = await database.introspect()
  const file = join(folder, 'second', 'tables.jsonl')
  const stopped = createKnownTables(file)
  await stopped.open(version)
  for (const table of whole.tables.slice(0, 100)) stopped.add(table)
  await stopped.close()
  await appendFile(file, '{"name": "half')
  const opened = await openSqliteDatabase(path, { label: 'large' })
  const followed = follow(opened, 'second')
  expect((await followed.catalog()).described).toEqual({ done: 100, total: tables })
  await followed.settled()
  expect((await followed.catalog()).tables).toEqual(whole.tables)
  await opened.close()
  const again = await createKnownTables(file).open(version)
  expect(again.size).toBe(tables)
  expect((await createKnownTables(file).open('another version')).size).toBe(0)
}, 60_000)

it('is read again after a reading that failed, though its version stays', async () => {
  let version = 'before'
  let failures = 0
  const followed = follow(
    {
      version: async () => version,
      introspect: async (...asked) => {
        if (failures-- > 0) throw new Error('The file is locked.')
        return database.introspect(...asked)
      },
    },
    'third',
  )
  await followed.catalog()
  await followed.settled()
  version = 'after'
  failures = 1
  await expect(followed.catalog()).rejects.toThrow('locked')
  expect((await followed.catalog()).tables).toHaveLength(tables)
  await followed.settled()
}, 60_000)

it('is asked with the newest date of all its tables, said to be of a sample where it is', async () => {
  const closedOn = column('closed_on', 'date', { max: '2024-03-31', rangeIsSampled: true })
  const described = await database.introspect()
  // Like the table that is asked about, and so not read beside it.
  const ledger = table('ledger', 9e6, [
    column('id', 'number'),
    column('amount', 'number'),
    closedOn,
  ])
  const whole = { ...described, tables: [...described.tables, ledger] }
  const knowledge = await openKnowledgeBase({ folder: join(folder, 'knowledge') })
  await knowledge.refresh(whole)
  const graph = createGraph(
    {
      database,
      knowledge,
      generators: { rules: createRulesGenerator() },
      catalog: async () => whole,
      nearestIntent: async () => undefined,
      approved: { find: async () => undefined, all: async () => [] },
    },
    new MemorySaver(),
  )
  const asked = { useRag: false, generator: 'rules', useApproved: false, newTopic: false } as const
  const question = freshQuestion('Total amount of claims_77 this month', asked)
  const { catalog, warnings } = await graph.invoke(question, { configurable: { thread_id: '1' } })
  expect(catalog && findTable(catalog, 'ledger')).toBeUndefined()
  expect(warnings).toEqual([
    'Dates count from 2024-03-31, the newest date in a sample of ledger; it may have newer ones.',
  ])
  await knowledge.close()
}, 60_000)

it('is read against the tables that a question may be about', async () => {
  const catalog = await database.introspect()
  const question = 'Total amount of claims_77 by region'
  const narrow = narrowCatalog(catalog, { question, valueLinks: [] })
  expect(narrow.tables.length).toBeLessThan(150)
  const read = readQuestion({ question, catalog: narrow, valueLinks: [], asOf: '2024-03-01' })
  expect(read.entities.base).toBe('claims_77')
  expect(narrowCatalog(catalog, { question, valueLinks: [] })).toEqual(narrow)
  const always = narrowCatalog(catalog, { question, valueLinks: [], always: ['meters_339'] })
  expect(findTable(always, 'meters_339')).toBeDefined()
})
