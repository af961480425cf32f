/** What the cards of adapters and of models from scratch have in common. */
import { html, nothing } from 'lit'
import type { ListedAdapter } from '../../../adapters/model-shelf.js'
import type { Context } from '../../context.js'
import { modelWords } from './model-words.js'

/** `notMeasured` stands where there is no score. */
export function scoreView(score: ListedAdapter['score'], notMeasured: string, context: Context) {
  if (!score) return html`<p class="muted small">${notMeasured}</p>`
  const options = { style: 'percent', maximumFractionDigits: 1 } as const
  return html`<p class="score">
      <strong>${context.locale.number(score.value, options)}</strong>
      <span class="muted small">${score.measure}</span>
    </p>
    <meter class="score-bar" min="0" max="1" value=${score.value} aria-label=${modelWords(context).score}></meter>`
}

export function sizeText(bytes: number | undefined, { locale }: Context): string | undefined {
  if (bytes === undefined) return undefined
  const isSmall = bytes < 1e6
  const unit = isSmall ? 'kilobyte' : 'megabyte'
  const options = { style: 'unit', unit, maximumFractionDigits: 1 } as const
  return locale.number(bytes / (isSmall ? 1e3 : 1e6), options)
}

export function noticeView(notice: string | undefined, context: Context) {
  if (!notice) return nothing
  return html`<details>
    <summary>${modelWords(context).notice}</summary>
    <p class="notice-text small">${notice}</p>
  </details>`
}

export function fact(name: string, value: string | undefined) {
  return value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing
}

/** What the job wrote may be anything. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return Array.isArray(value) ? value.join(', ') : String(value)
}
