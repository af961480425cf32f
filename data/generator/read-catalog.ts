/** Reads the tables that are asked about, with more of their values than the product keeps in mind. */
import type { Catalog } from '../catalog.js'
import type { Database } from '../database.js'
import { withMoreValues } from './with-more-values.js'

export type ReadCatalog =
  | { readonly ok: true; readonly catalog: Catalog }
  | { readonly ok: false; readonly message: string }

/** Values that may be read to fill slots. */
const mostValueRows = 1_000

export async function readCatalog(
  database: Pick<Database, 'introspect' | 'query'>,
  signal: AbortSignal,
): Promise<ReadCatalog> {
  const known = await database.introspect(signal).catch((error: Error) => error.message)
  if (typeof known === 'string') {
    return { ok: false, message: `The tables cannot be read: ${known}` }
  }
  const catalog = await withMoreValues(known, async (sql) => {
    const outcome = await database.query(sql, { maxRows: mostValueRows, signal })
    return outcome.ok
      ? { ok: true, rows: outcome.result.rows, truncated: outcome.result.truncated }
      : { ok: false, message: outcome.failure.message }
  })
  return { ok: true, catalog }
}
