/** Draws a figure in characters: bars lying down, lines as columns of eighths. */
import type { ChartKind, Figure } from '../../agents/chart/figure.js'
import { formatNumber } from '../../agents/text/format-value.js'

/** More would fill the screen; the table has them all. */
const maxBars = 20
const maxLabel = 28
const minBar = 10
const lineHeight = 8
const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const barEnds = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const drawnKinds: readonly ChartKind[] = [
  'bar',
  'grouped_bar',
  'stacked_bar',
  'histogram',
  'pie',
  'line',
  'area',
]

interface Series {
  readonly name: string
  readonly labels: readonly string[]
  readonly values: readonly (number | undefined)[]
}

/** Undefined for kinds that characters cannot show; the labels are the figure's. */
export function terminalChart(kind: ChartKind, figure: Figure, width: number): string | undefined {
  if (!drawnKinds.includes(kind)) return undefined
  const series = figure.data.map(seriesOf).filter(({ values }) => values.length > 0)
  const isLine = kind === 'line' || kind === 'area'
  const lines = series.flatMap((one) => [
    ...(series.length > 1 ? [`${one.name}:`] : []),
    ...(isLine
      ? drawLine(one, width, lineHeight / Math.min(2, series.length))
      : drawBars(one, width)),
  ])
  return lines.length === 0 ? undefined : lines.join('\n')
}

function seriesOf(trace: Figure['data'][number]): Series {
  const { type, orientation, labels, values, x, y, name } = trace
  const [places, numbers] =
    type === 'pie' ? [labels, values] : orientation === 'h' ? [y, x] : [x, y]
  return {
    name: plain(name ?? ''),
    labels: listOf(places).map(plain),
    values: listOf(numbers).map((value) => (value === null ? undefined : Number(value))),
  }
}

function listOf(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : []
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** Labels are escaped for Plotly. */
function plain(label: unknown): string {
  return String(label).replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
}

function drawBars({ labels, values }: Series, width: number): readonly string[] {
  const shown = values.slice(0, maxBars)
  const names = labels.slice(0, maxBars).map((label) => cut(label, maxLabel))
  const numbers = shown.map((value) => (value === undefined ? '–' : formatNumber(value)))
  const nameWidth = widest(names)
  const room = Math.max(minBar, width - nameWidth - widest(numbers) - 4)
  const most = Math.max(...shown.map((value) => Math.abs(value ?? 0))) || 1
  const bars = shown.map((value, at) => {
    const bar = barOf(((value ?? 0) / most) * room)
    return `${(names[at] ?? '').padEnd(nameWidth)}  ${bar} ${numbers[at]}`
  })
  const left = values.length - shown.length
  return left > 0 ? [...bars, `… ${left} more`] : bars
}

/** `length` in characters; what is less than nothing is drawn lighter. */
function barOf(length: number): string {
  if (length < 0) return '░'.repeat(Math.max(1, Math.round(-length)))
  const whole = Math.floor(length)
  return '█'.repeat(whole) + (barEnds[Math.floor((length - whole) * 8)] ?? '')
}

function drawLine({ labels, values }: Series, width: number, height: number): readonly string[] {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return []
  const least = Math.min(...known, 0)
  const most = Math.max(...known)
  const scale = [formatNumber(most), formatNumber(least)]
  const margin = widest(scale)
  const room = Math.max(minBar, width - margin - 3)
  const points = spread(values, room)
  const levels = points.map((value) =>
    value === undefined ? 0 : Math.round(((value - least) / (most - least || 1)) * height * 8),
  )
  const rows = Array.from({ length: height }, (_, row) => {
    const base = (height - 1 - row) * 8
    const cells = levels.map((level) => eighths[Math.max(0, Math.min(8, level - base))])
    const mark = row === 0 ? scale[0] : row === height - 1 ? scale[1] : ''
    return `${(mark ?? '').padStart(margin)} ┤${cells.join('').trimEnd()}`
  })
  return [...rows, `${' '.repeat(margin + 2)}${ends(labels, points.length)}`]
}

/** Few points are drawn wider; of many, each column shows the mean of its own. */
function spread(
  values: readonly (number | undefined)[],
  room: number,
): readonly (number | undefined)[] {
  const each = Math.max(1, Math.min(6, Math.floor(room / values.length)))
  if (values.length <= room) {
    return values.flatMap((value) => Array.from({ length: each }, () => value))
  }
  return Array.from({ length: room }, (_, at) => {
    const from = Math.floor((at * values.length) / room)
    const to = Math.max(from + 1, Math.floor(((at + 1) * values.length) / room))
    const known = values.slice(from, to).filter((value) => value !== undefined)
    return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0) / known.length
  })
}

function ends(labels: readonly string[], width: number): string {
  const [first = ''] = labels
  const last = labels.at(-1) ?? ''
  return labels.length < 2 ? first : `${first.padEnd(width - last.length)} ${last}`.trimEnd()
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length))
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
