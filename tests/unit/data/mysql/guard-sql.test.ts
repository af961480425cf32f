/** The guard for MySQL: what it lets through, what it refuses, and what it sends instead of what was written. */
import { afterAll, describe, expect, it } from 'vitest'
import { guardSql, parserProgram } from '../../../../data/mysql/guard-sql.js'
import type { KnownNames } from '../../../../data/mysql/known-names.js'
import { openSqlParser } from '../../../../data/servers/sql-parser.js'
import { allowedMysqlSql } from './allowed-mysql-sql.js'
import { refusedMysqlSql } from './refused-mysql-sql.js'

const names: KnownNames = {
  database: 'shop',
  countsCase: true,
  tables: new Map([
    ['stores', ['store_id', 'name', 'size', 'is_open', 'opened_on', 'kind', 'details']],
    ['sales', ['store_id', 'sold_on', 'amount', 'note']],
    ['Weird Name', ['id', 'Mixed Case']],
    ['select', ['order', 'a`b']],
    ['open_stores', ['name', 'size']],
  ]),
}
const parser = openSqlParser(parserProgram)
afterAll(() => parser.close())

const guard = (sql: string) => guardSql(sql, parser, names)
const sent = async (sql: string) => {
  const guarded = await guard(sql)
  return guarded.ok ? guarded.sql : guarded.failure.message
}

describe('the guard for MySQL', () => {
  it('lets through what people ask of their data', async () => {
    const failures: string[] = []
    for (const sql of allowedMysqlSql) {
      const guarded = await guard(sql)
      if (!guarded.ok) failures.push(`${sql}: ${guarded.failure.message}`)
    }
    expect(failures).toEqual([])
  })

  it('lets no attack through', async () => {
    expect(refusedMysqlSql.length).toBeGreaterThan(230)
    const passed: string[] = []
    for (const sql of refusedMysqlSql) if ((await guard(sql)).ok) passed.push(sql)
    expect(passed).toEqual([])
  })

  it('sends what it read: names in backticks, no comment, and calls without a blank', async () => {
    expect(await sent('SELECT count (*)\n/* all */ AS "all" -- done\nFROM stores;')).toBe(
      'SELECT count(*) AS `all` FROM stores',
    )
    expect(await sent("SELECT 'it''s \\' , 1--1 # end")).toBe("SELECT 'it''s \\', 1 - - 1")
  })

  it('offers near names for what it does not know', async () => {
    expect(await guard('SELECT * FROM stors')).toMatchObject({
      failure: { code: 'sql_invalid', hints: ['stores'] },
    })
    expect(await guard('SELECT date_formt(opened_on, 1) FROM stores')).toMatchObject({
      failure: { code: 'sql_invalid', hints: expect.arrayContaining(['date_format']) },
    })
  })

  it('asks once more for names that may be new', async () => {
    const tables = new Map([...names.tables, ['fresh', ['a']] as const])
    const newer = async () => ({ ...names, tables })
    expect(await guardSql('SELECT a FROM fresh', parser, names, newer)).toMatchObject({ ok: true })
    expect(await guard('SELECT a FROM fresh')).toMatchObject({ ok: false })
  })

  it('goes on after a statement that was too much for the parser', async () => {
    expect(await guard(`SELECT ${'1+'.repeat(9_000)}1`)).toMatchObject({ ok: false })
    expect(await guard('SELECT 1')).toMatchObject({ ok: true })
  })
})
