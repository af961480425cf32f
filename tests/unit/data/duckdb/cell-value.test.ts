/** Cells of every DuckDB type, as JSON will carry them. */
import { DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toValue } from '../../../../data/duckdb/cell-value.js'
import { columnKind } from '../../../../data/duckdb/column-kind.js'

let connection: DuckDBConnection
beforeAll(async () => {
  connection = await DuckDBConnection.create()
})
afterAll(() => connection.closeSync())

async function cell(expression: string) {
  const reader = await connection.runAndReadAll(`SELECT ${expression}`)
  return {
    value: toValue(reader.getRows()[0]?.[0] ?? null),
    kind: columnKind(String(reader.columnTypes()[0])),
  }
}

describe('a DuckDB cell', () => {
  it.each([
    ["DATE '2024-03-05'", '2024-03-05', 'date'],
    ["TIMESTAMP '2024-03-05 10:11:12'", '2024-03-05 10:11:12', 'timestamp'],
    ["'2024-03-05 10:11:12'::TIMESTAMP_NS", '2024-03-05 10:11:12', 'timestamp'],
    ['12.50::DECIMAL(10,2)', 12.5, 'number'],
    ['-0.05::DECIMAL(10,2)', -0.05, 'number'],
    ['42::BIGINT', 42, 'number'],
    ['42::HUGEINT', 42, 'number'],
    ['1.5::DOUBLE', 1.5, 'number'],
    ['true', true, 'boolean'],
    ["'plain'", 'plain', 'text'],
    ["'a'::ENUM('a', 'b')", 'a', 'text'],
    ['NULL::INTEGER', null, 'number'],
    ['[1, 2]', '[1, 2]', 'other'],
    ["{'a': 1}", "{'a': 1}", 'other'],
    ["'10:11:12'::TIME", '10:11:12', 'other'],
    ['INTERVAL 1 DAY', '1 day', 'other'],
  ])('%s becomes %j of kind %s', async (expression, value, kind) => {
    expect(await cell(expression)).toEqual({ value, kind })
  })

  it('keeps as text the numbers that a double would change', async () => {
    expect((await cell('9007199254740993::BIGINT')).value).toBe('9007199254740993')
    expect((await cell('12345678901234567.89::DECIMAL(30,2)')).value).toBe('12345678901234567.89')
  })

  it('keeps as text the numbers that JSON cannot write', async () => {
    expect((await cell("'NaN'::DOUBLE")).value).toBe('NaN')
    expect((await cell("'-inf'::DOUBLE")).value).toBe('-Infinity')
  })

  it('gives JSON-safe values for every type DuckDB has', async () => {
    const reader = await connection.runAndReadAll('FROM test_all_types()')
    const rows = reader.getRows().map((row) => row.map(toValue))
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows)
  })
})
