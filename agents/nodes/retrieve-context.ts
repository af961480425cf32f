/** Fetches what the generators may lean on; without retrieval every table is on offer. */
import { type Catalog, findTable } from '../../data/catalog.js'
import type { RetrievedContext, RetrievedDocument } from '../../rag/knowledge.js'
import { findSimilarPairs, type SimilarPair } from '../../rag/similar-pairs.js'
import type { GraphDependencies } from '../dependencies.js'
import type { Entities } from '../entities/entities.js'
import { widenCatalog } from '../entities/schema/narrow-catalog.js'
import { isGivenSql } from '../intent/intent-rules.js'
import { traced } from '../traced.js'

export function retrieveContext({ knowledge, approved, ...dependencies }: GraphDependencies) {
  return traced('retrieveContext', 'searching', async (state, { signal }) => {
    const { catalog: narrow, entities, options } = state
    if (!narrow) return { update: {}, summary: 'There is no catalog to search.' }
    if (isGivenSql(state)) return { update: {}, summary: 'SQL needs nothing found for it.' }
    if (!options.useRag) {
      const context = { documents: [], tables: narrow.tables.map((table) => table.name) }
      return { update: { context }, summary: 'Retrieval is off: every table is on offer.' }
    }
    const question = state.rewrittenQuestion ?? state.question
    const retrieved = await knowledge.retrieve(question, signal)
    const isWithin = retrieved.tables.every((name) => findTable(narrow, name))
    const catalog = isWithin
      ? narrow
      : widenCatalog(narrow, await dependencies.catalog(), retrieved.tables)
    const pairs = await approved.all(options.user)
    const similar =
      pairs.length > 0
        ? await findSimilarPairs(pairs, question, (texts) => knowledge.embed(texts))
        : []
    const context = withPairs(withNamedTables(retrieved, entities, catalog), similar)
    const count = similar.length > 0 ? ` and ${similar.length} similar approved pairs` : ''
    const summary = `Found ${retrieved.documents.length} documents${count} about ${context.tables.length} tables.`
    const details = {
      tables: context.tables,
      ...(similar.length > 0 && { similarPairs: similar.map(({ question }) => question) }),
    }
    return { update: { catalog, context }, summary, details }
  })
}

/** Approved pairs stand before what was retrieved: somebody looked at them. */
function withPairs(context: RetrievedContext, pairs: readonly SimilarPair[]): RetrievedContext {
  const documents = pairs.map(
    ({ id, question, sql, distance }): RetrievedDocument => ({
      id: `pair:${id}`,
      kind: 'example',
      text: question,
      sql,
      tables: [],
      distance,
      score: 1,
    }),
  )
  return { ...context, documents: [...documents, ...context.documents] }
}

/** Tables the question names stand first, whatever retrieval ranked. */
function withNamedTables(
  context: RetrievedContext,
  entities: Entities | undefined,
  catalog: Catalog,
): RetrievedContext {
  const named = [
    entities?.base,
    ...(entities?.measures ?? []).map((measure) => measure.table),
    ...(entities?.dimensions ?? []).map((dimension) => dimension.column.table),
    ...(entities?.filters ?? []).map((filter) => filter.column.table),
  ].filter((name) => catalog.tables.some((table) => table.name === name))
  return { ...context, tables: [...new Set([...named, ...context.tables])] as string[] }
}
