/** Which language the page speaks. */
import { html, type TemplateResult } from 'lit'
import type { Context } from '../context.js'
import { languages } from '../messages/languages.js'

/** `onChoice` is told the tag. */
export function languageChooser(
  { words, locale }: Context,
  onChoice: (tag: string) => void,
): TemplateResult {
  const onChange = ({ currentTarget }: Event) =>
    onChoice((currentTarget as HTMLSelectElement).value)
  return html`<label class="language">
    <span class="visually-hidden">${words.page.language}</span>
    <select id="language" @change=${onChange}>
      ${languages.map(
        ({ tag, name }) =>
          html`<option value=${tag} lang=${tag} ?selected=${tag === locale.tag}>${name}</option>`,
      )}
    </select>
  </label>`
}
