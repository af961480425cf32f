/** The guard of PostgreSQL, without a server: what it lets through, what it refuses, and how it says so. */
import { afterAll, describe, expect, it } from 'vitest'
import { guardSql, parserProgram } from '../../../../data/postgres/guard-sql.js'
import type { KnownNames, KnownTable } from '../../../../data/postgres/known-names.js'
import { openSqlParser } from '../../../../data/servers/sql-parser.js'
import { allowedPostgresSql } from './allowed-postgres-sql.js'
import { refusedPostgresSql } from './refused-postgres-sql.js'

const table = (schema: string, name: string, columns: string, isBare = true): KnownTable => ({
  schema,
  name,
  isBare,
  columns: columns.split(' '),
})

const names: KnownNames = {
  tables: [
    table('public', 'stores', 'store_id name size is_open opened_on kind details tags'),
    table('public', 'sales', 'store_id sold_on amount note'),
    { ...table('public', 'Weird Name', 'id'), columns: ['id', 'Mixed Case'] },
    table('public', 'open_stores', 'name size'),
    table('public', 'totals', 'store_id total'),
    table('archive', 'old_sales', 'store_id amount'),
    table('archive', 'stores', 'other', false),
  ],
  functions: new Set(
    'pg_sleep pg_read_file nextval set_config lo_import own_secret width version query_to_xml upper initcap'.split(
      ' ',
    ),
  ),
  ownFunctions: new Set(['own_secret', 'any_secret', 'initcap']),
  rowFunctions: new Set(['own_secret', 'any_secret', 'upper', 'hash_record']),
  enums: new Set(['size_class']),
}

const parser = openSqlParser(parserProgram)
afterAll(() => parser.close())
const guard = (sql: string) => guardSql(sql, parser, names)

describe('The guard of PostgreSQL', () => {
  it('lets through what people ask of their data', async () => {
    const failures: string[] = []
    for (const sql of allowedPostgresSql) {
      const failure = await guard(sql)
      if (failure) failures.push(`${sql}: ${failure.message}`)
    }
    expect(failures).toEqual([])
  })

  it('lets no attack through', async () => {
    expect(refusedPostgresSql.length).toBeGreaterThan(120)
    const passed: string[] = []
    for (const sql of refusedPostgresSql) if (!(await guard(sql))) passed.push(sql)
    expect(passed).toEqual([])
  })

  it.each([
    ['DELETE FROM stores', 'Only a SELECT that reads the data is allowed.'],
    ['SELECT 1 INTO t', 'Only a SELECT that reads the data is allowed.'],
    ['SELECT 1; SELECT 2', 'Only one statement is allowed.'],
    ['SELECT $1', 'The SQL has an open parameter.'],
    ['SELECT * FROM pg_authid', '"pg_authid" is not one of the tables of this data.'],
    [
      'SELECT pg_sleep(1)',
      'The function "pg_sleep" is not allowed: it is not one of those that compute on their arguments alone.',
    ],
    [
      'SELECT initcap(name) FROM stores',
      'The function "initcap" is not allowed: the database has a function of its own by this name.',
    ],
    ["SELECT 'a'::regclass", 'The type "regclass" is not allowed.'],
    [`SELECT ${'1+'.repeat(9_000)}1`, 'The SQL is nested too deeply or too long.'],
  ])('refuses %s and says why', async (sql, message) => {
    expect(await guard(sql)).toMatchObject({ code: 'sql_refused', message })
  })

  it.each([
    ['SELECT * FROM store', 'There is no table "store".', ['stores']],
    ['SELECT * FROM Weird_Name', 'There is no table "weird_name".', ['"Weird Name"']],
    ['SELECT * FROM shop.stores', 'There is no table "shop.stores".', ['stores']],
    ['SELECT uper(name) FROM stores', 'There is no function "uper" here.', ['upper']],
  ])('calls %s a mistake and names what is near', async (sql, message, hints) => {
    const failure = await guard(sql)
    expect(failure).toMatchObject({ code: 'sql_invalid', message })
    expect(failure?.hints.slice(0, 1)).toEqual(hints)
  })

  it('asks for newer names where one is unknown, and only then', async () => {
    let asked = 0
    const newer = async () => {
      asked += 1
      return { ...names, tables: [...names.tables, table('public', 'later', 'a')] }
    }
    expect(await guardSql('SELECT a FROM later', parser, names, newer)).toBeUndefined()
    expect(asked).toBe(1)
    for (const sql of ['SELECT 1', 'SELEC 1', 'DELETE FROM later', 'SELECT * FROM pg_authid']) {
      await guardSql(sql, parser, names, newer)
    }
    expect(asked).toBe(1)
  })

  it('answers at once, however often a statement names what it names', async () => {
    const common = Array.from({ length: 500 }, () => 'c AS (TABLE sales)').join(',')
    const start = performance.now()
    for (const from of ['stores', 'c', 'stores s']) {
      const many = Array.from({ length: 1_000 }, () => from).join(',')
      expect(await guard(`WITH ${common} SELECT 1 FROM ${many}`)).toBeUndefined()
    }
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('says where a statement stops being SQL', async () => {
    expect(await guard('SELECT FROM WHERE')).toMatchObject({
      code: 'sql_invalid',
      message: 'The SQL cannot be read: syntax error at or near "WHERE"',
    })
  })

  it('reads on after statements that were too much for the parser', async () => {
    const deep = [`SELECT ${'1+'.repeat(9_000)}1`, `SELECT ${'not '.repeat(4_900)}true`]
    const asked = Array.from({ length: 6 }, (_, at) => [
      deep[at % 2]!,
      'SELECT 1',
      'SELEC 1',
    ]).flat()
    const answers = await Promise.all(asked.map(guard))
    expect(answers.map((failure) => failure?.code)).toEqual(
      asked.map((_, at) => ['sql_refused', undefined, 'sql_invalid'][at % 3]),
    )
  })
})
