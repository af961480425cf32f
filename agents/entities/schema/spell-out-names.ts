/** "full names" are the first and the last names, where a table keeps them apart. */
import type { Catalog } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { Token } from '../words/tokens.js'
import { schemaTerms } from './schema-terms.js'

export function spellOutNames(tokens: readonly Token[], catalog: Catalog): readonly Token[] {
  const named = (...words: readonly string[]) =>
    schemaTerms(catalog).some((term) => term.words.join(' ') === words.map(stem).join(' '))
  const apart = named('first', 'name') && named('last', 'name') && !named('full', 'name')
  if (!apart) return tokens
  return tokens.flatMap((token, at) => {
    if (token.lower !== 'full' || stem(tokens[at + 1]?.lower ?? '') !== stem('name')) return [token]
    const as = (word: string): Token => ({ ...token, text: word, lower: word, stem: stem(word) })
    return [as('first'), as('name'), as('and'), as('last')]
  })
}
