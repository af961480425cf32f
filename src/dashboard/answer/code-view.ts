/** A statement with its keywords coloured. */
import { html, type TemplateResult } from 'lit'
import { sqlTokens, type Token, withLineBreaks } from '../text/sql-tokens.js'

export function codeView(sql: string, label: string): TemplateResult {
  const pieces = withLineBreaks(sqlTokens(sql)).map(pieceOf)
  return html`<pre tabindex="0" role="region" aria-label=${label}><code>${pieces}</code></pre>`
}

function pieceOf({ kind, text }: Token): TemplateResult | string {
  return kind === 'plain' ? text : html`<span class="sql-${kind}">${text}</span>`
}
