/** Why there is no answer, and what may help. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Failure } from '../chat/turn-state.js'
import type { Messages } from '../messages/en.js'

/** The page's own failures are said in its language, the service's as it words them. */
export function problemView(failure: Failure, words: Messages): TemplateResult {
  const { message, hints } = wordsOf(failure, words)
  return html`<div class="problem" role="alert" data-code=${failure.code}>
    <p>${message}</p>
    ${hints.length > 0 ? html`<ul>${hints.map((hint) => html`<li>${hint}</li>`)}</ul>` : nothing}
  </div>`
}

/** Message and hints of a failure, in the page's language where they are its own. */
export function wordsOf(
  { code, message, hints = [] }: Failure,
  { failures }: Messages,
): Pick<Failure, 'message' | 'hints'> {
  const own = Object.hasOwn(failures, code) && failures[code as keyof Messages['failures']]
  if (!own) return { message, hints }
  return { message: own.message, hints: own.hint ? [own.hint] : hints }
}
