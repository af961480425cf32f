/** Words that remember which of them are cells of the result. */
import { sentenceCase } from './humanise.js'

/** A stretch of a text that is a cell of the result, as a reader sees it. */
export interface TextCell {
  /** Counted as JavaScript counts characters of a string; `end` is the first behind the cell. */
  readonly start: number
  readonly end: number
  /** Of the result's rows and columns, from 0. */
  readonly row: number
  readonly column: number
}

export interface CellWords {
  readonly words: string
  readonly row: number
  readonly column: number
}

export type Phrase = readonly (string | CellWords)[]

export interface TextWithCells {
  readonly text: string
  readonly cells: readonly TextCell[]
}

/** A template literal whose parts may be phrases. */
export function say(texts: TemplateStringsArray, ...parts: readonly (string | Phrase)[]): Phrase {
  return texts.flatMap((text, index) => [text, ...(parts[index] ?? [])])
}

export function joinPhrases(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]))
}

/** Raises the first letter, unless it is a cell's. */
export function sentence(phrase: Phrase): Phrase {
  const at = phrase.findIndex((piece) => piece !== '')
  return phrase.map((piece, index) =>
    index === at && typeof piece === 'string' ? sentenceCase(piece) : piece,
  )
}

export function writeOut(phrase: Phrase): TextWithCells {
  const cells: TextCell[] = []
  let text = ''
  for (const piece of phrase) {
    const start = text.length
    text += typeof piece === 'string' ? piece : piece.words
    if (typeof piece === 'string') continue
    cells.push({ start, end: text.length, row: piece.row, column: piece.column })
  }
  return { text, cells }
}
