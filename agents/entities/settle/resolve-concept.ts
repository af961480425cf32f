/** Finds the column an adjective or a question word is about: "largest", "how old", "where". */
import { type Column, type ColumnReference, findTable } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import { identifierStems, isKeyLike } from '../schema/schema-terms.js'
import type { Surroundings } from './resolve-columns.js'

/** The column an adjective measures: the earliest of its concept's words found in the base's column names. */
export function columnOfConcept(
  concept: readonly string[],
  { catalog, base }: Surroundings,
  kinds: readonly string[] = ['number', 'date', 'timestamp'],
): ColumnReference | undefined {
  const table = base === undefined ? undefined : findTable(catalog, base)
  if (!table) return undefined
  for (const word of concept) {
    const column = table.columns.find(
      (candidate) =>
        kinds.includes(candidate.kind) &&
        !isKeyLike(catalog, { table: table.name, column: candidate.name }) &&
        identifierStems(candidate.name).includes(stem(word)),
    )
    if (column) return { table: table.name, column: column.name }
  }
  const dated = concept.includes('date') ? table.columns.find(isDated) : undefined
  return dated && { table: table.name, column: dated.name }
}

function isDated({ kind }: Column): boolean {
  return kind === 'date' || kind === 'timestamp'
}
