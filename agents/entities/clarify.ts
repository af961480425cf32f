/** Turns a name that fits several columns into a question with one-click choices. */
import type { Catalog, ColumnReference } from '../../data/catalog.js'
import type { Clarification } from '../answer.js'
import { humanise } from '../text/humanise.js'
import type { Entities } from './entities.js'

/** Undefined when every name has one reading. A choice's value is `table.column`. */
export function clarify(entities: Entities, catalog: Catalog): Clarification | undefined {
  const [ambiguity] = entities.ambiguities
  if (!ambiguity) return undefined
  return {
    question: `“${ambiguity.phrase}” could mean several things here. Which one do you mean?`,
    choices: ambiguity.options.map((option) => ({
      label: labelOf(option, catalog),
      value: `${option.table}.${option.column}`,
    })),
  }
}

function labelOf({ table, column }: ColumnReference, catalog: Catalog): string {
  const samples = catalog.tables
    .find((candidate) => candidate.name === table)
    ?.columns.find((candidate) => candidate.name === column)?.samples
  const example = samples?.[0] === undefined ? '' : ` (such as ${samples[0]})`
  return `${humanise(column)} of ${humanise(table).toLowerCase()}${example}`
}
