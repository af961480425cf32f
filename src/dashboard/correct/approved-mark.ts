/** Says that an answer's SQL was not written for it but approved for its question before. */
import { html, nothing } from 'lit'
import type { Turn } from '../chat/turn-state.js'
import type { Context } from '../context.js'

export function approvedMark({ answer, kept }: Turn, { words, locale }: Context) {
  const generator = answer?.ok ? answer.generator : kept?.answer.generator
  if (generator !== 'approved') return nothing
  const pair = answer?.provenance?.approvedPair
  const { approved, approvedAt } = words.keep
  return html`<p class="approved-mark">
    ${approved}${pair ? ` ${approvedAt(locale.moment(pair.approvedAt))}` : nothing}
  </p>`
}
