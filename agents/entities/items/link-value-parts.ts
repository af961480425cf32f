/** Words that name nothing themselves but stand inside stored names: "Smith", "Black Friday", "tablets". */
import type { Catalog, Column, ColumnReference } from '../../../data/catalog.js'
import { functionWords, questionWords } from '../../../rag/common-words.js'
import { displayColumn } from '../schema/schema-terms.js'
import type { Item } from './item.js'

/** Fewer letters would be part of almost anything. */
const shortest = 3

const everyday = new Set([
  ...functionWords,
  ...questionWords,
  ...'back new old good great big small home work free full half one two white black red green blue'.split(
    ' ',
  ),
  ...'make take come get give keep let put run set turn use help need left right line point side part'.split(
    ' ',
  ),
])

/** Turns each run of unknown words found inside names into one item; the columns that hold it come along. */
export function linkValueParts(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const linked: Item[] = []
  for (let at = 0; at < items.length; ) {
    const run = longestRun(items, at, catalog)
    const item = items[at]
    if (run) linked.push(run.item)
    else if (item) linked.push(item)
    at += run?.length ?? 1
  }
  return linked
}

function longestRun(items: readonly Item[], at: number, catalog: Catalog) {
  let length = 0
  while (items[at + length]?.kind === 'unknown') length += 1
  for (; length > 0; length -= 1) {
    const run = items.slice(at, at + length)
    const phrase = run.map((item) => item.phrase).join(' ')
    const found = findPart(phrase, catalog)
    if (!found) continue
    const span = { from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0, phrase }
    return { item: { ...span, kind: 'part' as const, ...found }, length }
  }
  return undefined
}

/** The word as typed or in the singular, as whole words inside a table's names. */
function findPart(phrase: string, catalog: Catalog) {
  // A word of everyday English inside a name is more likely to be just that word.
  if (phrase.length < shortest || everyday.has(phrase.toLowerCase())) return undefined
  const lower = phrase.toLowerCase()
  for (const text of [lower, lower.replace(/(?<=\p{L}{3})s$/u, '')]) {
    const columns = catalog.tables.flatMap((table): readonly ColumnReference[] => {
      const display = displayColumn(table)
      const holds = display?.kind === 'text' && holdsWord(display, text)
      return holds ? [{ table: table.name, column: display.name }] : []
    })
    if (columns.length > 0) return { columns, text }
  }
  return undefined
}

function holdsWord(column: Column, text: string): boolean {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu')
  return (column.values ?? column.samples).some((value) => pattern.test(value))
}
