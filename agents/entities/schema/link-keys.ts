/** "store 12", "sale number 500": a table's name in the singular with a number is one row's key. */
import type { Catalog, Table } from '../../../data/catalog.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import { splitIdentifier, stem } from '../../../rag/words.js'
import type { Token } from '../words/tokens.js'
import { keyColumn } from './schema-terms.js'

const numberWords = new Set(['number', 'no', 'nr', 'id', '#', 'num'])

/** A comma parts them: "the Central region, 2024". */
export function linkKeys(tokens: readonly Token[], catalog: Catalog): readonly ValueLink[] {
  return tokens.flatMap((token, at) => {
    // "by region 2025" groups by region.
    if (['by', 'per', 'each', 'every'].includes(tokens[at - 1]?.lower ?? '')) return []
    const spelled = numberWords.has(tokens[at + 1]?.lower ?? '')
    const key = tokens[at + (spelled ? 2 : 1)]
    const apart = (key?.start ?? 0) - token.end
    if (!key || !/^\d+$/.test(key.text) || (!spelled && apart !== 1)) return []
    return catalog.tables
      .filter((table) => isSingular(token, table))
      .flatMap((table) => linkTo(table, token, key))
  })
}

/** The head word of the table's name, not in a plural: "sales 2023" is a year's sales. */
function isSingular(token: Token, table: Table): boolean {
  const head = splitIdentifier(table.name).at(-1) ?? ''
  return token.stem === stem(head) && token.lower !== `${head.replace(/s$/, '')}s`
}

function linkTo(table: Table, token: Token, key: Token): readonly ValueLink[] {
  const column = keyColumn(table)
  if (column?.kind !== 'number') return []
  return [
    {
      start: token.start,
      end: key.end,
      phrase: `${token.text} ${key.text}`,
      column: { table: table.name, column: column.name },
      value: key.text,
      similarity: 1,
    },
  ]
}
