/** A PostgreSQL server that does not answer: nobody waits longer than they want to. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../data/database.js'
import { hasPostgres, openPostgres, useOwnPostgres } from '../../support/postgres-database.js'
import { shopSchema } from '../../unit/data/postgres/shop-schema.js'

describe.skipIf(!hasPostgres)('A PostgreSQL server that is busy with something else', () => {
  const server = useOwnPostgres()
  let database: Database
  beforeAll(async () => {
    database = await openPostgres(await server.create('shop', shopSchema))
  })
  afterAll(() => database.close())

  /** Locks the table until the end that it gives. */
  const hold = async (table: string) => {
    const holder = server.client('shop')
    await holder.connect()
    await holder.query(`BEGIN; LOCK TABLE ${table}`)
    return { end: () => holder.end() }
  }

  it('is given up by a question that is cancelled before the names of tables are known', async () => {
    const { end } = await hold('pg_proc')
    const signal = AbortSignal.timeout(100)
    expect(await database.query('SELECT 1', { signal })).toMatchObject({
      ok: false,
      failure: { code: 'cancelled' },
    })
    await end()
    expect(await database.query('SELECT 1')).toMatchObject({ ok: true })
  })

  it('explains no longer than it is given', async () => {
    const { end } = await hold('sales')
    expect(await database.explain('SELECT * FROM sales', undefined, 100)).toMatchObject({
      code: 'sql_timeout',
      message: 'The query took longer than 0.1 seconds.',
    })
    await end()
    expect(await database.explain('SELECT * FROM sales', undefined, 20_000)).toBeUndefined()
  })
})
