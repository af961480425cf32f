/** What is asked of a PostgreSQL server about a table that is too large to be read whole. */
import { expect, it } from 'vitest'
import { profileTable } from '../../../../data/postgres/introspect-profile.js'
import type { DeclaredTable } from '../../../../data/postgres/introspect-schema.js'

const column = (name: string, type: string, kind: 'number' | 'date') => ({
  name,
  type,
  kind,
  nullable: true,
  unique: false,
  samples: [],
})

const table = (findsPages: boolean): DeclaredTable => ({
  name: 'events',
  columns: [column('amount', 'INTEGER', 'number'), column('sent', 'DATE', 'date')],
  primaryKey: [],
  rowCount: 0,
  isView: false,
  storage: {
    bytes: 200_000_000_000,
    countedBytes: 200_000_000_000,
    countedRows: 1_000_000_000,
    indexed: new Set(),
    findsPages,
  },
})

it.each([
  ['at its last pages alone', true, 1],
  ['not at all before PostgreSQL 14, which would read all pages', false, 0],
])('looks for newer dates %s, and goes without them where that fails', async (_, finds, looks) => {
  const asked: string[] = []
  const read = async (sql: string) => {
    if (!/ctid/.test(sql)) return [Array.from({ length: 20 }, () => '9')]
    asked.push(sql)
    throw new Error('The server gave no answer in time.')
  }
  const profile = await profileTable(read, table(finds))
  expect(asked).toHaveLength(looks)
  expect(asked.join()).not.toContain('max("amount")')
  expect(profile.rowCount).toBe(1_000_000_000)
  expect(profile.columns[1]).toMatchObject({ max: '9', rangeIsSampled: true })
})
