/** What every Database must do that reads all of a result, run with the rest of its contract. */
import { expect, test } from 'vitest'
import type { Value } from '../../data/catalog.js'
import type { ReadLimits, ReadOutcome } from '../../data/read-all.js'
import type { OpenedDatabase } from './database.contract.js'

const limits: ReadLimits = {
  maxRows: 100_000,
  maxColumns: 100,
  maxBytes: 10_000_000,
  maxCellCharacters: 1_000,
  timeoutMs: 60_000,
}

/** 10,000 rows, in no more tables than any engine has. */
const manyRows = `WITH d(i) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))
  SELECT a.i * 1000 + b.i * 100 + c.i * 10 + e.i AS n, 'row ' || a.i AS name
  FROM d a CROSS JOIN d b CROSS JOIN d c CROSS JOIN d e`

interface Read {
  readonly outcome: ReadOutcome
  readonly rows: readonly (readonly Value[])[]
  readonly batches: number
}

export function describeReading(opened: () => OpenedDatabase): void {
  const read = async (sql: string, given: Partial<ReadLimits> = {}, signal?: AbortSignal) => {
    const rows: (readonly Value[])[] = []
    let batches = 0
    const outcome = await opened().database.readAll(sql, {
      limits: { ...limits, ...given },
      signal,
      take: async (batch) => {
        batches += 1
        rows.push(...batch.rows)
      },
    })
    return { outcome, rows, batches } satisfies Read
  }

  test('reads every row of a long result, batch after batch', async () => {
    const { outcome, rows, batches } = await read(manyRows)
    expect(outcome).toMatchObject({
      ok: true,
      rowCount: 10_000,
      columns: [
        { name: 'n', kind: 'number' },
        { name: 'name', kind: 'text' },
      ],
    })
    expect(outcome).not.toHaveProperty('cut', expect.anything())
    expect(batches).toBeGreaterThan(3)
    expect(new Set(rows.map(([n]) => Number(n))).size).toBe(10_000)
    expect(rows.every(([n, name]) => name === `row ${Math.floor(Number(n) / 1_000)}`)).toBe(true)
  })

  test('reads decimals, dates and what is not there as they are', async () => {
    const { rows } = await read(
      'SELECT opened_on, amount FROM stores JOIN sales ON sales.store_id = stores.store_id ORDER BY sale_id',
    )
    const told = rows.map(([date, amount]) => [date, amount === null ? null : Number(amount)])
    expect(told).toEqual([
      ['2022-01-15', 10.5],
      ['2022-01-15', 20.25],
      ['2022-03-01', 5],
      [null, null],
    ])
  })

  test('reads an empty result with its columns', async () => {
    const { outcome, rows } = await read('SELECT store_name FROM stores WHERE store_id > 99')
    expect(outcome).toMatchObject({ ok: true, rowCount: 0, columns: [{ name: 'store_name' }] })
    expect(rows).toEqual([])
  })

  test.each([
    [{ maxRows: 7 }, 7, 'rows'],
    [{ maxBytes: 1_000 }, undefined, 'bytes'],
    [{ maxCellCharacters: 4 }, 10_000, 'cells'],
    [{ maxColumns: 1 }, 10_000, 'columns'],
  ])('stops reading at %j and says so', async (given, count, cut) => {
    const { outcome, rows } = await read(manyRows, given)
    expect(outcome).toMatchObject({ ok: true, cut, rowCount: rows.length })
    expect(rows.length).toBeGreaterThan(0)
    if (count !== undefined) expect(rows).toHaveLength(count)
    else expect(rows.length).toBeLessThan(200)
  })

  test.each([
    ['DELETE FROM sales', 'sql_refused'],
    ['SELECT 1; SELECT 2', 'sql_refused'],
    ['SELECT store_nme FROM stores', 'sql_invalid'],
  ])('reads nothing of "%s"', async (sql, code) => {
    const { outcome, rows } = await read(sql)
    expect(outcome).toMatchObject({ ok: false })
    expect(['sql_refused', 'sql_invalid', code]).toContain(outcome.ok || outcome.failure.code)
    expect(rows).toEqual([])
  })

  test('stops reading when time is up or nobody wants it any more', async () => {
    const { endlessSql } = opened()
    const late = await read(endlessSql, { timeoutMs: 1_500 })
    expect(late.outcome).toMatchObject({ ok: false, failure: { code: 'sql_timeout' } })
    const cancelled = await read(endlessSql, {}, AbortSignal.timeout(1_000))
    expect(cancelled.outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect((await read('SELECT 1 AS one')).rows).toHaveLength(1)
  })
}
