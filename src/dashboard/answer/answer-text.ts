/** The text of an answer, in which what was read from the result leads to its cell. */
import { html, type TemplateResult } from 'lit'
import type { AnsweredQuestion } from '../../../agents/answer.js'
import type { CellPlace } from './parley-table.js'

/** Pieces of text, and a button for each cell of the result that stands in it. */
export function answerText(
  { text, textCells = [] }: Pick<AnsweredQuestion, 'text' | 'textCells'>,
  title: string,
  onPick: (cell: CellPlace) => void,
): readonly (string | TemplateResult)[] {
  const pieces: (string | TemplateResult)[] = []
  let told = 0
  for (const { start, end, row, column } of textCells) {
    const pick = () => onPick({ row, column })
    const before = text.slice(told, start)
    const [opening = ''] = /\S*$/.exec(before) ?? []
    const [closing = ''] = /^[^\s\p{L}\p{N}]*/u.exec(text.slice(end)) ?? []
    pieces.push(
      before.slice(0, before.length - opening.length),
      // A line does not break between a bracket and what it holds.
      html`<span class="together">${opening}<button type="button" class="cell-link" title=${title} @click=${pick}>${text.slice(start, end)}</button>${closing}</span>`,
    )
    told = end + closing.length
  }
  return [...pieces, text.slice(told)]
}
