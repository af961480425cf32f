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
    const words = text.slice(start, end)
    pieces.push(
      text.slice(told, start),
      html`<button type="button" class="cell-link" title=${title} @click=${() => onPick({ row, column })}>${words}</button>`,
    )
    told = end
  }
  return [...pieces, text.slice(told)]
}
