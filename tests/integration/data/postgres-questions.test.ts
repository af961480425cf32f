/** Questions and training pairs on a live PostgreSQL: what code writes for it binds there, and finds the right rows. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pair } from '../../../data/generator/pair.js'
import { generatorSettings } from '../../../data/generator/settings/generator-settings.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { generatePairs } from '../../../src/generate-pairs.js'
import { onPostgres, type Rows, settled, useAskedDatabase } from '../../support/asked-database.js'
import { hotelTables } from '../../support/hotel-tables.js'
import { hasPostgres, openPostgres, useOwnPostgres } from '../../support/postgres-database.js'
import { schoolTables } from '../../support/school-tables.js'
import { answered, temporaryHome } from '../../support/temporary-product.js'

const found: readonly (readonly [string, Rows])[] = [
  ['Which hotels missed their budget in January 2025?', [['Grand Palace'], ['Old Mill']]],
  ['Was Old Mill above its budget in January 2025?', [[500, 600]]],
  ['How many days pass on average between a booking and its complaint?', [[4]]],
  ['Which rates lasted longer than 14 days?', [['Winter']]],
  ['What rate was valid on 10 January 2025?', [['Early bird'], ['Winter']]],
  ['Revenue per room over all open hotels in January 2025', [[30]]],
  [
    'complaints per booking by town',
    [
      ['Kiel', 0.25],
      ['Ulm', 1],
    ],
  ],
  ['How many bookings were below 100, between 100 and 300, and above 300?', [[1, 3, 2]]],
  [
    'Weekend vs weekday revenue',
    [
      ['weekday', 1700],
      ['weekend', 360],
    ],
  ],
  ['guests who booked in 2024 but not in 2025', [['Cem']]],
  ['hotels with more revenue than the average hotel', [['Harbour View']]],
]

const server = useOwnPostgres()

describe.skipIf(!hasPostgres)('rules on hotels in PostgreSQL', () => {
  const database = useAskedDatabase(hotelTables, onPostgres(server))

  it.each(found)('answer "%s" with the right rows', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it.each([
    'Median price of bookings by town',
    'Revenue by weekday',
    'Revenue by month in 2025',
    'Revenue by quarter and town',
    'Revenue by year',
    'Bookings by week in January 2025',
    'Revenue by month of year',
  ])('write what binds for "%s"', async (question) => {
    expect(await database.ask(question)).toBeInstanceOf(Array)
  })
})

describe.skipIf(!hasPostgres)('What is written for PostgreSQL', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-postgres-pairs-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('quotes names with capitals, and every word that the server reserves', async () => {
    const words = await server.run(
      'postgres',
      `SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')`,
    )
    const bare = words.flat().filter((word) => quoteIdentifier(String(word), 'postgres') === word)
    expect(bare).toEqual([])
    const url = await server.create('mixed', [
      'CREATE TABLE "Order Items" ("ItemId" integer PRIMARY KEY, "unitPrice" numeric, "user" text)',
      `INSERT INTO "Order Items" VALUES (1, 2.5, 'Ann')`,
    ])
    const database = await openPostgres(url)
    const catalog = await database.introspect()
    const text =
      'select "order items".itemid, "order items".user order by "order items".unitprice desc'
    const completed = completeJoinFree(text, catalog)
    if (!completed.ok) throw new Error(completed.message)
    expect(await database.query(completed.sql)).toMatchObject({ result: { rows: [[1, 'Ann']] } })
    await database.close()
  })

  it('puts missing values behind the largest', async () => {
    const url = await server.create('gaps', [
      'CREATE TABLE goals (player text, scored integer, id integer PRIMARY KEY)',
      "INSERT INTO goals VALUES ('Ann', 3, 1), ('Bo', NULL, 2), ('Cy', 5, 3)",
    ])
    const database = await openPostgres(url)
    const catalog = await database.introspect()
    const sqlOf = (text: string) => {
      const completed = completeJoinFree(text, catalog)
      return completed.ok ? completed.sql.replace(/\s+/g, ' ') : completed.message
    }
    const best = sqlOf('select goals.player order by goals.scored desc limit 1')
    expect(await database.query(best)).toMatchObject({ result: { rows: [['Cy']] } })
    const ranked = sqlOf(
      'select goals.player, rank() over (order by goals.scored desc), goals.id order by sum(goals.scored) desc nulls first, goals.id desc',
    )
    expect(ranked).toMatch(/OVER \(ORDER BY goals\.scored DESC NULLS LAST\)/)
    expect(ranked).toMatch(/DESC NULLS FIRST, goals\.id DESC$/)
    await database.close()
  })

  it('searches in lists of values and UUIDs as in texts', async () => {
    const url = await server.create('moods', [
      "CREATE TYPE mood AS ENUM ('very happy', 'happy', 'sad')",
      'CREATE TABLE people (person_id uuid PRIMARY KEY, name text, mood mood)',
      "INSERT INTO people VALUES (gen_random_uuid(), 'Ann', 'very happy'), (gen_random_uuid(), 'Bo', 'sad'), (gen_random_uuid(), 'Cy', 'happy')",
    ])
    const home = await temporaryHome()
    const orchestrator = await home.open({ source: url, waitFor: 'data', generator: 'rules' })
    const asked = async (question: string) => answered(await orchestrator.process(question)).rows
    expect(await asked('people whose mood contains the letters app')).toHaveLength(2)
    expect(await asked('Number of people by mood')).toHaveLength(3)
    expect(await asked('How many people are sad?')).toEqual([[1]])
    await home.remove()
  })

  it('makes training pairs that all bind', async () => {
    const url = await server.create('school', schoolTables)
    const phases = ['builtins', 'single_table', 'joins', 'complex_sqls', 'sample_data'] as const
    const settings = generatorSettings.parse({
      output_dir: join(folder, 'pairs'),
      source: url.replace('reader@', 'reader:geheim@'),
      phases: phases.map((name) => ({ name, count: 60 })),
    })
    const generated = await generatePairs({ settings, home: folder })
    expect(generated).toMatchObject({ ok: true })
    const database = await openPostgres(url)
    let bound = 0
    for (const { path, phase, rejected } of generated.phases) {
      const refused = Object.keys(rejected).filter((reason) =>
        /^sql_(refused|invalid)/.test(reason),
      )
      expect([phase, refused]).toEqual([phase, []])
      const lines = (await readFile(path, 'utf8')).trim().split('\n')
      for (const { sql, dialect, database: name } of lines.map((line): Pair => JSON.parse(line))) {
        expect([name, dialect]).toEqual(['school', 'postgres'])
        if (sql === undefined) continue
        expect(await database.explain(sql), sql).toBeUndefined()
        bound += 1
      }
    }
    expect(bound).toBeGreaterThan(200)
    await database.close()
    const written = await readdir(join(folder, 'pairs'), { recursive: true, withFileTypes: true })
    const files = written.filter((entry) => entry.isFile())
    const texts = await Promise.all(
      files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
    )
    expect(texts.length).toBeGreaterThan(phases.length)
    expect(texts.join('')).not.toContain('geheim')
  })
})
