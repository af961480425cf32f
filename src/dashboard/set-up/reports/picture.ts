/** A picture with the same figures as a table below it, for those who read rather than look. */
import { html, type TemplateResult } from 'lit'
import type { Figure } from '../../../../agents/chart/figure.js'
import '../../answer/parley-chart.js'
import type { Context } from '../../context.js'
import { reportWords } from './report-words.js'

export interface Picture {
  readonly title: string
  readonly figure: Figure
  readonly head: readonly string[]
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[]
  /** Which rows were left out. */
  readonly note?: string
}

export function pictureView(
  { title, figure, head, rows, note = '' }: Picture,
  context: Context,
): TemplateResult {
  const cells = ([name, ...values]: readonly string[]) =>
    html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`
  const asTable = reportWords(context).asTable(title)
  return html`<div class="picture">
    <parley-chart .figure=${figure} .context=${context}></parley-chart>
    <details class="picture-table">
      <summary>${asTable}</summary>
      <div class="scroll-aside" tabindex="0" role="region" aria-label=${asTable}>
        <table>
          <thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
          <tbody>${rows.map(cells)}</tbody>
        </table>
      </div>
      <p class="muted small">${note}</p>
    </details>
  </div>`
}
