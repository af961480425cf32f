/** The guard lets analytic SELECTs over the dataset through and refuses everything else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { duckDbProgram, parseSql, readFunctions } from '../../../../data/duckdb/duckdb-program.js'
import { EngineProcess } from '../../../../data/engine-process/engine-process.js'
import { allowedTableFunctions } from '../../../../data/guard/denied-functions.js'
import { guardSql } from '../../../../data/guard/guard-sql.js'
import { allowedSql } from './allowed-sql.js'
import { refusedSql } from './refused-sql.js'

const engine = new EngineProcess(duckDbProgram)
let functions: ReadonlySet<string>

beforeAll(async () => {
  functions = await readFunctions(engine)
})
afterAll(() => engine.close())

function check(sql: string) {
  const tables = ['stores', 'sales', 'odd name', 'pg_notes']
  const rules = { tables, functions, tableFunctions: allowedTableFunctions }
  return guardSql(sql, rules, (text) => parseSql(engine, text))
}

describe('refusals', () => {
  test.each(refusedSql)('refuses %s', async (sql) => {
    expect(await check(sql)).toMatchObject({ code: 'sql_refused' })
  })

  test('refuses text beyond the longest allowed', async () => {
    expect(await check(`SELECT '${'x'.repeat(20_000)}'`)).toMatchObject({ code: 'sql_refused' })
    expect(await check(`SELECT '${'x'.repeat(19_000)}'`)).toBeUndefined()
  })

  test('refuses deep nesting and answers quickly', async () => {
    const nested = `SELECT ${'abs('.repeat(500)}1${')'.repeat(500)}`
    const chain = `SELECT 1${' + 1'.repeat(900)}`
    const subQueries = `SELECT ${'(SELECT '.repeat(8)}1${')'.repeat(8)}`
    const lambdas = `SELECT ${'list_transform([1], x -> '.repeat(8)}1${')'.repeat(8)}`
    const start = performance.now()
    for (const sql of [nested, chain, subQueries, lambdas]) {
      expect(await check(sql)).toMatchObject({ code: 'sql_refused' })
    }
    expect(await check(`SELECT ${'('.repeat(9_000)}1${')'.repeat(9_000)}`)).toBeUndefined()
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('says why and names what may have been meant', async () => {
    expect(await check('SELECT pg_sleep(5)')).toEqual({
      code: 'sql_refused',
      message: 'The function "pg_sleep" is not allowed: it only waits.',
      hints: [],
    })
    expect(await check('SELECT * FROM store')).toEqual({
      code: 'sql_invalid',
      message: 'There is no table "store".',
      hints: ['stores'],
    })
    expect(await check('SELECT levenstein(1, 2)')).toMatchObject({
      code: 'sql_invalid',
      hints: expect.arrayContaining(['levenshtein']),
    })
  })

  test('does not read a common table that deletes', async () => {
    const sql = 'WITH gone AS (DELETE FROM stores RETURNING *) SELECT * FROM gone'
    expect(await check(sql)).toMatchObject({ code: 'sql_invalid' })
  })

  test.each(['', '  ', ';', '-- nothing', 'SELECT', 'SELECT FROM stores WHERE', "SELECT 'open"])(
    'calls %j invalid',
    async (sql) => {
      expect(await check(sql)).toMatchObject({ code: 'sql_invalid' })
    },
  )
})

describe('acceptance', () => {
  test.each(allowedSql)('accepts %s', async (sql) => {
    expect(await check(sql)).toBeUndefined()
  })
})
