/** SELECTs that become so many steps that not all of them are looked at. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../data/database.js'
import { openSqliteDatabase } from '../../../data/sqlite/sqlite-database.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

let folder: string
let database: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-programs-'))
  const path = join(folder, 'shop.sqlite')
  writeSqliteFile(path, ['CREATE TABLE stores (size INTEGER)', 'INSERT INTO stores VALUES (7)'])
  database = await openSqliteDatabase(path, { label: 'Shop' })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

/** Each name stands for what it names: the engine writes that out a hundred times, and that again. */
function steps(thousands: number, last: string): string {
  const many = (count: number, name: string) => Array.from({ length: count }, () => name).join(', ')
  return `SELECT max(${many(thousands / 10, 'x')}, last)
    FROM (SELECT max(${many(100, 'x')}) AS x, ${last} AS last
      FROM (SELECT max(${many(100, 'size')}) AS x FROM stores))`
}

it('are refused, whatever their last step is', async () => {
  const long = steps(250, '(SELECT count(*) + 7000 FROM sqlite_schema)')
  expect(await database.query(long, { timeoutMs: 60_000 })).toMatchObject({
    ok: false,
    failure: { code: 'sql_refused', message: 'The SQL takes too many steps.' },
  })
  expect(await database.query(steps(30, '8'), { timeoutMs: 60_000 })).toMatchObject({
    ok: true,
    result: { rows: [[8]] },
  })
})
