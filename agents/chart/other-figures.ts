/** Pies, heat maps, scatters and histograms. */
import type { HistogramSpec, ScatterSpec, SeriesSpec } from './chart-choice.js'
import type { Figure } from './figure.js'
import { categoryAxis, layoutOf, legendOf, palette, valueAxis } from './figure-layout.js'
import { numberFormat } from './number-format.js'
import { safeLabel } from './safe-label.js'
import { safeLabels } from './safe-labels.js'

/** Above this many points, single ones matter less than where they gather. */
const crowd = 300
const pixelsPerHeatRow = 24
const framePixels = 150

export function pieFigure({ title, positions, series: [series], style }: SeriesSpec): Figure {
  const values = series?.values ?? []
  const { full, suffix } = numberFormat(style, values)
  return {
    data: [
      {
        type: 'pie',
        labels: safeLabels(positions),
        values,
        sort: false,
        direction: 'clockwise',
        textinfo: 'label+percent',
        textposition: 'outside',
        automargin: true,
        marker: { colors: palette },
        hovertemplate: `%{label}<br>%{value:${full}}${suffix} (%{percent})<extra></extra>`,
      },
    ],
    layout: layoutOf(title, { margin: { l: 24, r: 24, t: 76, b: 40 } }),
  }
}

export function heatMapFigure(spec: SeriesSpec): Figure {
  const values = spec.series.map((series) => series.values)
  const numbers = values.flat().filter((value) => value !== null)
  const { full, suffix, axis } = numberFormat(spec.style, numbers)
  const x = safeLabels(spec.positions)
  const y = safeLabels(spec.series.map(({ name }) => name))
  const mixed = numbers.some((value) => value < 0) && numbers.some((value) => value > 0)
  return {
    data: [
      {
        type: 'heatmap',
        x,
        y,
        z: values,
        hoverongaps: false,
        xgap: 1,
        ygap: 1,
        ...(mixed ? { colorscale: 'RdBu', zmid: 0 } : { colorscale: 'Cividis' }),
        colorbar: { title: { text: safeLabel(spec.valueTitle, 24) }, ...axis, outlinewidth: 0 },
        hovertemplate: `%{x}, %{y}<br>%{z:${full}}${suffix}<extra></extra>`,
      },
    ],
    layout: layoutOf(spec.title, {
      xaxis: categoryAxis(spec.positionTitle, x),
      yaxis: { ...categoryAxis(spec.seriesTitle, y), autorange: 'reversed' },
      height: Math.max(360, framePixels + y.length * pixelsPerHeatRow),
    }),
  }
}

export function scatterFigure(spec: ScatterSpec): Figure {
  const ys = spec.groups.flatMap(({ y }) => y)
  const { full, suffix, axis } = numberFormat(spec.style, ys)
  const named = spec.groups.length > 1
  const xs = spec.groups.flatMap(({ x }) => x)
  return {
    data: spec.groups.map(({ name, x, y, labels }) => ({
      type: 'scatter',
      mode: 'markers',
      name: safeLabel(name),
      x: spec.categories ? x.map((value) => safeLabel(String(value))) : x,
      y,
      ...(labels.length > 0 && { text: labels.map((label) => safeLabel(label)) }),
      marker: { size: 7, opacity: ys.length > crowd ? 0.4 : 0.75 },
      hovertemplate: `${labels.length > 0 ? '%{text}<br>' : ''}%{x}, %{y:${full}}${suffix}${named ? '' : '<extra></extra>'}`,
    })),
    layout: layoutOf(spec.title, {
      xaxis: spec.categories
        ? categoryAxis(spec.xTitle, [...new Set(xs.map((x) => safeLabel(String(x))))])
        : valueAxis(spec.xTitle, { exponentformat: 'B', separatethousands: true }),
      yaxis: valueAxis(spec.yTitle, axis),
      ...(named && legendOf('')),
    }),
  }
}

export function histogramFigure({ title, valueTitle, style, bins }: HistogramSpec): Figure {
  const borders = bins.flatMap(({ from, to }) => [from, to])
  const { full, suffix, axis } = numberFormat(style, borders)
  return {
    data: [
      {
        type: 'bar',
        x: bins.map(({ from, to }) => (from + to) / 2),
        y: bins.map(({ count }) => count),
        width: bins.map(({ from, to }) => to - from),
        customdata: bins.map(({ from, to }) => [from, to]),
        marker: { color: palette[0], line: { color: 'rgba(255,255,255,0.6)', width: 1 } },
        hovertemplate: `%{customdata[0]:${full}}${suffix} to %{customdata[1]:${full}}${suffix}<br>%{y:,d} rows<extra></extra>`,
      },
    ],
    layout: layoutOf(title, {
      bargap: 0,
      xaxis: { ...valueAxis(valueTitle, axis), zeroline: false },
      yaxis: valueAxis('Rows', { exponentformat: 'B', separatethousands: true }),
    }),
  }
}
