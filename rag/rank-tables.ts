/** Ranks the tables behind retrieved documents and adds those needed to join them. */
import type { Catalog } from '../data/catalog.js'
import { connectTables } from '../data/join-free/connect-tables.js'
import type { DocumentKind, RetrievedDocument } from './knowledge.js'

/** Tables taken from the ranking; those that connect them come on top. */
const maxRankedTables = 6
const maxTables = 12
/** A table far behind the best is noise that a small model would trip over. */
const lowestShareOfBest = 0.2

/** How much a hit of each kind says about its tables. */
const kindWeight: Readonly<Record<DocumentKind, number>> = {
  table: 1,
  column_group: 1,
  value_set: 0.8,
  example: 0.6,
  relationship: 0.2,
  pattern: 0,
  note: 0.6,
}

/**
 * Tables of the best documents, best first, then the tables on the foreign-key paths between them.
 * `linkedTables` hold values the question names; they count like a best document each.
 */
export function rankTables(
  catalog: Catalog,
  documents: readonly RetrievedDocument[],
  linkedTables: readonly string[] = [],
): readonly string[] {
  const ranked = rankedNames(documents, linkedTables)
  const required = ranked.slice(0, maxRankedTables)
  const parts = connectTables(catalog, required, { rankedTables: ranked })
  const bridges = parts.flatMap((part) => part.tables).filter((name) => !required.includes(name))
  return [...required, ...bridges].slice(0, maxTables)
}

function rankedNames(
  documents: readonly RetrievedDocument[],
  linkedTables: readonly string[],
): readonly string[] {
  const scores = new Map<string, number>()
  const add = (name: string, score: number) => scores.set(name, (scores.get(name) ?? 0) + score)
  for (const { kind, tables, score } of documents) {
    for (const name of tables) add(name, score * kindWeight[kind])
  }
  const bestDocument = Math.max(0, ...documents.map((document) => document.score))
  for (const name of linkedTables) add(name, bestDocument || 1)
  const best = Math.max(0, ...scores.values())
  return [...scores]
    .filter(([, score]) => score > 0 && score >= best * lowestShareOfBest)
    .sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))
    .map(([name]) => name)
}
