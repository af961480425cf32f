/** The frame of every figure: transparent so that the page's own theme shows, and readable without colour vision. */
import { safeLabel } from './safe-label.js'

/** Okabe and Ito's colours without black, then five of Tol's; told apart with any colour vision, on light and dark. */
export const palette: readonly string[] = [
  '#0072B2',
  '#E69F00',
  '#009E73',
  '#CC79A7',
  '#D55E00',
  '#56B4E9',
  '#999933',
  '#AA4466',
  '#7B68C8',
  '#44AA99',
  '#A6761D',
  '#888888',
]

const clear = 'rgba(0,0,0,0)'
const gridColour = 'rgba(128,128,128,0.25)'

/** Longest axis label shown; the hover text has the whole of it. */
const maxTickLength = 28
const maxTickEnd = 9

export function layoutOf(
  title: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    title: {
      text: safeLabel(title),
      x: 0,
      xref: 'container',
      xanchor: 'left',
      yref: 'container',
      y: 1,
      yanchor: 'top',
      pad: { t: 12, l: 12 },
      font: { size: 16 },
    },
    paper_bgcolor: clear,
    plot_bgcolor: clear,
    colorway: palette,
    font: { family: 'system-ui, sans-serif', size: 13 },
    margin: { l: 24, r: 24, t: 48, b: 24 },
    showlegend: false,
    hovermode: 'closest',
    separators: '.,',
    ...more,
  }
}

export function valueAxis(title: string, format: Readonly<Record<string, unknown>>) {
  return { ...axis(title), ...format, zeroline: true, zerolinecolor: 'rgba(128,128,128,0.6)' }
}

export function categoryAxis(title: string, labels: readonly (string | number)[]) {
  const long = labels.some((label) => String(label).length > maxTickLength)
  return {
    ...axis(title),
    type: 'category',
    showgrid: false,
    ...(long && {
      tickmode: 'array',
      tickvals: labels,
      ticktext: labels.map((label) => shortTick(String(label))),
    }),
  }
}

/** A number axis whose values are names, such as years: no `2,022.5` between two of them. */
export function stepAxis(title: string, positions: readonly number[]) {
  const span = Math.max(...positions) - Math.min(...positions)
  return { ...axis(title), tickformat: 'd', showgrid: false, ...(span <= 15 && { dtick: 1 }) }
}

export function legendOf(title: string): Readonly<Record<string, unknown>> {
  return {
    showlegend: true,
    legend: {
      orientation: 'h',
      x: 0,
      y: 1.02,
      yanchor: 'bottom',
      ...(title && { title: { text: safeLabel(`${title}  `) } }),
    },
    margin: { l: 24, r: 24, t: 84, b: 24 },
  }
}

/** Keeps beginning and end, where names differ; labels are escaped already, so an entity counts as one letter. */
function shortTick(label: string): string {
  const letters = label.match(/&[a-z]+;|./gsu) ?? []
  if (letters.length <= maxTickLength) return label
  const head = letters.slice(0, maxTickLength - maxTickEnd - 1)
  return `${head.join('').trimEnd()}…${letters.slice(-maxTickEnd).join('').trimStart()}`
}

export function axis(title: string) {
  return {
    title: { text: safeLabel(title), standoff: 12 },
    automargin: true,
    gridcolor: gridColour,
    linecolor: gridColour,
    zeroline: false,
  }
}
