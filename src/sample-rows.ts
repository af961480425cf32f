/** A few rows of one table as it is, through the guard like any other query. */
import { findTable } from '../data/catalog.js'
import type { QueryOutcome } from '../data/database.js'
import { quoteName } from '../data/quote.js'
import type { Services } from './services.js'

export interface SampleOptions {
  readonly limit: number
  readonly signal?: AbortSignal
}

/** Undefined when there is no such table to see. */
export async function sampleRows(
  {
    catalog,
    database,
  }: Pick<Services, 'catalog'> & { readonly database: Pick<Services['database'], 'query'> },
  table: string,
  { limit, signal }: SampleOptions,
  timeoutMs: number,
): Promise<QueryOutcome | undefined> {
  const found = findTable(await catalog(), table)
  if (!found) return undefined
  const sql = `SELECT * FROM ${quoteName(found.name)} LIMIT ${limit}`
  return database.query(sql, { signal, maxRows: limit, timeoutMs })
}
