/** Says which columns an answer was read with because its reader picked them. */
import { html, nothing } from 'lit'
import type { Turn } from '../chat/turn-state.js'
import type { Context } from '../context.js'
import { columnText } from './swap-columns.js'

export function swappedMark({ swaps = [] }: Turn, { words }: Context) {
  if (swaps.length === 0) return nothing
  const { readWith, insteadOf } = words.keep.columns
  return html`<ul class="rewritten">
    ${swaps.map(
      ({ column, by }) =>
        html`<li>${readWith} <code>${columnText(by)}</code> ${insteadOf} <code>${columnText(column)}</code></li>`,
    )}
  </ul>`
}
