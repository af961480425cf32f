import { expect, it } from 'vitest'
import { formatSql, sqlTokens, withLineBreaks } from '../../../src/dashboard/text/sql-tokens.js'

it('colours SQL without changing a character', () => {
  const sql = `SELECT "a ""b", 'it''s -- no' /* x */ FROM t WHERE f(1.5) > 2 -- end`
  const tokens = sqlTokens(sql)
  expect(tokens.map(({ text }) => text).join('')).toBe(sql)
  expect(Object.fromEntries(tokens.map(({ kind, text }) => [text, kind]))).toMatchObject({
    SELECT: 'keyword',
    '"a ""b"': 'name',
    "'it''s -- no'": 'string',
    '/* x */': 'comment',
    f: 'function',
    '1.5': 'number',
    '-- end': 'comment',
  })
})

it('breaks a line before each clause, not within brackets, and leaves broken lines alone', () => {
  const broken = (sql: string) =>
    withLineBreaks(sqlTokens(sql))
      .map(({ text }) => text)
      .join('')
  expect(broken('SELECT a FROM t LEFT JOIN u ON 1 WHERE x IN (SELECT 1 FROM v)')).toBe(
    'SELECT a \nFROM t \nLEFT JOIN u ON 1 \nWHERE x IN (SELECT 1 FROM v)',
  )
  expect(broken('SELECT 1\nFROM t WHERE 2')).toBe('SELECT 1\nFROM t WHERE 2')
})

it('lays a statement out anew, its texts untouched, and leaves one with comments to the line’s end', () => {
  expect(formatSql("  select a,\n\n  b from t\twhere x = 'two  spaces\n' ")).toBe(
    "select a, b\nfrom t\nwhere x = 'two  spaces\n'",
  )
  const commented = 'SELECT 1 -- one\n  FROM t'
  expect(formatSql(commented)).toBe(commented)
})
