/** The store's SQL on PostgreSQL, for any number of replicas at once. */
import type pg from 'pg'
import { isLostConnection } from '../../postgres/engine-failure.js'
import { StoreError } from '../store-error.js'
import type { Cell, StoreSql } from '../store-sql.js'
import { lockNumber } from './lock-number.js'
import { sharedStoreErrorOf } from './shared-store-error.js'

type Queryable = Pick<pg.ClientBase, 'query'>

export function sharedStoreSql(pool: pg.Pool): StoreSql {
  return {
    ...statementsOn(pool),
    transaction: (name, work) => transact(pool, name, work),
    // The server's own vacuum does that.
    forgetRemoved: async () => {},
  }
}

function statementsOn(queryable: Queryable): Pick<StoreSql, 'rows' | 'change'> {
  const run = async (sql: string, cells: readonly Cell[]) => {
    try {
      return await queryable.query<Cell[]>({
        text: numbered(sql),
        values: cells.map(storable),
        rowMode: 'array',
      })
    } catch (error) {
      throw sharedStoreErrorOf(error) ?? error
    }
  }
  return {
    rows: async (sql, ...cells) => (await run(sql, cells)).rows,
    change: async (sql, ...cells) => (await run(sql, cells)).rowCount ?? 0,
  }
}

async function transact<Result>(
  pool: pg.Pool,
  name: string,
  work: (sql: StoreSql) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw sharedStoreErrorOf(error) ?? error
  })
  const within: StoreSql = {
    ...statementsOn(client),
    transaction: (_, inner) => inner(within),
    forgetRemoved: async () => {},
  }
  let broken = false
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockNumber(`store ${name}`)])
    const result = await work(within)
    await client.query('COMMIT')
    return result
  } catch (error) {
    broken = !(await rollBack(client, error))
    throw sharedStoreErrorOf(error) ?? error
  } finally {
    client.release(broken)
  }
}

/** False where the connection is of no use any more. */
async function rollBack(client: pg.PoolClient, error: unknown): Promise<boolean> {
  const reason = error instanceof StoreError ? error.cause : error
  if (isLostConnection(reason)) return false
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  )
}

/** PostgreSQL's placeholders have numbers, and none of our SQL has a question mark of its own. */
function numbered(sql: string): string {
  let count = 0
  return sql.replace(/\?(\d*)/g, (_, number: string) => {
    count += 1
    return `$${number === '' ? count : number}`
  })
}

/** PostgreSQL has no character of the number 0. */
function storable(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replaceAll('\0', '\uFFFD') : cell
}
