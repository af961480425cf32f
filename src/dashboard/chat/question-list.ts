/** Questions as buttons: one click asks. */
import { html, type TemplateResult } from 'lit'
import { tell } from '../chat-events.js'

/** List items with `style` chip or, less conspicuous, link. */
export function questionItems(
  questions: readonly string[],
  style: 'chip' | 'link',
): readonly TemplateResult[] {
  return questions.map(
    (question) => html`<li>
      <button type="button" class=${style} @click=${ask} .value=${question}>${question}</button>
    </li>`,
  )
}

function ask({ currentTarget }: Event): void {
  const button = currentTarget as HTMLButtonElement
  tell(button, 'parley-ask', button.value)
}
