/** What a question says and a query leaves out: numbers and names, which are hardly ever said for nothing. */
import type { Catalog } from '../../../data/catalog.js'
import { nameWords, singular } from '../../../data/name-words.js'
import type { QuestionPointers } from './question-pointers.js'

const literal = /'((?:[^']|'')*)'|(?<![\w.'"])-?\d[\d.]*/g

/**
 * Words with a digit or a capital that stand in no text or number of the query, and in no name of the schema. Of 1,000
 * questions of WikiSQL's development set some 80 of 428 wrong answers left one out, and some 16 of 572 right ones.
 */
export function leftOutWords(
  joinFree: string,
  { words, telling }: Pick<QuestionPointers, 'words' | 'telling'>,
  { tables }: Pick<Catalog, 'tables'>,
): readonly string[] {
  const used = new Set(
    [...joinFree.matchAll(literal)].flatMap(([whole, text = whole]) => wordsOf(text)),
  )
  const names = tables.flatMap(({ name, columns }) => [name, ...columns.map((each) => each.name)])
  const named = new Set(names.flatMap(wordsOf))
  return wholeNumbers(telling, words).filter((word) =>
    wordsOf(word).some((part) => !used.has(part) && !named.has(part)),
  )
}

/** The words; `2`, `,` and `107` are one. */
function wholeNumbers(telling: readonly number[], words: readonly string[]): readonly string[] {
  const whole: string[] = []
  for (const at of telling) {
    const word = words[at] ?? ''
    const goesOn = /^\d{3}$/.test(word) && words[at - 1] === ',' && telling.includes(at - 2)
    whole.push(goesOn ? `${whole.pop()},${word}` : word)
  }
  return whole
}

/** `2,107` and `2107` are one number. */
function wordsOf(text: string): readonly string[] {
  return nameWords(text.replaceAll(/(?<=\d),(?=\d{3})/g, '')).map(singular)
}
