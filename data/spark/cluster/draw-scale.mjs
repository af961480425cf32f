/**
 * Draws what measure-scale.mjs measured: for each question the seconds of both engines against the rows, both axes in
 * powers of ten, with the quickest and slowest run as a bar.
 *
 * Run as: node data/spark/cluster/draw-scale.mjs [IN.json [OUT.svg]]
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const beside = (name) => fileURLToPath(new URL(name, import.meta.url))
const [from = beside('scale.json'), to = beside('scale.svg')] = process.argv.slice(2)
const { sizes, machine } = JSON.parse(await readFile(from, 'utf8'))

const titles = {
  total: 'A total with a filter',
  months: 'A sum for each month',
  ranking: 'A ranking over a join',
  distinct: 'Distinct values in groups',
}
const engines = [
  { name: 'duckdb', title: 'DuckDB', colour: '#b45309' },
  { name: 'spark', title: 'Spark cluster', colour: '#1d4ed8' },
]
const panel = { width: 300, height: 210, left: 52, top: 66, gapX: 92, gapY: 66 }
const powers = { rows: [6, 8], seconds: [-2, 3] }

const parts = Object.entries(titles).map(([question, title], at) =>
  drawPanel(question, title, at % 2, Math.floor(at / 2)),
)
const legend = engines.map(({ title, colour }, at) => {
  const x = panel.left + at * 110
  return `<circle cx="${x + 5}" cy="34" r="4" fill="${colour}"/>${text(x + 15, 38, title)}`
})
const width = panel.left + 2 * panel.width + panel.gapX + 40
const height = panel.top + 2 * panel.height + panel.gapY + 46
const heading = `Seconds to an answer, by rows of sales: both engines on ${machine.threads} cores of one machine`
await writeFile(
  to,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${heading}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2937">
<rect width="100%" height="100%" fill="#ffffff"/>
${text(panel.left, 18, heading, 'font-weight="600"')}
${legend.join('\n')}
${parts.join('\n')}
</svg>
`,
)

function drawPanel(question, title, column, row) {
  const left = panel.left + column * (panel.width + panel.gapX)
  const top = panel.top + row * (panel.height + panel.gapY)
  const x = (rows) => left + share(Math.log10(rows), powers.rows) * panel.width
  const y = (seconds) =>
    top + (1 - share(Math.log10(Math.max(seconds, 0.01)), powers.seconds)) * panel.height
  const lines = engines.map((engine) => drawLine(engine, question, x, y))
  return [text(left, top - 8, title, 'font-weight="600"'), ...grid(left, top, x, y), ...lines].join(
    '\n',
  )
}

function grid(left, top, x, y) {
  const across = range(powers.seconds).map((power) => {
    const at = y(10 ** power)
    const label = `${10 ** power} s`
    return `<path d="M${left} ${at}h${panel.width}" stroke="#e5e7eb"/>${text(left - 6, at + 4, label, 'text-anchor="end" fill="#6b7280"')}`
  })
  const up = range(powers.rows).map((power) => {
    const at = x(10 ** power)
    const label = `${10 ** (power - 6)} M rows`
    return `<path d="M${at} ${top}v${panel.height}" stroke="#e5e7eb"/>${text(at, top + panel.height + 16, label, 'text-anchor="middle" fill="#6b7280"')}`
  })
  return [...across, ...up]
}

function drawLine({ name, colour }, question, x, y) {
  const points = sizes
    .filter(({ questions }) => questions[question])
    .map(({ rows, questions }) => ({ rows, ...questions[question][name] }))
  const line = points.map(({ rows, median }) => `${point(x(rows))},${point(y(median))}`).join(' ')
  const marks = points.map(({ rows, median, least, most }) => {
    const at = point(x(rows))
    return `<path d="M${at} ${point(y(least))}V${point(y(most))}" stroke="${colour}" stroke-width="1.5"/><circle cx="${at}" cy="${point(y(median))}" r="3.5" fill="${colour}"/>`
  })
  return `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>${marks.join('')}`
}

function text(x, y, words, more = '') {
  return `<text x="${x}" y="${y}" ${more}>${words}</text>`
}

function share(value, [least, most]) {
  return (value - least) / (most - least)
}

function range([least, most]) {
  return Array.from({ length: most - least + 1 }, (_, at) => least + at)
}

function point(value) {
  return value.toFixed(1)
}
