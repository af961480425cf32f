/** Turns a name that fits several columns into a question with one-click choices. */
import type { Catalog, ColumnReference } from '../../data/catalog.js'
import type { Clarification } from '../answer.js'
import { humanise } from '../text/humanise.js'
import type { Entities } from './entities.js'

/** More choices than this help nobody. */
const maxOffered = 6

/** Undefined when every name has one reading. A choice's value is `table.column`. */
export function clarify(
  entities: Entities,
  catalog: Catalog,
  question: string,
): Clarification | undefined {
  const [ambiguity] = entities.ambiguities
  if (!ambiguity) return isHeadless(entities) ? askWhat(catalog, question) : undefined
  return {
    question: `“${ambiguity.phrase}” could mean several things here. Which one do you mean?`,
    choices: ambiguity.options.slice(0, maxOffered).map((option) => ({
      label: labelOf(option, catalog),
      value: `${option.table}.${option.column}`,
    })),
  }
}

/** "show the top 5" says how many, of nothing. */
function isHeadless({ base, limit, order }: Entities): boolean {
  return base === undefined && (limit !== undefined || order !== undefined)
}

/** A choice's value is the question with the table's name added. */
function askWhat(catalog: Catalog, question: string): Clarification {
  const largest = [...catalog.tables].sort((a, b) => b.rowCount - a.rowCount).slice(0, maxOffered)
  return {
    question: 'Of what? The question does not say what to show.',
    choices: largest.map((table) => {
      const name = humanise(table.name).toLowerCase()
      return { label: name, value: `${question.replace(/[\s?.!]+$/, '')} ${name}` }
    }),
  }
}

function labelOf({ table, column }: ColumnReference, catalog: Catalog): string {
  const samples = catalog.tables
    .find((candidate) => candidate.name === table)
    ?.columns.find((candidate) => candidate.name === column)?.samples
  const example = samples?.[0] === undefined ? '' : ` (such as ${samples[0]})`
  return `${humanise(column)} of ${humanise(table).toLowerCase()}${example}`
}
