/** Fetches what the generators may lean on; without retrieval every table is on offer. */
import type { Catalog } from '../../data/catalog.js'
import type { RetrievedContext } from '../../rag/knowledge.js'
import type { GraphDependencies } from '../dependencies.js'
import type { Entities } from '../entities/entities.js'
import { traced } from '../traced.js'

export function retrieveContext({ knowledge }: GraphDependencies) {
  return traced('retrieveContext', 'searching', async (state, { signal }) => {
    const { catalog, entities, options } = state
    if (!catalog) return { update: {}, summary: 'There is no catalog to search.' }
    if (!options.useRag) {
      const context = { documents: [], tables: catalog.tables.map((table) => table.name) }
      return { update: { context }, summary: 'Retrieval is off: every table is on offer.' }
    }
    const question = state.rewrittenQuestion ?? state.question
    const retrieved = await knowledge.retrieve(question, signal)
    const context = withNamedTables(retrieved, entities, catalog)
    const summary = `Found ${context.documents.length} documents about ${context.tables.length} tables.`
    return { update: { context }, summary, details: { tables: context.tables } }
  })
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
