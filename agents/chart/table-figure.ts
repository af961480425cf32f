/** A plain table, for results that no chart tells better. */
import { formatValue, sharedDecimals } from '../text/format-value.js'
import { sentenceCase } from '../text/humanise.js'
import type { TableSpec } from './chart-choice.js'
import type { Figure } from './figure.js'
import { layoutOf } from './figure-layout.js'
import { maxPoints } from './limits.js'
import { safeLabel } from './safe-label.js'

const clear = 'rgba(0,0,0,0)'
const lineColour = 'rgba(128,128,128,0.4)'

/** Draws as many rows as the limit on cells allows; the answer's own rows are complete. */
export function tableFigure({ title, headings, rows, numeric }: TableSpec): Figure {
  const drawn = rows.slice(0, Math.floor(maxPoints / Math.max(1, headings.length)))
  const align = numeric.map((isNumber) => (isNumber ? 'right' : 'left'))
  const style = { align, fill: { color: clear }, line: { color: lineColour }, height: 28 }
  return {
    data: [
      {
        type: 'table',
        header: { ...style, values: headings.map((heading) => safeLabel(sentenceCase(heading))) },
        cells: {
          ...style,
          values: headings.map((_, index) => columnText(drawn, index, numeric[index])),
        },
      },
    ],
    layout: layoutOf(title),
  }
}

function columnText(rows: TableSpec['rows'], index: number, isNumber = false): readonly string[] {
  const values = rows.map((row) => row[index] ?? null)
  const decimals = isNumber ? sharedDecimals(values) : undefined
  return values.map((value) =>
    safeLabel(
      formatValue(value, isNumber ? 'number' : 'text', decimals === undefined ? {} : { decimals }),
    ),
  )
}
