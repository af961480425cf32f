/** A live MariaDB behind the Database port: the contract, attacks, results, limits, and connections that end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, QueryResult } from '../../../data/database.js'
import { clientConfig, readAddress } from '../../../data/mysql/address.js'
import { allowedFunctions } from '../../../data/mysql/allowed-functions.js'
import { openSessions } from '../../../data/mysql/sessions.js'
import { databaseContract, shopStatements } from '../../contracts/database.contract.js'
import { hasMysql, mysqlReader, openMysql, useOwnMysql } from '../../support/mysql-database.js'
import { allowedMysqlSql } from '../../unit/data/mysql/allowed-mysql-sql.js'
import { refusedMysqlSql } from '../../unit/data/mysql/refused-mysql-sql.js'
import { mysqlShop } from '../../unit/data/mysql/shop-schema.js'

const endlessSql =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n a, n b, n c'

async function resultOf(database: Database, sql: string): Promise<QueryResult> {
  const outcome = await database.query(sql)
  if (!outcome.ok) throw new Error(`${sql}: ${outcome.failure.message}`)
  return outcome.result
}

describe.skipIf(!hasMysql)('MariaDB', () => {
  const server = useOwnMysql()
  let shops = 0

  databaseContract('A MariaDB database', async () => {
    shops += 1
    const database = await openMysql(await server.create(`shop${shops}`, shopStatements))
    return { database, endlessSql, cleanUp: () => database.close() }
  })

  describe('A MariaDB database', () => {
    let database: Database
    beforeAll(async () => {
      database = await openMysql(await server.create('shop', mysqlShop))
    })
    afterAll(() => database.close())

    const running = async () => {
      const rows = await server.run(
        'mysql',
        `SELECT count(*) FROM information_schema.processlist
         WHERE user = '${mysqlReader}' AND command = 'Query' AND info LIKE 'WITH RECURSIVE%'`,
      )
      return Number(rows[0]?.[0])
    }

    it('answers what people ask', async () => {
      const failures: string[] = []
      for (const sql of allowedMysqlSql) {
        const outcome = await database.query(sql)
        if (!outcome.ok) failures.push(`${sql}: ${outcome.failure.message}`)
      }
      expect(failures).toEqual([])
    })

    it('is changed and left by no attack, and the server knows every function that the guard allows', async () => {
      const before = await server.run('shop', 'CHECKSUM TABLE stores, sales')
      for (const sql of refusedMysqlSql) {
        expect(await database.query(sql), sql).toMatchObject({
          ok: false,
          failure: { code: expect.stringMatching(/^sql_(refused|invalid)$/) },
        })
      }
      expect(await server.run('shop', 'CHECKSUM TABLE stores, sales')).toEqual(before)
      expect(await database.query('SELECT 1')).toMatchObject({ ok: true })
      expect(allowedFunctions.has('sleep')).toBe(false)
    })

    it('delivers values that JSON carries as they are', async () => {
      const { columns, rows } = await resultOf(
        database,
        `SELECT store_id, name, is_open, opened_on, kind, details, 9007199254740993 AS large, 12.50 AS price,
           CAST('123456789012345678.5' AS DECIMAL(30, 1)) AS exact, 1 / 3 AS third, CAST(0.1 AS FLOAT) AS share,
           TIMESTAMP '2023-01-02 03:04:05' AS moment, TIME '99:04:05' AS span, NULL AS nothing, 'ü🙂' AS text
         FROM stores WHERE store_id = 2`,
      )
      expect(columns.map(({ type, kind }) => `${type} ${kind}`)).toEqual([
        'INT number',
        'VARCHAR(40) text',
        'TINYINT(1) boolean',
        'DATE date',
        'ENUM text',
        'TEXT text',
        'BIGINT number',
        'DECIMAL(4,2) number',
        'DECIMAL(30,1) number',
        expect.stringMatching(/^DECIMAL\(\d+,10\) number$/),
        'FLOAT number',
        'DATETIME timestamp',
        'TIME other',
        'NULL text',
        'VARCHAR(2) text',
      ])
      expect(rows).toEqual([
        [
          2,
          'Store 2',
          true,
          '2022-01-03',
          'large',
          '{"owner": "Ann"}',
          '9007199254740993',
          12.5,
          '123456789012345678.5',
          0.3333333333,
          0.1,
          '2023-01-02 03:04:05',
          '99:04:05',
          null,
          'ü🙂',
        ],
      ])
    })

    it('reads bits, bytes, years, large numbers, and dates that are none', async () => {
      await server.run(
        'shop',
        `CREATE TABLE odd (flag bit(1), bits bit(12), bytes varbinary(4), born year, large bigint unsigned, day date, moment datetime(3))`,
        `SET sql_mode = ''`,
      )
      const client = await server.client('shop')
      await client.query("SET sql_mode = ''")
      await client.query(
        "INSERT INTO odd VALUES (b'1', b'101', x'00ff', 2020, 18446744073709551615, '0000-00-00', '2024-00-00'), (b'0', NULL, '', 1999, 1, '2024-02-29', '2024-02-29 01:02:03.5')",
      )
      await client.end()
      await expect.poll(() => database.explain('SELECT flag FROM odd')).toBeUndefined()
      const { rows, columns } = await resultOf(database, 'SELECT * FROM odd ORDER BY born DESC')
      expect(columns.map(({ type }) => type)).toEqual([
        'BIT(1)',
        'BIT(12)',
        'VARBINARY',
        'YEAR',
        'BIGINT UNSIGNED',
        'DATE',
        'DATETIME',
      ])
      expect(rows).toEqual([
        [true, 5, '0x00FF', 2020, '18446744073709551615', null, null],
        [false, null, '0x', 1999, 1, '2024-02-29', '2024-02-29 01:02:03.500'],
      ])
      await server.run('shop', 'DROP TABLE odd')
    })

    it('cuts rows, columns, cells and bytes and says so', async () => {
      const cases: readonly (readonly [sql: string, rows: number, columns: number])[] = [
        ['SELECT * FROM sales', 1_000, 4],
        ['SELECT * FROM sales LIMIT 4000', 1_000, 4],
        ['SELECT * FROM sales LIMIT 1000', 1_000, 4],
        [`SELECT ${Array.from({ length: 250 }, (_, index) => `${index} AS c${index}`)}`, 1, 200],
        ["SELECT repeat('x', 20000) AS `long`", 1, 1],
        ["SELECT repeat('x', 9000) FROM sales", 222, 1],
      ]
      for (const [sql, rows, columns] of cases) {
        const result = await resultOf(database, sql)
        expect([sql, result.rows.length, result.columns.length]).toEqual([sql, rows, columns])
        expect(result.truncated).toBe(!sql.includes('LIMIT 1000'))
      }
    })

    it('reads no more of a hundred million rows than it shows, whatever limit they have', async () => {
      for (const limit of ['', ' LIMIT 90000000']) {
        const sql = `SELECT a.amount FROM sales a, sales b, sales c${limit}`
        const { rows, truncated } = await resultOf(database, sql)
        expect([rows.length, truncated]).toEqual([1_000, true])
      }
      await expect.poll(running).toBe(0)
    })

    it('says so where a list would be cut, instead of answering with half of it', async () => {
      const outcome = await database.query(
        "SELECT length(group_concat(repeat('x', 9000))) FROM sales",
      )
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'sql_out_of_memory' } })
    })

    it('leaves nothing running on the server after a query was stopped', async () => {
      const stopped = await Promise.all(
        Array.from({ length: 6 }, () => database.query(endlessSql, { timeoutMs: 300 })),
      )
      expect(stopped.map((outcome) => outcome.ok || outcome.failure.code)).toEqual(
        Array.from({ length: 6 }, () => 'sql_timeout'),
      )
      await expect.poll(running).toBe(0)
    })

    it('cancels what runs when it is closed', async () => {
      const other = await openMysql(server.url('shop'))
      const asked = other.query(endlessSql, { timeoutMs: 60_000 })
      await expect.poll(running).toBe(1)
      await other.close()
      expect(await asked).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
      await expect.poll(running).toBe(0)
    })

    it('has the server itself refuse a second statement, a change, and what lasts too long', async () => {
      const read = await readAddress(server.url('shop', 'root'))
      if (!read.ok) throw new Error(read.message)
      const sessions = openSessions(clientConfig(read.address, false), 1)
      const { signal } = new AbortController()
      const limits = { timeoutMs: 60_000, signal }
      const stacked = sessions.use(limits, ({ run }) => run('SELECT 1; DELETE FROM sales'))
      await expect(stacked).rejects.toThrow('syntax')
      const written = sessions.use(limits, ({ run }) => run('DELETE FROM sales'))
      await expect(written).rejects.toThrow('READ ONLY transaction')
      const sent = sessions.use(limits, ({ run }) =>
        run("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE sales"),
      )
      await expect(sent).rejects.toThrow()
      await sessions.close()
    })

    it('says that the connection was lost, and connects anew', async () => {
      const asked = database.query(endlessSql, { timeoutMs: 60_000 })
      await expect.poll(running).toBe(1)
      await server.run('mysql', `KILL USER ${mysqlReader}`)
      expect(await asked).toMatchObject({
        failure: { code: 'sql_failed', message: 'The connection to the database was lost.' },
      })
      expect(await database.query('SELECT count(*) FROM stores')).toMatchObject({ ok: true })
    })

    it('waits shortly for a table that somebody changes, and says what it waited for', async () => {
      const changing = await server.client('shop')
      await changing.query('LOCK TABLES sales WRITE')
      expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({
        failure: { code: 'sql_failed', message: expect.stringContaining('locked') },
      })
      await changing.end()
      expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
    })

    it('names what is near, and what texts stand in', async () => {
      expect(await database.explain('SELECT s.nme FROM stores s')).toMatchObject({
        code: 'sql_invalid',
        hints: expect.arrayContaining(['stores.name']),
      })
      expect(await database.explain('SELECT 1 FROM stores WHERE name = "Qzxv Wkjh"')).toMatchObject(
        {
          code: 'sql_invalid',
          hints: ['Texts stand in single quotes.'],
        },
      )
      expect(await database.query('SELECT 1 / (store_id - 1) FROM stores LIMIT 1')).toMatchObject({
        result: { rows: [[null]] },
      })
    })

    it('sees a table that is made while it is open, and rows that are written', async () => {
      const before = await database.version()
      await database.query('SELECT count(*) FROM stores')
      await server.run('shop', 'CREATE TABLE later (a integer)')
      await expect
        .poll(() => database.explain('SELECT a FROM later'), { timeout: 5_000 })
        .toBeUndefined()
      const made = await database.version()
      expect(made).not.toBe(before)
      await server.run('shop', 'INSERT INTO later VALUES (1)')
      await expect.poll(() => database.version(), { timeout: 20_000 }).not.toBe(made)
      await server.run('shop', "ALTER TABLE later ADD COLUMN b integer COMMENT 'new'")
      const changed = await database.version()
      expect(changed).not.toBe(made)
      await server.run('shop', 'DROP TABLE later')
    })
  })
})
