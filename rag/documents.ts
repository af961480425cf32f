/** Turns a catalog, the question patterns and the stored examples into the documents retrieval searches. */
import { createHash } from 'node:crypto'
import type { Catalog, Relationship, Table } from '../data/catalog.js'
import type { DocumentKind, KnowledgeDocument } from './knowledge.js'
import { noteDocuments, termDocuments } from './note-documents.js'
import { questionPatterns } from './patterns.js'
import { columnGroupDocuments, tableDocument, valueSetDocuments } from './table-documents.js'
import { spokenName } from './words.js'

/** Part of the index's fingerprint: raise it when texts or ids change. */
export const documentsVersion = '1'

/** A question and the SQL that is known to answer it. */
export interface KnowledgeExample {
  readonly question: string
  readonly sql: string
}

/** Bounds the work on wide schemas: 14,100 texts at 5 ms each, a good minute of embedding at the very most. */
const maxDocuments: Readonly<Record<DocumentKind, number>> = {
  table: 6_000,
  column_group: 2_000,
  relationship: 1_000,
  value_set: 1_000,
  pattern: 100,
  example: 1_000,
  note: 3_000,
}

/** Every document of the knowledge base, with ids that stay the same for the same data. */
export function buildDocuments(
  catalog: Catalog,
  examples: readonly KnowledgeExample[] = [],
): readonly KnowledgeDocument[] {
  const documents = [
    ...catalog.tables.map(tableDocument),
    ...upTo(maxDocuments.column_group, catalog.tables, columnGroupDocuments),
    ...catalog.relationships.map(relationshipDocument),
    ...upTo(maxDocuments.value_set, catalog.tables, valueSetDocuments),
    ...patternDocuments(),
    ...exampleDocuments(catalog, examples),
    ...noteDocuments(catalog),
    ...termDocuments(catalog),
  ]
  return keepWithinLimits(documents)
}

/** Writes no more than are kept, which would take seconds for thousands of tables. */
function upTo(
  most: number,
  tables: readonly Table[],
  write: (table: Table) => readonly KnowledgeDocument[],
): readonly KnowledgeDocument[] {
  const documents: KnowledgeDocument[] = []
  for (const table of tables) {
    if (documents.length >= most) break
    documents.push(...write(table))
  }
  return documents
}

/** Changes whenever any document does. */
export function documentsHash(documents: readonly KnowledgeDocument[]): string {
  const hash = createHash('sha256').update(documentsVersion)
  for (const { id, text, sql } of documents) hash.update(JSON.stringify([id, text, sql ?? null]))
  return hash.digest('hex')
}

export function relationshipDocument({ from, to }: Relationship): KnowledgeDocument {
  const [many, one] = [spokenName(from.table), spokenName(to.table)]
  return {
    id: `relationship:${from.table}.${from.column}->${to.table}.${to.column}`,
    kind: 'relationship',
    text: `${many} belong to ${one}: ${from.table}.${from.column} = ${to.table}.${to.column}`,
    tables: [...new Set([from.table, to.table])],
  }
}

function patternDocuments(): readonly KnowledgeDocument[] {
  return questionPatterns.map(({ name, shape, sql }) => ({
    id: `pattern:${name}`,
    kind: 'pattern',
    text: shape,
    tables: [],
    sql,
  }))
}

function exampleDocuments(
  catalog: Catalog,
  examples: readonly KnowledgeExample[],
): readonly KnowledgeDocument[] {
  return examples.map(({ question, sql }) => ({
    id: `example:${shortHash(question, sql)}`,
    kind: 'example',
    text: question,
    tables: tablesNamedIn(sql, catalog),
    sql,
  }))
}

function tablesNamedIn(sql: string, catalog: Catalog): readonly string[] {
  const names = new Set(sql.toLowerCase().match(/"[^"]+"|[\p{L}\p{N}_$]+/gu) ?? [])
  return catalog.tables
    .map((table) => table.name)
    .filter((name) => names.has(name.toLowerCase()) || names.has(`"${name.toLowerCase()}"`))
}

/** Keeps the first documents of each kind, and one document per id. */
function keepWithinLimits(documents: readonly KnowledgeDocument[]): readonly KnowledgeDocument[] {
  const kept = new Map<string, KnowledgeDocument>()
  const counts = new Map<DocumentKind, number>()
  for (const document of documents) {
    const count = counts.get(document.kind) ?? 0
    if (count >= maxDocuments[document.kind] || kept.has(document.id)) continue
    counts.set(document.kind, count + 1)
    kept.set(document.id, document)
  }
  return [...kept.values()]
}

function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
