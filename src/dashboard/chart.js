/** Draws a Plotly figure in the page's own colours; the library is fetched with the first chart. */
import { element } from './element.js'
import { plainLabel } from './plain-label.js'

/** @typedef {import('../../agents/chart/figure.js').Figure} Figure */

const narrowPixels = 480
const heights = { narrow: 300, wide: 380 }
/** What the figure's own title needed above the plot, in pixels; the page writes the title itself. */
const titlePixels = 36
/** Titles of axes and legends, in pixels. */
const smallText = 12

const darkScheme = matchMedia('(prefers-color-scheme: dark)')

/** No tool bar: a chart is one picture with one description, and a button inside a picture cannot be reached. */
const config = { displayModeBar: false, plotlyServerURL: '', showTips: false }

/** @type {Promise<any> | undefined} */
let library

function loadPlotly() {
  library ??= new Promise((resolve, reject) => {
    const script = element('script', {
      src: '/vendor/plotly.min.js',
      onload: () => resolve(/** @type {any} */ (window).Plotly),
      onerror: () => {
        library = undefined
        reject(new Error('The chart library could not be loaded.'))
      },
    })
    document.head.append(script)
  })
  return library
}

/**
 * @param {Figure} figure
 * @param {() => void} onFail Called when it cannot be drawn; the table still tells everything.
 * @returns {HTMLElement}
 */
export function chartView(figure, onFail) {
  const title = plainLabel(/** @type {any} */ (figure.layout.title)?.text)
  const label = `Chart${title && `: ${title}`}. The table has the numbers.`
  const plot = element('div', { class: 'plot', role: 'img', 'aria-label': label })
  const node = element(
    'figure',
    { class: 'chart' },
    title && element('figcaption', {}, title),
    plot,
  )

  /** @param {any} plotly */
  function draw(plotly) {
    return plotly.react(plot, structuredClone(figure.data), themedLayout(figure, plot), config)
  }

  loadPlotly()
    .then(async (plotly) => {
      await draw(plotly)
      const redraw = () => plot.isConnected && plot.clientWidth > 0 && draw(plotly)
      darkScheme.addEventListener('change', redraw)
      new ResizeObserver(redraw).observe(plot)
    })
    .catch((error) => {
      console.error(error)
      onFail()
    })
  return node
}

/**
 * @param {Figure} figure
 * @param {HTMLElement} plot
 */
function themedLayout(figure, plot) {
  const layout = /** @type {any} */ (structuredClone(figure.layout))
  const { ink, muted, line, surface } = themeColours()
  const narrow = plot.clientWidth < narrowPixels
  delete layout.title
  layout.width = plot.clientWidth || undefined
  layout.height ??= narrow ? heights.narrow : heights.wide
  layout.margin = {
    ...layout.margin,
    t: Math.max(12, (layout.margin?.t ?? titlePixels) - titlePixels),
  }
  if (narrow) layout.margin = { ...layout.margin, l: 8, r: 8 }
  layout.font = { ...layout.font, color: ink }
  const small = { size: smallText, color: muted }
  if (layout.legend) {
    layout.legend.font = { size: smallText, color: ink }
    layout.legend.title = { ...layout.legend.title, font: small }
  }
  layout.hoverlabel = { bgcolor: surface, bordercolor: line, font: { color: ink } }
  for (const [key, axis] of Object.entries(layout)) {
    if (!/^[xy]axis\d*$/.test(key)) continue
    layout[key] = {
      ...axis,
      gridcolor: line,
      linecolor: line,
      zerolinecolor: line,
      tickfont: { ...axis.tickfont, color: muted },
      title: { ...axis.title, font: { ...axis.title?.font, ...small } },
    }
  }
  return layout
}

/** The colours that the style sheet has chosen for the current scheme. */
function themeColours() {
  const style = getComputedStyle(document.documentElement)
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim()
  return {
    ink: colour('--ink'),
    muted: colour('--muted'),
    line: colour('--line'),
    surface: colour('--surface'),
  }
}
