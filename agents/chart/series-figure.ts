/** Bars, lines and areas over one shared axis. */
import type { SeriesKind, SeriesSpec } from './chart-choice.js'
import type { Figure } from './figure.js'
import {
  axis,
  categoryAxis,
  layoutOf,
  legendOf,
  palette,
  stepAxis,
  valueAxis,
} from './figure-layout.js'
import { numberFormat, shortNumber } from './number-format.js'
import { safeLabel } from './safe-label.js'
import { safeLabels } from './safe-labels.js'
import { timeAxis, timeHover } from './time-axis.js'

/** With more points than this, markers would hide the line. */
const maxMarkers = 40
/** With more bars than this, numbers beside them would touch. */
const maxBarTexts = 12
const pixelsPerLyingBar = 26
const framePixels = 130
/** A line that stays above this share of its peak would look flat from zero. */
const flatShare = 0.75
const dashes = ['solid', 'dash', 'dot']

type Trace = Readonly<Record<string, unknown>>

export function seriesFigure(kind: SeriesKind, spec: SeriesSpec): Figure {
  const positions = spec.scale === 'category' ? safeLabels(spec.positions) : spec.positions
  const line = kind === 'line' || kind === 'area'
  const data = spec.series.map((_, position) =>
    line ? lineTrace(kind, spec, positions, position) : barTrace(spec, positions, position),
  )
  const value = valueAxis(spec.valueTitle, {
    ...valueFormat(spec).axis,
    rangemode: rangeMode(spec),
  })
  const place = positionAxis(spec, positions)
  const axes = spec.horizontal
    ? { xaxis: value, yaxis: { ...place, autorange: 'reversed' }, height: lyingHeight(spec) }
    : { xaxis: place, yaxis: value }
  return {
    data,
    layout: layoutOf(spec.title, {
      ...axes,
      ...(spec.series.length > 1 && legendOf(spec.seriesTitle)),
      ...(!line && { barmode: kind === 'stacked_bar' ? 'stack' : 'group', bargap: 0.25 }),
    }),
  }
}

function lyingHeight({ positions, series }: SeriesSpec): number {
  const bars = positions.length * Math.max(1, series.length / 2)
  return Math.max(360, framePixels + Math.round(bars * pixelsPerLyingBar))
}

function valueFormat({ style, series }: SeriesSpec) {
  return numberFormat(
    style,
    series.flatMap(({ values }) => values),
  )
}

/** Lines may leave zero out only where it would flatten them. */
function rangeMode({ series }: SeriesSpec): 'tozero' | 'normal' {
  const values = series.flatMap((one) => one.values.filter((value) => value !== null))
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return least >= 0 && least < most * flatShare ? 'tozero' : 'normal'
}

function positionAxis(spec: SeriesSpec, positions: readonly (string | number)[]) {
  if (spec.scale === 'time')
    return { ...axis(spec.positionTitle), ...timeAxis(positions, spec.grain) }
  if (spec.scale === 'number') return stepAxis(spec.positionTitle, positions.map(Number))
  return categoryAxis(spec.positionTitle, positions)
}

function lineTrace(
  kind: SeriesKind,
  spec: SeriesSpec,
  positions: readonly (string | number)[],
  position: number,
): Trace {
  const series = spec.series[position]
  const several = spec.series.length > 1
  const place = spec.scale === 'time' ? `%{x|${timeHover(spec.grain)}}` : '%{x}'
  return {
    type: 'scatter',
    mode: positions.length <= maxMarkers ? 'lines+markers' : 'lines',
    name: safeLabel(series?.name ?? ''),
    x: positions,
    y: series?.values ?? [],
    line: {
      color: palette[position % palette.length],
      width: 2,
      dash: dashes[Math.floor(position / 6) % dashes.length],
    },
    ...(kind === 'area' && (several ? { stackgroup: 'all' } : { fill: 'tozeroy' })),
    hovertemplate: hover(spec, place, 'y'),
  }
}

function barTrace(
  spec: SeriesSpec,
  positions: readonly (string | number)[],
  position: number,
): Trace {
  const series = spec.series[position]
  const values = series?.values ?? []
  const [x, y] = spec.horizontal ? [values, positions] : [positions, values]
  const withText = spec.series.length === 1 && positions.length <= maxBarTexts
  return {
    type: 'bar',
    name: safeLabel(series?.name ?? ''),
    orientation: spec.horizontal ? 'h' : 'v',
    x,
    y,
    marker: { color: palette[position % palette.length] },
    ...(withText && {
      text: values.map((value) => shortNumber(value, spec.style)),
      textposition: 'outside',
      cliponaxis: false,
    }),
    hovertemplate: spec.horizontal ? hover(spec, '%{y}', 'x') : hover(spec, '%{x}', 'y'),
  }
}

/** Plotly adds the series' name itself unless the template ends with an empty `<extra>`. */
function hover(spec: SeriesSpec, place: string, valueAxisName: 'x' | 'y'): string {
  const { full, suffix } = valueFormat(spec)
  const end = spec.series.length > 1 ? '' : '<extra></extra>'
  return `${place}<br>%{${valueAxisName}:${full}}${suffix}${end}`
}
