/** Gold SQL, encoded and completed again, gives the same rows: on the demo with made-up joins, on Spider with people's SQL. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalog, Relationship } from '../../../data/catalog.js'
import { demoFile } from '../../../data/demo/demo-file.js'
import { retail } from '../../../data/demo/retail/retail.js'
import { toValue } from '../../../data/duckdb/cell-value.js'
import { introspectDuckDb } from '../../../data/duckdb/introspect.js'
import { readerOf } from '../../../data/duckdb/read-rows.js'
import { compareResults } from '../../../data/evaluation/compare-results.js'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import { encodeJoinFree } from '../../../data/join-free/encode-join-free.js'
import { createRandom, type Random } from '../../../data/random.js'
import { introspectSqlite } from '../../../data/sqlite/introspect.js'
import { verifyQuestion } from '../../../data/training/verify-question.js'
import { spiderFolder } from '../../support/datasets.js'

const madeUpQueries = 80
const mostTables = 4
/** Rows of one result: comparing more takes time and proves no more. */
const mostGroups = 500

describe('made-up joins over the demo', () => {
  let home: string
  let instance: DuckDBInstance
  let connection: DuckDBConnection
  let catalog: Catalog

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'parley-round-trip-'))
    instance = await DuckDBInstance.create(await demoFile(retail, home), {
      access_mode: 'READ_ONLY',
    })
    connection = await instance.connect()
    catalog = await introspectDuckDb(readerOf(connection))
  }, 120_000)
  afterAll(async () => {
    connection.closeSync()
    instance.closeSync()
    await rm(home, { recursive: true })
  })

  const rowsOf = async (sql: string) => {
    const reader = await connection.runAndReadAll(sql)
    return reader.getRows().map((row) => row.map(toValue))
  }

  it('come back with the same rows, and shorter', async () => {
    const random = createRandom(4)
    for (let count = 0; count < madeUpQueries; count++) {
      const gold = madeUpQuery(catalog, random)
      const encoded = encodeJoinFree(gold, catalog)
      const joinFree = encoded.ok ? encoded.joinFree : encoded.message
      const completed = completeJoinFree(joinFree, catalog)
      if (!completed.ok) throw new Error(`${gold}\n${joinFree}\n${completed.message}`)
      const [wanted, found] = await Promise.all([rowsOf(gold), rowsOf(completed.sql)])
      expect(wanted.length, gold).toBeGreaterThan(0)
      expect(compareResults(found, wanted, { ordered: false }), `${gold}\n${joinFree}`).toBe(true)
      expect(joinFree.length).toBeLessThan(gold.length)
      expect(joinFree).not.toContain(' join ')
    }
  }, 120_000)

  it('come back from their completed form as the same join-free SQL', () => {
    const random = createRandom(5)
    for (let count = 0; count < madeUpQueries; count++) {
      const once = encodeJoinFree(madeUpQuery(catalog, random), catalog)
      const completed = completeJoinFree(once.ok ? once.joinFree : '', catalog)
      expect(encodeJoinFree(completed.ok ? completed.sql : '', catalog)).toEqual(once)
    }
  })
})

/** Counts by one column of some table, over keys that lead upwards, so that no row is met twice. */
function madeUpQuery(catalog: Catalog, random: Random): string {
  const keys = walkKeys(catalog, random)
  const tables = [...new Set(keys.flatMap(({ from, to }) => [from.table, to.table]))]
  const alias = (table: string) => `T${tables.indexOf(table) + 1}`
  const joins = keys.map((key) => {
    const pairs = [{ from: key.from.column, to: key.to.column }, ...(key.further ?? [])].map(
      (pair) => `${alias(key.from.table)}.${pair.from} = ${alias(key.to.table)}.${pair.to}`,
    )
    return `JOIN ${key.to.table} AS ${alias(key.to.table)} ON ${pairs.join(' AND ')}`
  })
  const shown = random.pick(tables)
  const columns = (catalog.tables.find(({ name }) => name === shown)?.columns ?? []).filter(
    ({ distinctCount = 0 }) => distinctCount <= mostGroups,
  )
  const column = `${alias(shown)}.${random.pick(columns).name}`
  const from = `FROM ${keys[0]?.from.table} AS ${alias(keys[0]?.from.table ?? '')} ${joins.join(' ')}`
  return `SELECT ${column}, COUNT(*) ${from} GROUP BY ${column} ORDER BY COUNT(*) DESC`
}

function walkKeys(catalog: Catalog, random: Random): readonly Relationship[] {
  const wanted = random.integer(1, mostTables - 1)
  const keys: Relationship[] = []
  const reached = new Set<string>()
  while (keys.length < wanted) {
    const next = catalog.relationships.filter(({ from, to }) => {
      if (from.table === to.table || reached.has(to.table)) return false
      return keys.length === 0 || reached.has(from.table)
    })
    if (next.length === 0) return keys
    const key = random.pick(next)
    keys.push(key)
    reached.add(key.from.table).add(key.to.table)
  }
  return keys
}

describe.skipIf(spiderFolder === undefined)("people's SQL in Spider's training questions", () => {
  const folder = spiderFolder ?? ''
  /** One of so many databases. */
  const sampling = 12
  /** Measured over all of them: 99.95 %. */
  const leastShare = 0.99
  const runner = new SqliteRunner()
  afterAll(() => runner.close())

  it('comes back with the same rows', async () => {
    const text = await readFile(join(folder, 'train_spider.json'), 'utf8')
    const rows = JSON.parse(text) as { db_id: string; query: string }[]
    const databases = [...new Set(rows.map((row) => row.db_id))].sort()
    const failed: string[] = []
    let asked = 0
    for (const database of databases.filter((_, index) => index % sampling === 0)) {
      const path = join(folder, 'database', database, `${database}.sqlite`)
      if (!existsSync(path)) continue
      const catalog = await introspectSqlite(path)
      const run = (sql: string) => runner.run({ path, sql, maxRows: 20_000 })
      const golds = rows.filter((row) => row.db_id === database).map((row) => row.query)
      for (const gold of new Set(golds)) {
        const verified = await verifyQuestion(gold, catalog, run)
        asked += 1
        if (!verified.ok) failed.push(`${database}: ${verified.reason}: ${gold}`)
      }
    }
    expect(asked).toBeGreaterThan(100)
    expect((asked - failed.length) / asked, failed.join('\n')).toBeGreaterThanOrEqual(leastShare)
  }, 120_000)
})
