/** Lines over steps or times: curves of a training run, and how many answers were there in time. */
import type { Figure } from '../../../../agents/chart/figure.js'
import { chartLabel } from '../../text/plain-label.js'

export interface Curve {
  readonly name: string
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** Few and far between: each is marked. */
  readonly isMarked?: boolean
}

export interface CurveAxes {
  readonly title: string
  readonly x: string
  readonly y: string
  /** Shares from 0 to 1. */
  readonly isShare?: boolean
  /** By powers of ten: a few values are many times the others. */
  readonly isLogarithmic?: boolean
  /** Far below one. */
  readonly isTiny?: boolean
  /** From nought; else as far as the values go. */
  readonly fromZero?: boolean
}

const clear = 'rgba(0,0,0,0)'
const colours = ['#0072B2', '#E69F00']
const heightPixels = 300

export function curveFigure(curves: readonly Curve[], axes: CurveAxes): Figure {
  const isPair = curves.length > 1
  return {
    data: curves.map(({ name, x, y, isMarked = false }, at) => ({
      type: 'scatter',
      mode: isMarked ? 'lines+markers' : 'lines',
      name: chartLabel(name),
      x,
      y,
      line: { color: colours[at], width: isMarked ? 2 : 1.5 },
      ...(isMarked && { marker: { size: 7 } }),
    })),
    layout: {
      title: { text: chartLabel(axes.title) },
      paper_bgcolor: clear,
      plot_bgcolor: clear,
      height: heightPixels,
      font: { family: 'system-ui, sans-serif', size: 13 },
      margin: { l: 8, r: 16, t: isPair ? 72 : 44, b: 24 },
      hovermode: 'x unified',
      showlegend: isPair,
      ...(isPair && { legend: { orientation: 'h', x: 0, y: 1, yanchor: 'bottom' } }),
      xaxis: { ...axis(axes.x), ...(axes.isLogarithmic && { type: 'log', tickformat: '~g' }) },
      yaxis: {
        ...axis(axes.y),
        ...(axes.isShare && { tickformat: '.0%', range: [0, 1.02] }),
        ...(axes.isTiny && { tickformat: '.1~e' }),
        ...(axes.fromZero && { rangemode: 'tozero' }),
      },
    },
  }
}

function axis(title: string) {
  const text = chartLabel(title)
  return { title: { text }, fixedrange: true, automargin: true, zeroline: false }
}

/** The share of `values` up to each of them, as steps of a line, in seconds. */
export function timeCurve(name: string, values: readonly number[]): Curve {
  const sorted = [...values].sort((one, other) => one - other)
  return {
    name,
    x: sorted.map((value) => value / 1_000),
    y: sorted.map((_, at) => (at + 1) / sorted.length),
  }
}
