/** Horizontal bars with their 95 % intervals, as SVG that needs nothing else. */
import { escapeHtml } from './escape-html.js'
import type { Tallies, Tally } from './tally.js'

/** Lengths in pixels of the drawing. */
const nameWidth = 250
const barWidth = 420
const rowHeight = 24
const barHeight = 14
const numberWidth = 170

/** Nothing for no bars. */
export function barPlot(title: string, tallies: Tallies): string {
  const rows = Object.entries(tallies)
  if (rows.length === 0) return ''
  const height = rows.length * rowHeight
  const bars = rows.map(([name, tally], at) => bar(name, tally, at * rowHeight)).join('')
  const width = nameWidth + barWidth + numberWidth
  const label = escapeHtml(title)
  return `<figure><figcaption>${label}</figcaption><svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${bars}</svg></figure>`
}

function bar(name: string, { right, total, share, interval }: Tally, top: number): string {
  const middle = top + rowHeight / 2
  const at = (value: number) => (nameWidth + value * barWidth).toFixed(1)
  const [low, high] = [at(interval.low), at(interval.high)]
  return [
    `<text class="name" x="${nameWidth - 10}" y="${middle + 4}">${escapeHtml(name)}</text>`,
    `<rect class="track" x="${nameWidth}" y="${middle - barHeight / 2}" width="${barWidth}" height="${barHeight}"/>`,
    `<rect class="share" x="${nameWidth}" y="${middle - barHeight / 2}" width="${(share * barWidth).toFixed(1)}" height="${barHeight}"/>`,
    `<path class="interval" d="M${low} ${middle - 4}V${middle + 4}M${low} ${middle}H${high}M${high} ${middle - 4}V${middle + 4}"/>`,
    `<text class="number" x="${nameWidth + barWidth + 10}" y="${middle + 4}">${(100 * share).toFixed(1)} % (${right} of ${total})</text>`,
  ].join('')
}
