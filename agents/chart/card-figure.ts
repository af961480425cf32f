/** Big numbers, one to four of them. */
import type { CardSpec } from './chart-choice.js'
import type { Figure } from './figure.js'
import { layoutOf } from './figure-layout.js'
import { numberFormat } from './number-format.js'
import { safeLabel } from './safe-label.js'

const aloneSize = 48
const amongOthersSize = 32

export function cardFigure({ title, cards }: CardSpec): Figure {
  const columns = Math.min(2, cards.length)
  const rows = Math.ceil(cards.length / columns)
  return {
    data: cards.map(({ label, value, style }, position) => {
      const { full, suffix } = numberFormat(style, [value])
      return {
        type: 'indicator',
        mode: 'number',
        value,
        title: { text: safeLabel(label, 60), font: { size: 15 } },
        number: {
          valueformat: full,
          suffix,
          font: { size: cards.length === 1 ? aloneSize : amongOthersSize },
        },
        domain: { row: Math.floor(position / columns), column: position % columns },
      }
    }),
    layout: layoutOf(title, {
      grid: { rows, columns, pattern: 'independent' },
      height: 140 + 110 * rows,
    }),
  }
}
