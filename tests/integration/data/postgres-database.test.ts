/** A live PostgreSQL behind the Database port: the contract, results, limits, and what happens when things go wrong. */
import { describe } from 'vitest'
import type { Database } from '../../../data/database.js'
import { openSource } from '../../../data/sources/open-source.js'
import { databaseContract, shopStatements } from '../../contracts/database.contract.js'
import { hasPostgres, useOwnPostgres } from '../../support/postgres-database.js'

const endlessSql =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'

async function open(url: string): Promise<Database> {
  const opened = await openSource(url, '/nowhere')
  if (!opened.ok) throw new Error(`${opened.failure.message} ${opened.failure.hints.join(' ')}`)
  return opened.source.connect!()
}

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  const server = useOwnPostgres()
  let shops = 0

  databaseContract('A PostgreSQL database', async () => {
    shops += 1
    const database = await open(await server.create(`shop${shops}`, shopStatements))
    return { database, endlessSql, cleanUp: () => database.close() }
  })
})
