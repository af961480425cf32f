/** A user of a row policy: no SQL, error, description or count tells of rows that are somebody else's. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { bombs } from '../attacks/sql/bombs.js'
import { generateSelect } from '../attacks/sql/generate-select.js'
import { legalQueries } from '../attacks/sql/legal-queries.js'
import { ownPath, refusedAttacks } from '../attacks/sql/refused-attacks.js'
import { databaseContract, shopStatements } from '../contracts/database.contract.js'
import { seededRandom } from '../support/fuzz-database.js'

/** Every value of Bob's rows carries his name or this number; Ann's carry neither. */
const bobsNumber = 48_151_623
const tellsOfBob = new RegExp(`bob|${bobsNumber}|(?<![0-9a-f])2048-[01]\\d(?![0-9a-f])`, 'i')

const statements = [
  "CREATE TYPE mood AS ENUM ('calm', 'bobs')",
  'CREATE TABLE stores (id INTEGER PRIMARY KEY, name VARCHAR, status mood, size INTEGER, opened_on DATE, store_id INTEGER)',
  "INSERT INTO stores SELECT i, 'Ann ' || i, 'calm', i * 10, DATE '2022-01-01' + i::INTEGER, i FROM range(2, 40, 2) t(i)",
  `INSERT INTO stores SELECT i, 'Bob ' || i, 'bobs', ${bobsNumber}, DATE '2048-01-01' + i::INTEGER, ${bobsNumber} FROM range(1, 40, 2) t(i)`,
  'CREATE TABLE sales (store_id INTEGER REFERENCES stores (id), sold_on DATE, amount DECIMAL(12, 2))',
  "INSERT INTO sales SELECT i * 2 % 38 + 2, DATE '2023-01-01' + (i % 700)::INTEGER, i / 7 FROM range(500) t(i)",
  `INSERT INTO sales SELECT i * 2 % 38 + 1, DATE '2048-01-01' + (i % 20)::INTEGER, ${bobsNumber} FROM range(500) t(i)`,
  'CREATE TABLE "odd name" ("select" VARCHAR)',
  `INSERT INTO "odd name" VALUES ('Bob')`,
  'CREATE TABLE pg_notes (note VARCHAR)',
  "INSERT INTO pg_notes VALUES ('Bob'), ('Ann')",
  "CREATE VIEW everything AS SELECT * FROM stores, (SELECT 'Bob' AS bob)",
]
/** Written so that the engine cannot look the rows up by them. */
const annsPolicy = {
  stores: "CASE WHEN name LIKE 'Ann%' THEN id > 0 ELSE false END -- hers",
  Sales: 'store_id % 2 = 0',
  pg_notes: "note = 'Ann'",
}

let folder: string
let path: string
let ann: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-policies-'))
  path = join(folder, 'shop.duckdb')
  await writeDatabaseFile(path, async (connection) => {
    for (const statement of statements) await connection.run(statement)
  })
  ann = await openDuckDbDatabase(path, { label: 'Shop', policy: annsPolicy })
})
afterAll(async () => {
  await ann.close()
  await rm(folder, { recursive: true })
})

/** What the user is told, without the SQL that was sent. */
async function told(sql: string, timeoutMs?: number): Promise<string> {
  return JSON.stringify(await ann.query(sql, { timeoutMs }))
}

