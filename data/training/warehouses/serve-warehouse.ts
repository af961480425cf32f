/** Serves a made warehouse as users' files are served: guarded, locked down and limited. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../database.js'
import { openDuckDbDatabase } from '../../duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../duckdb/write-database-file.js'
import { fillWarehouse } from './open-warehouse.js'
import type { Warehouse } from './warehouse.js'

/** `close` removes the file. */
export async function serveWarehouse(
  warehouse: Warehouse,
): Promise<Pick<Database, 'query' | 'close'>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-warehouse-'))
  const remove = () => rm(folder, { recursive: true })
  try {
    const path = join(folder, 'warehouse.duckdb')
    await writeDatabaseFile(path, (connection) => fillWarehouse(connection, warehouse))
    const database = await openDuckDbDatabase(path, { label: warehouse.name })
    return {
      query: (sql, options) => database.query(sql, options),
      close: () => database.close().then(remove),
    }
  } catch (error) {
    await remove()
    throw error
  }
}
