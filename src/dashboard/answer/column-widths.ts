/** How wide the columns of a table are: settled once from a sample, so that they hold still while rows come and go. */
import type { Value } from '../../../data/catalog.js'
import type { ResultColumn } from '../../../data/database.js'
import type { CellFormatter } from '../text/format-cells.js'

const sampledRows = 200
/** In digits (`ch`), and what the padding of a cell takes. */
const narrowest = 4
const widest = 36
const padding = 4.5

export function columnWidths(
  columns: readonly ResultColumn[],
  rows: readonly (readonly Value[])[],
  formatters: readonly CellFormatter[],
): readonly number[] {
  const sample = rows.slice(0, sampledRows)
  return columns.map(({ name }, at) => {
    const texts = sample.map((row) => formatters[at]?.(row[at] ?? null) ?? '')
    const longest = Math.max(narrowest, ...[name, ...texts].map(digitsOf))
    return Math.min(widest, longest) + padding
  })
}

/** Chinese, Japanese and Korean characters are two digits wide. */
function digitsOf(text: string): number {
  const wide = text
    .slice(0, widest)
    .match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/g)
  return text.length + (wide?.length ?? 0)
}
