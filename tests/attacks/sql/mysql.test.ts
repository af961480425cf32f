/**
 * SQL attacks on a MariaDB through the real Database, as its superuser: nothing but the gate and the session stands between.
 * The statements are those of the guard's own tests, mutated ones, and some that are allowed and would never end.
 */
import { readdir } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../data/database.js'
import { fuzz } from '../../support/fuzz-database.js'
import { hasMysql, openMysql, useOwnMysql } from '../../support/mysql-database.js'
import { allowedMysqlSql } from '../../unit/data/mysql/allowed-mysql-sql.js'
import { refusedMysqlSql } from '../../unit/data/mysql/refused-mysql-sql.js'
import { mysqlShop } from '../../unit/data/mysql/shop-schema.js'
import { report } from './report.js'

const softLimitMs = 400
/** For the server to stop, and a machine that does other work. */
const mostMs = softLimitMs + 8_000
const longest = 2_000

const bombs = [
  'SELECT count(*) FROM sales a, sales b, sales c',
  'SELECT count(*) FROM sales a JOIN sales b ON a.amount < b.amount JOIN sales c ON b.amount < c.amount',
  'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r a, r b, r c',
  'WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n + 1 FROM r) SELECT max(n) FROM r a, sales b, sales c, sales d',
  'SELECT a.amount FROM sales a, sales b, sales c ORDER BY a.amount * b.amount * c.amount DESC LIMIT 1',
  'SELECT count(DISTINCT a.amount * b.amount * c.amount) FROM sales a, sales b, sales c',
  "SELECT count(*) FROM sales a, sales b, sales c WHERE concat(a.amount, b.amount, c.amount) RLIKE '(1*)*2'",
  'SELECT sum((SELECT count(*) FROM sales s WHERE s.amount > a.amount + b.amount)) FROM sales a, sales b',
  'SELECT group_concat(a.amount ORDER BY b.amount) FROM sales a, sales b, sales c',
  'SELECT row_number() OVER (ORDER BY a.amount * b.amount) FROM sales a, sales b, sales c LIMIT 1',
  'SELECT sum(length(repeat(md5(a.amount), 10000))) FROM sales a, sales b, sales c',
]

/** Told whole, 64 MB would be too much for anybody. */
const floods = [
  "SELECT repeat('x', 15000000), repeat('y', 15000000) FROM sales LIMIT 100",
  "SELECT repeat('x', 1000000) FROM sales a, sales b",
]

describe.skipIf(!hasMysql)('SQL attacks on MariaDB', () => {
  const server = useOwnMysql()
  let database: Database
  let before: unknown
  beforeAll(async () => {
    await server.create('shop', mysqlShop)
    database = await openMysql(server.url('shop', 'root'), { allowWriter: true })
  })
  afterAll(() => database?.close())

  /** Rows, names and rights; what a file would be written beside; and settings that outlive a session. */
  const fingerprint = async () => [
    await server.run('shop', 'CHECKSUM TABLE stores, sales, other.secrets, mysql.global_priv'),
    await server.run(
      'shop',
      "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA <> 'performance_schema' ORDER BY 1, 2",
    ),
    await server.run(
      'shop',
      'SELECT @@GLOBAL.sql_mode, @@GLOBAL.max_statement_time, @@GLOBAL.read_only',
    ),
    (await readdir(server.folder)).toSorted(),
    (await readdir(`${server.folder}/data/shop`)).toSorted(),
  ]
  beforeEach(async () => {
    before = await fingerprint()
  })
  afterEach(async () => {
    expect(await fingerprint()).toEqual(before)
    expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
  })

  it('are refused before anything runs', async () => {
    expect(new Set(refusedMysqlSql).size).toBe(refusedMysqlSql.length)
    const passed: string[] = []
    for (const sql of refusedMysqlSql) {
      const outcome = await database.query(sql)
      if (outcome.ok || !/^sql_(refused|invalid)$/.test(outcome.failure.code)) passed.push(sql)
    }
    expect(passed).toEqual([])
  })

  it('are stopped in time, and leave nothing running', { timeout: 240_000 }, async () => {
    const late: string[] = []
    for (const sql of bombs) {
      const start = performance.now()
      const outcome = await database.query(sql, { timeoutMs: softLimitMs })
      const elapsedMs = performance.now() - start
      const isStopped = !outcome.ok && /^sql_(timeout|out_of_memory)$/.test(outcome.failure.code)
      if (!isStopped || elapsedMs > mostMs) late.push(`${Math.round(elapsedMs)} ms: ${sql}`)
    }
    expect(late).toEqual([])
    for (const sql of floods) {
      const outcome = await database.query(sql, { timeoutMs: 20_000 })
      const bytes = outcome.ok ? JSON.stringify(outcome.result.rows).length : 0
      expect(bytes).toBeLessThan(3_000_000)
    }
    const running = () =>
      server.run(
        'mysql',
        "SELECT count(*) FROM information_schema.PROCESSLIST WHERE COMMAND = 'Query' AND INFO LIKE '%sales%' AND INFO NOT LIKE '%PROCESSLIST%'",
      )
    await expect.poll(async () => Number((await running())[0]?.[0])).toBe(0)
  })

  it('mutated, change nothing, and end as an answer or a failure', {
    timeout: 400_000,
  }, async () => {
    const corpus = [...refusedMysqlSql, ...allowedMysqlSql].filter((sql) => sql.length < longest)
    const outcomes = await fuzz(database, corpus)
    const counts = countsOf(outcomes.map(({ code }) => code))
    report('mutated for MariaDB', { count: outcomes.length, ...counts })
    expect(outcomes.filter(({ code }) => code === 'thrown').map(({ sql }) => sql)).toEqual([])
  })
})

function countsOf(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return counts
}
