/** A statement with its keywords coloured. */
import { html, type TemplateResult } from 'lit'
import { sqlTokens, type Token, withLineBreaks } from '../text/sql-tokens.js'

export function codeView(sql: string, label: string): TemplateResult {
  const pieces = colouredCode(withLineBreaks(sqlTokens(sql)))
  return html`<pre tabindex="0" role="region" aria-label=${label}><code>${pieces}</code></pre>`
}

export function colouredCode(tokens: readonly Token[]): readonly (TemplateResult | string)[] {
  return tokens.map(({ kind, text }) =>
    kind === 'plain' ? text : html`<span class="sql-${kind}">${text}</span>`,
  )
}
