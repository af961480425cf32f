/** Big numbers as plain text: a figure of Plotly indicators does not need the chart library. */
import { html, type TemplateResult } from 'lit'
import type { Figure } from '../../../agents/chart/figure.js'
import type { Locale } from '../text/locale.js'
import { plainLabel } from '../text/plain-label.js'

/** As `agents/chart` builds it. */
interface Indicator {
  readonly title?: { readonly text?: string }
  readonly value: number
  readonly number?: {
    readonly prefix?: string
    readonly suffix?: string
    readonly valueformat?: string
  }
}

export function numberCards(figure: Figure, locale: Locale): TemplateResult {
  const indicators = figure.data as readonly unknown[] as readonly Indicator[]
  return html`<dl class="number-cards">
    ${indicators.map(
      ({ title, value, number }) => html`<div>
        <dt>${plainLabel(title?.text)}</dt>
        <dd>${plainLabel(number?.prefix)}${formatNumber(value, number?.valueformat, locale)}${plainLabel(number?.suffix)}</dd>
      </div>`,
    )}
  </dl>`
}

/** Understands the part of d3-format that number cards use: `,d`, `,.2f`, `,.1%`, and `~` for no trailing zeros. */
function formatNumber(value: number, pattern = '', locale: Locale): string {
  const [, decimals, trim, type] = /^,?(?:\.(\d+))?(~)?([df%]?)$/.exec(pattern) ?? []
  const most = type === 'd' ? 0 : decimals === undefined ? 2 : Number(decimals)
  const mayTrim = trim || decimals === undefined || (Number.isInteger(value) && type !== '%')
  return locale.number(value, {
    style: type === '%' ? 'percent' : 'decimal',
    maximumFractionDigits: most,
    minimumFractionDigits: mayTrim ? 0 : most,
  })
}
