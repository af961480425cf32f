/** A figure's layout in the page's own colours and at the size there is. */

/** What is touched of Plotly's layout: https://plotly.com/javascript/reference/layout/ */
interface Layout {
  title?: unknown
  width?: number
  height?: number
  margin?: { t?: number; l?: number; r?: number }
  font?: object
  legend?: { title?: object; font?: object }
  hoverlabel?: object
  paper_bgcolor?: string
  plot_bgcolor?: string
  [axis: string]: unknown
}

interface Axis {
  readonly tickfont?: object
  readonly title?: { readonly font?: object }
}

const narrowPixels = 480
const heights = { narrow: 300, wide: 380 }
/** What the figure's own title needed above the plot, in pixels; the page writes the title itself. */
const titlePixels = 36
/** Titles of axes and legends, in pixels. */
const smallText = 12

export function themedLayout(original: object, plot: HTMLElement): Layout {
  const layout = structuredClone(original) as Layout
  const { ink, muted, line, surface } = themeColours(plot)
  const narrow = plot.clientWidth < narrowPixels
  const top = Math.max(12, (layout.margin?.t ?? titlePixels) - titlePixels)
  delete layout.title
  layout.width = plot.clientWidth || undefined
  layout.height ??= narrow ? heights.narrow : heights.wide
  layout.margin = { ...layout.margin, t: top, ...(narrow && { l: 8, r: 8 }) }
  layout.font = { ...layout.font, color: ink }
  const small = { size: smallText, color: muted }
  if (layout.legend) {
    const title = { ...layout.legend.title, font: small }
    layout.legend = { ...layout.legend, font: { size: smallText, color: ink }, title }
  }
  layout.hoverlabel = { bgcolor: surface, bordercolor: line, font: { color: ink } }
  for (const [key, value] of Object.entries(layout)) {
    if (/^[xy]axis\d*$/.test(key)) layout[key] = themedAxis(value as Axis, line, small)
  }
  return layout
}

function themedAxis(axis: Axis, line: string, small: { readonly color: string }): object {
  return {
    ...axis,
    gridcolor: line,
    linecolor: line,
    zerolinecolor: line,
    tickfont: { ...axis.tickfont, color: small.color },
    title: { ...axis.title, font: { ...axis.title?.font, ...small } },
  }
}

/** Resolved by the browser, since a custom property may hold any expression. */
function themeColours(plot: HTMLElement) {
  const colour = (name: string) => {
    plot.style.color = `var(${name})`
    return getComputedStyle(plot).color
  }
  const colours = {
    ink: colour('--ink'),
    muted: colour('--muted'),
    line: colour('--line'),
    surface: colour('--surface'),
  }
  plot.style.color = ''
  return colours
}
