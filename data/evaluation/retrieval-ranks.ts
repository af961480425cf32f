/** Where retrieval ranked what a gold SQL reads. */
import type { Catalog, ColumnReference } from '../catalog.js'
import { goldParts } from './gold-parts.js'

/** What the product found for a question, best first. */
export interface Retrieved {
  readonly catalog: Catalog
  readonly tables: readonly string[]
  /** For each document, the columns that it is about. */
  readonly columns: readonly (readonly ColumnReference[])[]
}

/** Ranks from 1; null for what was not found. */
export interface RetrievalRanks {
  readonly tables: readonly (number | null)[]
  readonly columns: readonly (number | null)[]
}

/** Undefined when the gold SQL cannot be read. */
export function retrievalRanks(gold: string, retrieved: Retrieved): RetrievalRanks | undefined {
  const parts = goldParts(gold, retrieved.catalog)
  if (!parts) return undefined
  return {
    tables: parts.tables.map((table) => rank(retrieved.tables, (found) => found === table)),
    columns: parts.columns.map(({ table, column }) =>
      rank(retrieved.columns, (found) =>
        found.some((one) => one.table === table && one.column === column),
      ),
    ),
  }
}

function rank<Found>(ranked: readonly Found[], test: (found: Found) => boolean): number | null {
  const at = ranked.findIndex(test)
  return at < 0 ? null : at + 1
}
