/** A live Spark cluster behind the Database port: the contract, attacks, exact values, what takes too much, and what is lost. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database, QueryResult } from '../../../data/database.js'
import { databaseContract, shopStatements } from '../../contracts/database.contract.js'
import { isLarge } from '../../support/attack-size.js'
import { hasSpark, openSpark, useOwnSpark } from '../../support/spark-cluster.js'
import { allowedSparkSql } from '../../unit/data/spark/allowed-spark-sql.js'
import { refusedSparkSql, sparkBombs } from '../../unit/data/spark/refused-spark-sql.js'
import { describeLosses } from './spark-losses.js'

// The first statements of a cluster take long, the more so on a machine that does other things.
vi.setConfig({ testTimeout: 150_000 })

const endlessSql =
  'SELECT count(*) FROM range(100000000) a CROSS JOIN range(100000000) b WHERE a.id + b.id = -1'

/** As Spark takes them: without keys, and texts of any length. */
const sparkShop = shopStatements.map((sql) =>
  sql
    .replaceAll(/ (PRIMARY KEY|REFERENCES \w+ \(\w+\))/g, '')
    .replaceAll(/VARCHAR\(\d+\)/g, 'STRING')
    .replace(/^INSERT INTO stores.*/, (text) =>
      text.replaceAll(/'(\d{4}-\d\d-\d\d)'/g, "DATE '$1'"),
    )
    .replace(/^(CREATE TABLE .*\))$/, '$1 USING parquet'),
)

async function resultOf(database: Database, sql: string): Promise<QueryResult> {
  const outcome = await database.query(sql)
  if (!outcome.ok) throw new Error(`${sql}: ${outcome.failure.message}`)
  return outcome.result
}

describe.skipIf(!hasSpark)('Spark', () => {
  const spark = useOwnSpark({ ABANDONED_SECONDS: '10' })
  let shop: Promise<string> | undefined
  /** Filled once: that takes seconds, and nobody who asks may change it. */
  const openShop = async () => {
    shop ??= spark.create('shop', sparkShop)
    return openSpark(await shop)
  }

  databaseContract('A Spark database', async () => {
    const database = await openShop()
    return { database, endlessSql, keys: 'inferred', cleanUp: () => database.close() }
  })

  describe('A Spark database', () => {
    let database: Database
    beforeAll(async () => {
      database = await openShop()
    })
    afterAll(() => database?.close())

    it('gives each column a type and a kind, and each cell a value that JSON can carry', async () => {
      const cells: readonly (readonly [sql: string, type: string, kind: string, value: unknown])[] =
        [
          ['9007199254740993', 'BIGINT', 'number', '9007199254740993'],
          ['CAST(7 AS TINYINT)', 'TINYINT', 'number', 7],
          ["CAST('-0.05' AS DECIMAL(10,2))", 'DECIMAL(10,2)', 'number', -0.05],
          [
            "CAST('1234567890123456.78' AS DECIMAL(20,2))",
            'DECIMAL(20,2)',
            'number',
            '1234567890123456.78',
          ],
          [
            "CAST('-99999999999999999999999999999999999999' AS DECIMAL(38,0))",
            'DECIMAL(38,0)',
            'number',
            `-${'9'.repeat(38)}`,
          ],
          ['CAST(10 AS DECIMAL(10,2)) / 3', 'DECIMAL(14,6)', 'number', 3.333333],
          ["DATE '1969-12-31'", 'DATE', 'date', '1969-12-31'],
          ["TIMESTAMP '1969-12-31 23:59:59.5'", 'TIMESTAMP', 'timestamp', '1969-12-31 23:59:59.5'],
          [
            "TIMESTAMP_NTZ '2024-02-29 01:02:03.123456'",
            'TIMESTAMP_NTZ',
            'timestamp',
            '2024-02-29 01:02:03.123456',
          ],
          ['CAST(0.1 AS FLOAT)', 'FLOAT', 'number', 0.1],
          ["double('NaN')", 'DOUBLE', 'number', 'NaN'],
          ['true', 'BOOLEAN', 'boolean', true],
          ["'O''Hara \\\\ ü'", 'STRING', 'text', "O'Hara \\ ü"],
          ['array(1, NULL, 3)', 'ARRAY<INT>', 'other', '[1,null,3]'],
          [
            "named_struct('a', 1, 'b', array(DATE '2024-01-01'))",
            'STRUCT<a: INT, b: ARRAY<DATE>>',
            'other',
            '{"a":1,"b":["2024-01-01"]}',
          ],
          [
            "map('k', CAST(1.50 AS DECIMAL(5,2)))",
            'MAP<STRING, DECIMAL(5,2)>',
            'other',
            '{"k":"1.50"}',
          ],
          ["unhex('00ff')", 'BINARY', 'other', '\\x00ff'],
          ['INTERVAL 26 HOURS', 'INTERVAL', 'other', '1 02:00:00'],
          ["INTERVAL '1-2' YEAR TO MONTH", 'INTERVAL', 'other', '1-2'],
          ['NULL', 'VOID', 'other', null],
        ]
      const items = cells.map(([sql], at) => `${sql} AS c${at}`)
      const { columns, rows } = await resultOf(database, `SELECT ${items.join(', ')}`)
      expect(columns.map(({ type, kind }) => [type, kind])).toEqual(
        cells.map(([, ...told]) => told.slice(0, 2)),
      )
      expect(rows).toEqual([cells.map(([, , , value]) => value)])
    })

    it('runs what a question may ask', async () => {
      const failures: string[] = []
      for (const sql of allowedSparkSql) {
        const bound = await database.explain(sql)
        if (bound !== undefined) failures.push(`${sql}: ${bound.message}`)
      }
      expect(failures).toEqual([])
    }, 240_000)

    /** Everything that an attack might change. */
    const state = () =>
      Promise.all([
        spark.run('shop', 'SELECT * FROM stores ORDER BY 1'),
        spark.run('shop', 'SELECT * FROM sales ORDER BY 1'),
        spark.run('shop', 'SHOW TABLES'),
        spark.run('shop', 'SHOW USER FUNCTIONS'),
        spark.run('shop', 'SHOW DATABASES'),
      ])

    it('stays as it is through every attack', async () => {
      const before = await state()
      const passed: string[] = []
      for (const sql of refusedSparkSql) {
        const outcome = await database.query(sql)
        const isHeld = !outcome.ok && /^sql_(refused|invalid)$/.test(outcome.failure.code)
        if (!isHeld) passed.push(sql)
      }
      expect(passed).toEqual([])
      expect(await state()).toEqual(before)
    })

    it('answers the next question after each that takes too much', async () => {
      const codes: string[] = []
      for (const sql of isLarge ? sparkBombs : sparkBombs.slice(0, 2)) {
        const outcome = await database.query(sql, { timeoutMs: 3_000 })
        codes.push(`${outcome.ok ? 'ok' : outcome.failure.code}: ${sql}`)
        expect(await database.query('SELECT count(*) FROM range(0, 100, 1, 4)'), sql).toMatchObject(
          {
            ok: true,
          },
        )
      }
      expect(
        codes.filter((code) => !/^(ok|sql_(timeout|failed|out_of_memory))/.test(code)),
      ).toEqual([])
    }, 240_000)
  })

  describeLosses(spark)
})
