/** Big numbers as plain text: a figure of Plotly indicators does not need the chart library. */
import { element } from './element.js'
import { plainLabel } from './plain-label.js'

/**
 * @param {import('../../agents/chart/figure.js').Figure} figure
 * @returns {HTMLElement}
 */
export function numberCards(figure) {
  return element(
    'dl',
    { class: 'number-cards' },
    figure.data.map((trace) => {
      const { title, value, number } = /** @type {any} */ (trace)
      return element(
        'div',
        {},
        element('dt', {}, plainLabel(title?.text)),
        element(
          'dd',
          {},
          `${plainLabel(number?.prefix)}${formatNumber(value, number?.valueformat)}${plainLabel(number?.suffix)}`,
        ),
      )
    }),
  )
}

/**
 * Understands the part of d3-format that number cards use: `,d`, `,.2f`, `,.1%`, and `~` for no trailing zeros.
 * @param {number} value
 * @param {string} [pattern]
 */
function formatNumber(value, pattern = '') {
  const [, decimals, trim, type] = /^,?(?:\.(\d+))?(~)?([df%]?)$/.exec(pattern) ?? []
  const most = type === 'd' ? 0 : decimals === undefined ? 2 : Number(decimals)
  return new Intl.NumberFormat('en', {
    style: type === '%' ? 'percent' : 'decimal',
    maximumFractionDigits: most,
    minimumFractionDigits:
      trim || decimals === undefined || (Number.isInteger(value) && type !== '%') ? 0 : most,
  }).format(value)
}
