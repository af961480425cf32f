/** A statement with its keywords coloured, and those of its lines marked that another one does not have. */
import { html, type TemplateResult } from 'lit'
import { colouredCode } from '../../answer/code-view.js'
import { commonLines, type Line, sqlLines } from './mark-lines.js'

export function linesView(sql: string, other: string | undefined, label: string): TemplateResult {
  const lines = sqlLines(sql)
  const isCommon = other === undefined ? [] : commonLines(lines, sqlLines(other))
  const pieces = lines.map((line, at) => lineView(line, isCommon[at] ?? true))
  return html`<pre class="compared-sql" tabindex="0" role="region" aria-label=${label}><code>${pieces}</code></pre>`
}

function lineView(line: Line, isCommon: boolean): TemplateResult {
  const pieces = colouredCode(line)
  return isCommon
    ? html`<span class="line">${pieces}</span>`
    : html`<mark class="line">${pieces}</mark>`
}
