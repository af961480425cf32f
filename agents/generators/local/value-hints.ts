/** Chooses which of the stored values a question names are shown to the model. */
import type { ValueLink } from '../../../rag/knowledge.js'
import type { OfferedSchema } from './offered-schema.js'

const maxHints = 6
/** One phrase may be found in many columns; the likeliest few are enough. */
const maxColumnsPerPhrase = 3
/** Below this a link is a guess at a spelling, and stands behind what the question really says. */
const sureSimilarity = 0.95

export interface ValueHint {
  readonly table: string
  readonly column: string
  readonly value: string
}

/** Exact and inflected matches first, then close spellings; each in the question's order. */
export function valueHintsFor(
  links: readonly ValueLink[],
  schema: OfferedSchema,
): readonly ValueHint[] {
  const offered = links.filter((link) => !isNumberOrDate(link.value) && isOffered(link, schema))
  const isSure = (link: ValueLink) => link.similarity >= sureSimilarity
  const ordered = [...offered.filter(isSure), ...offered.filter((link) => !isSure(link))]
  const hints = likeliestColumns(ordered).map(
    ({ column, value }) => [JSON.stringify([column, value]), { ...column, value }] as const,
  )
  // A question may name a value twice.
  return [...new Map(hints).values()].slice(0, maxHints)
}

/** A column left out for want of room has nothing to be compared with. */
function isOffered({ column }: ValueLink, { tables }: OfferedSchema): boolean {
  return tables
    .filter((table) => table.name === column.table)
    .some((table) =>
      table.columns.some((each) => each.name === column.column && each.kind === 'text'),
    )
}

/** The question spells these as they are. */
function isNumberOrDate(value: string): boolean {
  return /^[\d\s.,:/+-]+$/.test(value)
}

function likeliestColumns(links: readonly ValueLink[]): readonly ValueLink[] {
  const columnsOf = new Map<number, Set<string>>()
  return links.filter(({ start, column }) => {
    const columns = columnsOf.get(start) ?? new Set()
    columnsOf.set(start, columns)
    columns.add(JSON.stringify(column))
    return columns.size <= maxColumnsPerPhrase
  })
}