describe('A user of a row policy', () => {
  test('reads, counts and joins the rows of the policy', async () => {
    expect(await ann.query('SELECT count(*), min(name) FROM stores')).toMatchObject({
      result: { rows: [[19, 'Ann 10']] },
    })
    expect(
      await ann.query('SELECT count(*) FROM main.sales JOIN stores ON sales.store_id = stores.id'),
    ).toMatchObject({ result: { rows: [[500]] } })
  })

  test('finds tables, values and keys of these rows in the description, and nothing else', async () => {
    const catalog = await ann.introspect()
    expect(catalog.tables.map(({ name }) => name).sort()).toEqual(['pg_notes', 'sales', 'stores'])
    expect(catalog.tables.find(({ name }) => name === 'stores')).toMatchObject({
      rowCount: 19,
      primaryKey: ['id'],
    })
    expect(catalog.relationships).toContainEqual({
      from: { table: 'sales', column: 'store_id' },
      to: { table: 'stores', column: 'id' },
      origin: 'declared',
    })
    expect(JSON.stringify(catalog)).not.toMatch(tellsOfBob)
  })

  test('reaches no table that the policy leaves out, by no name', async () => {
    const names = [
      '"odd name"',
      'everything',
      'main."odd name"',
      '"parley: file".main.stores',
      '"parley: file".stores',
      'shop.main.stores',
      'memory.main.stores',
      'temp.stores',
      'system.main.stores',
    ]
    for (const name of names) {
      for (const sql of [`SELECT * FROM ${name}`, `DESCRIBE ${name}`, `SUMMARIZE ${name}`]) {
        expect(await ann.query(sql), sql).toMatchObject({ ok: false })
      }
    }
    expect(await told('SHOW TABLES')).not.toMatch(/odd name|everything/)
  })

  test('learns nothing from errors, whose conditions are tried on no other row', async () => {
    const conditions = [
      'error(name) IS NULL',
      'name::INTEGER = 1',
      'error(name) IS NULL AND id = 7',
      "status = 'bobs' AND error(name || size) IS NULL",
      "CASE WHEN name LIKE 'B%' THEN error(name) ELSE true END",
      'id IN (SELECT error(name) FROM stores WHERE id % 2 = 1)',
      'EXISTS (SELECT error(s.name) FROM stores s WHERE s.id = stores.id + 1)',
    ]
    for (const condition of conditions) {
      const forms = [
        `SELECT * FROM stores WHERE ${condition}`,
        `SELECT count(*) FROM stores JOIN sales ON stores.id = sales.store_id WHERE ${condition}`,
        `SELECT max(name) FILTER (WHERE ${condition}) FROM stores`,
        `SELECT * FROM stores ORDER BY ${condition} LIMIT 1`,
        `WITH c AS MATERIALIZED (FROM stores) SELECT * FROM c AS stores WHERE ${condition}`,
      ]
      for (const sql of forms) expect(await told(sql), sql).not.toMatch(tellsOfBob)
    }
    const silent =
      "SELECT * FROM stores WHERE CASE WHEN name LIKE 'B%' THEN error('seen') ELSE true END"
    expect(await ann.query(silent)).toMatchObject({ ok: true, result: { rowCount: 19 } })
  })

  test('is told of no other row by any attack, any question and 400 queries made by chance', {
    timeout: 240_000,
  }, async () => {
    const random = seededRandom(4_815)
    const made = new Set(Array.from({ length: 400 }, () => generateSelect(random)))
    const crashers = bombs.filter(({ kind }) => kind === 'crasher')
    const set = [...refusedAttacks, ...crashers, ...legalQueries].map(({ sql }) => sql)
    const leaks: string[] = []
    for (const sql of [...set, ...made]) {
      if (/bob/i.test(sql)) continue
      const answer = await told(sql.replaceAll(ownPath, path), 1_000)
      if (tellsOfBob.test(answer)) leaks.push(sql)
    }
    expect(leaks).toEqual([])
  })

  test('is neither shown a row on which the condition fails, nor told of the failure', async () => {
    const stores = "CASE WHEN name LIKE 'B%' THEN name::INTEGER = 1 ELSE true END"
    const careless = await openDuckDbDatabase(path, { label: '', policy: { stores } })
    expect(await careless.query('SELECT count(*), min(name) FROM stores')).toMatchObject({
      result: { rows: [[19, 'Ann 10']] },
    })
    expect(JSON.stringify(await careless.introspect())).not.toMatch(tellsOfBob)
    await careless.close()
  })

  test('has a version of the data that no other policy shares', async () => {
    const other = await openDuckDbDatabase(path, { label: '', policy: { stores: 'true' } })
    const whole = await openDuckDbDatabase(path, { label: '' })
    const versions = await Promise.all([ann, other, whole].map((database) => database.version()))
    expect(new Set(versions).size).toBe(3)
    expect((await ann.introspect()).version).toBe(versions[0])
    await other.close()
    await whole.close()
  })

  test('sees nothing where the policy names nothing', async () => {
    const nobody = await openDuckDbDatabase(path, { label: '', policy: {} })
    expect((await nobody.introspect()).tables).toEqual([])
    expect(await nobody.query('SELECT * FROM stores')).toMatchObject({ ok: false })
    await nobody.close()
  })
})

describe('A row policy', () => {
  test.each([
    ['true) OR (true', 'closes its brackets'],
    ['true; DROP TABLE stores', 'holds a second statement'],
    ['id IN (SELECT id FROM stores)', 'reads a table'],
    ['pg_sleep(1) IS NULL', 'calls what is not allowed'],
    ['1 FROM stores', 'is more than a condition'],
    ['true UNION SELECT 1', 'is more than a condition'],
    ['true LIMIT 1', 'is more than a condition'],
    ['size = ?', 'is left open'],
    ['nope = 1', 'reads a column that is not there'],
    ['random() < 0.5', 'changes from one look to the next'],
  ])('is refused when a condition is %s: it %s', async (condition) => {
    const opening = openDuckDbDatabase(path, { label: '', policy: { stores: condition } })
    await expect(opening).rejects.toThrow()
  })

  test('is refused when it names a table that is not there', async () => {
    const opening = openDuckDbDatabase(path, { label: '', policy: { stroes: 'true' } })
    await expect(opening).rejects.toThrow('stroes')
  })
})

databaseContract('A DuckDB file under a row policy', async () => {
  const own = await mkdtemp(join(tmpdir(), 'parley-'))
  await writeDatabaseFile(join(own, 'shop.duckdb'), async (connection) => {
    for (const statement of shopStatements) await connection.run(statement)
  })
  const policy = { stores: 'true', sales: 'true' }
  const database = await openDuckDbDatabase(join(own, 'shop.duckdb'), { label: 'Shop', policy })
  return {
    database,
    endlessSql: 'SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 3',
    async cleanUp() {
      await database.close()
      await rm(own, { recursive: true })
    },
  }
})
