/**
 * What the figures of measure-scale.mjs cost in cores, and from which size a cluster of larger machines would pay.
 *
 * Run as: node data/spark/cluster/predict-scale.mjs [FILE.json]; it prints tables in Markdown. The model stands in the
 * README.md beside it.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const file = process.argv[2] ?? fileURLToPath(new URL('scale.json', import.meta.url))
const { sizes, questions } = JSON.parse(await readFile(file, 'utf8'))
const machineCores = 16
const workers = [4, 8, 16, 32]

console.log('| Rows | Question | DuckDB | Spark | DuckDB, core-seconds | Spark, core-seconds |')
console.log('|---|---|---|---|---|---|')
for (const { rows, questions: told } of sizes) {
  for (const [name, { duckdb, spark }] of Object.entries(told)) {
    const cells = [
      millions(rows),
      name,
      span(duckdb),
      span(spark),
      duckdb.coreSeconds,
      spark.coreSeconds,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

console.log('\n| Question | DuckDB | Spark | ratio | Spark, fixed | pays from |')
console.log('|---|---|---|---|---|---|')
for (const name of Object.keys(questions)) {
  const [duckdb, spark] = [constants(name, 'duckdb'), constants(name, 'spark')]
  const cells = [
    name,
    perMillion(duckdb),
    perMillion(spark),
    (spark.slope / duckdb.slope).toFixed(1),
  ]
  const from = workers.map((count) => `${count}: ${crossing(duckdb, spark, count)}`)
  console.log(`| ${[...cells, `${spark.fixed.toFixed(2)} s`, from.join('; ')].join(' | ')} |`)
}

/** Core-seconds for a row, and for none. */
function constants(name, engine) {
  const core = (size) => size.questions[name][engine].coreSeconds
  const asked = sizes.filter((size) => size.questions[name])
  const [smallest, largest] = [asked[0], asked.at(-1)]
  const slope = (core(largest) - core(smallest)) / (largest.rows - smallest.rows)
  return { slope, fixed: Math.max(0, core(smallest) - slope * smallest.rows) }
}

function crossing(duckdb, spark, count) {
  const gain = duckdb.slope - spark.slope / count
  if (gain <= 0) return 'never'
  const rows = (machineCores * (spark.fixed - duckdb.fixed)) / gain
  return `${(rows / 1e9).toPrecision(2)} billion`
}

function perMillion({ slope }) {
  return `${(slope * 1e9).toFixed(0)} ms`
}

function span({ median, least, most }) {
  return `${median.toFixed(2)} s (${least.toFixed(2)}–${most.toFixed(2)})`
}

function millions(rows) {
  return `${rows / 1e6} million`
}
