/** Reads the words of a question as items: names of tables and columns, stored values, times, cues. */
import type { Catalog } from '../../data/catalog.js'
import type { ValueLink } from '../../rag/knowledge.js'
import { dropKindWords } from './items/drop-kind-words.js'
import type { Item } from './items/item.js'
import { linkValueParts } from './items/link-value-parts.js'
import { mergeMentions } from './items/merge-mentions.js'
import { readItems } from './items/read-items.js'
import { linkKeys } from './schema/link-keys.js'
import { spellOutNames } from './schema/spell-out-names.js'
import { correctSpelling } from './words/correct-spelling.js'
import { tokenize } from './words/tokens.js'

export interface NamesInput {
  readonly question: string
  readonly catalog: Catalog
  readonly valueLinks: readonly ValueLink[]
  /** ISO date that relative dates count from. */
  readonly asOf: string
}

/** In the question's order; each word belongs to at most one. */
export function readNames(input: NamesInput): readonly Item[] {
  const { question, catalog, valueLinks, asOf } = input
  const typed = correctSpelling(tokenize(question), catalog, valueLinks)
  const tokens = spellOutNames(typed, catalog)
  const links = [...linkKeys(tokens, catalog), ...valueLinks]
  const read = dropKindWords(readItems(tokens, catalog, links, asOf))
  return mergeMentions(linkValueParts(read, catalog), catalog)
}
