/** Chooses which of the tables and columns that a question names are shown to the model. */
import type { Item, MentionItem } from '../../entities/items/item.js'
import type { Candidate } from '../../entities/schema/link-schema.js'
import type { OfferedSchema } from './offered-schema.js'

const maxHints = 8
/** One name may fit columns of many tables; the likeliest few are enough. */
const maxPerPhrase = 3

/** Weaker than the best reading by more than this share, a name is not meant. */
const asGood = 0.9

export interface NameHint {
  readonly table: string
  /** Absent where the table itself is named. */
  readonly column?: string
  /** The question's words for it. */
  readonly phrase: string
}

/** In the question's order, each once. Where a name fits several tables, those that the question names count. */
export function nameHintsFor(items: readonly Item[], schema: OfferedSchema): readonly NameHint[] {
  const mentions = items.filter((item): item is MentionItem => item.kind === 'mention')
  const named = new Set(mentions.flatMap(tablesNamed))
  const hints = mentions.flatMap(({ candidates, owner, phrase }) => {
    const best = candidates[0]?.weight ?? 0
    const offered = candidates.filter(
      (each) => each.weight >= best * asGood && isOffered(each, schema),
    )
    const ofNamed = offered.filter(({ table }) => (owner ? table === owner : named.has(table)))
    const likeliest = (ofNamed.length > 0 ? ofNamed : offered).slice(0, maxPerPhrase)
    return likeliest.map(({ table, column }): NameHint => ({ table, column, phrase }))
  })
  const isFirst = ({ table, column }: NameHint, at: number) =>
    hints.findIndex((other) => other.table === table && other.column === column) === at
  return hints.filter(isFirst).slice(0, maxHints)
}

function tablesNamed({ candidates, owner }: MentionItem): readonly string[] {
  const [best] = candidates
  return [...(owner ? [owner] : []), ...(best?.kind === 'table' ? [best.table] : [])]
}

function isOffered({ table, column, computed }: Candidate, { tables }: OfferedSchema): boolean {
  const found = tables.find(({ name }) => name === table)
  return (
    found !== undefined &&
    computed === undefined &&
    (column === undefined || found.columns.some(({ name }) => name === column))
  )
}
