/** Shares as bars with their 95 % intervals, of one run or of two beside each other. */
import type { Figure } from '../../../../agents/chart/figure.js'
import type { Tallies, Tally } from '../../../../data/evaluation/tally.js'
import { chartLabel } from '../../text/plain-label.js'

export interface BarSeries {
  /** Shown where there are two. */
  readonly name: string
  readonly tallies: Tallies
}

export interface BarTexts {
  readonly title: string
  /** What a bar is called. */
  readonly nameOf: (name: string) => string
  readonly share: (share: number) => string
  readonly count: (right: number, total: number) => string
}

const clear = 'rgba(0,0,0,0)'
/** Okabe and Ito's blue and orange, as in the charts of answers. */
const colours = ['#0072B2', '#E69F00']
const textColours = ['#ffffff', '#1c1b19']
const intervalColour = '#888888'
/** In pixels. */
const barPixels = 30
const pairPixels = 50
const framePixels = 60
const legendPixels = 36
/** Longest name beside a bar; the table has the whole of it. */
const maxNameLength = 26
/** Of the axis: on shorter bars there is no room for a number, on a phone either. */
const roomyShare = 0.22
/** Where the second bar of a row stands, from the first one, in rows. */
const pairOffset = 0.33

export function barFigure(series: readonly BarSeries[], texts: BarTexts): Figure {
  const names = [...new Set(series.flatMap(({ tallies }) => Object.keys(tallies)))]
  const isPair = series.length > 1
  const end = axisEnd(series)
  const rows = series.map((one) => rowsOf(one, names))
  const height =
    framePixels + (isPair ? legendPixels : 0) + names.length * (isPair ? pairPixels : barPixels)
  return {
    data: series.map(({ name }, at) => traceOf(name, rows[at] ?? [], at, end, texts)),
    layout: {
      title: { text: chartLabel(texts.title) },
      paper_bgcolor: clear,
      plot_bgcolor: clear,
      height,
      font: { family: 'system-ui, sans-serif', size: 13 },
      margin: { l: 8, r: 28, t: isPair ? 72 : 40, b: 24 },
      bargap: 0.34,
      bargroupgap: 0.06,
      hovermode: 'closest',
      showlegend: isPair,
      ...(isPair && {
        legend: { orientation: 'h', x: 0, y: 1, yanchor: 'bottom', traceorder: 'normal' },
      }),
      annotations: rows.flatMap((bars, at) => {
        const offset = isPair ? (at - 0.5) * pairOffset : 0
        return bars
          .filter(({ share }) => share < roomyShare * end)
          .map((bar) => besideBar(bar, offset, texts))
      }),
      xaxis: {
        range: [0, end],
        tickformat: '.0%',
        ...(end === 1 && { tickvals: [0, 0.25, 0.5, 0.75, 1] }),
        fixedrange: true,
        automargin: true,
        zeroline: false,
      },
      yaxis: {
        // From the top down.
        range: [names.length - 0.5, -0.5],
        fixedrange: true,
        automargin: true,
        showgrid: false,
        zeroline: false,
        tickmode: 'array',
        tickvals: names.map((_, row) => row),
        ticktext: names.map((name) => chartLabel(texts.nameOf(name), maxNameLength)),
      },
    },
  }
}

interface Row extends Tally {
  readonly row: number
  readonly name: string
}

/** Rows are positions, so that two names that are cut to the same text stay two bars. */
function rowsOf({ tallies }: BarSeries, names: readonly string[]): readonly Row[] {
  return names.flatMap((name, row) => {
    const tally = Object.hasOwn(tallies, name) ? tallies[name] : undefined
    return tally ? [{ row, name, ...tally }] : []
  })
}

/** Small shares, such as those of errors, are drawn larger. */
function axisEnd(series: readonly BarSeries[]): number {
  const highs = series.flatMap(({ tallies }) =>
    Object.values(tallies).map(({ interval }) => interval.high),
  )
  const highest = Math.max(0, ...highs)
  return highest > 0.5 ? 1 : Math.max(0.1, Math.ceil(highest * 10 + 0.5) / 10)
}

function traceOf(name: string, bars: readonly Row[], at: number, end: number, texts: BarTexts) {
  return {
    type: 'bar',
    orientation: 'h',
    name: chartLabel(name),
    y: bars.map(({ row }) => row),
    x: bars.map(({ share }) => share),
    text: bars.map(({ share }) => chartLabel(texts.share(share))),
    textposition: bars.map(({ share }) => (share < roomyShare * end ? 'none' : 'inside')),
    insidetextanchor: 'start',
    constraintext: 'none',
    textangle: 0,
    insidetextfont: { color: textColours[at] },
    hovertext: bars.map((bar) =>
      chartLabel(
        `${texts.nameOf(bar.name)}: ${texts.share(bar.share)}, ${texts.count(bar.right, bar.total)}`,
      ),
    ),
    hoverinfo: 'text',
    marker: { color: colours[at] },
    error_x: {
      type: 'data',
      symmetric: false,
      array: bars.map(({ share, interval }) => interval.high - share),
      arrayminus: bars.map(({ share, interval }) => share - interval.low),
      color: intervalColour,
      thickness: 1.5,
      width: 4,
    },
  }
}

/** The number of a short bar, behind the end of its interval. */
function besideBar({ row, share, interval }: Row, offset: number, texts: BarTexts) {
  return {
    x: interval.high,
    y: row + offset,
    xanchor: 'left',
    yanchor: 'middle',
    xshift: 5,
    showarrow: false,
    text: chartLabel(texts.share(share)),
    font: { size: 12 },
  }
}
