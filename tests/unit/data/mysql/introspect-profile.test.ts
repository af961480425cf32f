/** What is asked of a server about a table of a thousand million rows. */
import { expect, it } from 'vitest'
import { profileTable } from '../../../../data/mysql/introspect-profile.js'
import type { DeclaredTable } from '../../../../data/mysql/introspect-schema.js'

const column = (name: string, type: string, kind: 'number' | 'text' | 'date') => ({
  name,
  type,
  kind,
  nullable: true,
  unique: false,
  samples: [],
})

const table: DeclaredTable = {
  name: 'events',
  columns: [
    column('event_id', 'BIGINT', 'number'),
    column('kind', 'VARCHAR(10)', 'text'),
    column('day', 'DATE', 'date'),
    column('amount', 'INT', 'number'),
  ],
  primaryKey: ['event_id'],
  rowCount: 0,
  isView: false,
  storage: {
    bytes: 200_000_000_000,
    estimatedRows: 1_000_000_000,
    indexed: new Map([
      ['event_id', 1_000_000_000],
      ['day', 3_650],
    ]),
  },
}

/** Each statement reads rows behind a limit, or asks an index for its ends. */
function isBounded(sql: string): boolean {
  const reads = sql.match(/FROM "events"/g)?.length ?? 0
  const limits = sql.match(/LIMIT \d+\)/g)?.length ?? 0
  return reads === limits || /^SELECT min\("(event_id|day)"\), max\("\1"\) FROM "events"$/.test(sql)
}

it('asks once for the newest of all dates, and goes without them where that takes too long', async () => {
  const dates = [column('sent', 'DATE', 'date'), column('paid', 'DATE', 'date')]
  const asked = { ...table, columns: [...table.columns, ...dates] }
  const late: string[] = []
  const profile = await profileTable(async (sql) => {
    if (!/last_rows/.test(sql)) return [Array.from({ length: 30 }, () => '9')]
    late.push(sql)
    throw new Error('The server gave no answer in time.')
  }, asked)
  expect(late).toEqual([expect.stringMatching(/max\("sent"\).*max\("paid"\)/)])
  expect(profile.rowCount).toBe(1_000_000_000)
  expect(profile.columns[5]).toMatchObject({ max: '9', rangeIsSampled: true })
})

it.each([
  ['with a number as its key', table],
  ['without a key', { ...table, primaryKey: [] }],
])('reads no more than a sample of a table %s', async (_, asked) => {
  const statements: string[] = []
  const profile = await profileTable(async (sql) => {
    statements.push(sql)
    return /min\("event_id"\), max/.test(sql) && !/count/.test(sql)
      ? [['1', '2000000000']]
      : [Array.from({ length: 20 }, () => '9')]
  }, asked)
  expect(profile.rowCount).toBe(1_000_000_000)
  expect(profile.columns[2]?.distinctCount).toBe(3_650)
  expect(statements.length).toBeGreaterThan(3)
  expect(statements.filter((sql) => !isBounded(sql))).toEqual([])
})
