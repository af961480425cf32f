/**
 * How long the same questions take on the same Parquet files in DuckDB and in a Spark cluster, from few rows to many.
 *
 * Run as: node data/spark/cluster/measure-scale.mjs --cluster FOLDER --port 15002 --data FOLDER --out FILE
 *   [--rows 1000000,10000000,100000000] [--runs 5] [--keep], in a checkout that was built, beside a cluster that
 *   start-cluster.sh started in the first folder.
 * The cluster makes the sale lines itself, in parallel, unless they lie there already. Both engines are asked in turns,
 * so that whatever else the machine does slows both, and both compute on as many threads as the cluster has workers'
 * cores. The figures go to FILE as JSON after each size, and to the terminal.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { readTexts } from '../../../dist/data/spark/run-select.js'
import { openSparkDatabase } from '../../../dist/data/spark/spark-database.js'
import { SparkSession } from '../../../dist/data/spark/spark-session.js'

const { values: options } = parseArgs({
  options: {
    cluster: { type: 'string', default: '' },
    port: { type: 'string', default: '15002' },
    data: { type: 'string', default: '' },
    rows: { type: 'string', default: '1000000,10000000,100000000' },
    runs: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    out: { type: 'string', default: 'scale.json' },
    keep: { type: 'boolean', default: false },
  },
})

const rowsPerFile = 2_500_000
const runs = Number(options.runs)
const timeoutMs = 570_000
/** Ticks of the kernel's clock, in which it counts what a process computed. */
const ticksPerSecond = 100

/** As a person would ask, and a rule would write: a total, a series, a ranking over a join, and distinct values. */
const questions = {
  total: 'SELECT sum(amount) AS total FROM sale_lines WHERE quantity > 2',
  months:
    "SELECT date_trunc('month', sold_on) AS month, sum(amount) AS total FROM sale_lines GROUP BY 1 ORDER BY 1",
  ranking:
    'SELECT stores.region, count(*) AS lines, sum(sale_lines.amount) AS total FROM sale_lines JOIN stores ON sale_lines.store_id = stores.store_id GROUP BY stores.region ORDER BY total DESC LIMIT 5',
  distinct:
    'SELECT store_id, count(DISTINCT product_id) AS products FROM sale_lines GROUP BY store_id ORDER BY products DESC, store_id LIMIT 10',
}

const cluster = resolve(options.cluster)
const address = {
  host: '127.0.0.1',
  port: Number(options.port),
  user: 'measure',
  token: readFileSync(join(cluster, 'token'), 'utf8'),
  tls: false,
}
const machine = {
  cores: cpus().length,
  processor: cpus()[0]?.model,
  threads: Number(options.threads),
}
const sizes = []
for (const rows of options.rows.split(',').map(Number)) {
  sizes.push(await measure(rows))
  await writeFile(options.out, `${JSON.stringify({ machine, questions, sizes }, undefined, 2)}\n`)
}

async function measure(rows) {
  const name = `scale_${rows}`
  const place = join(resolve(options.data), name)
  const madeInSeconds = await make(name, place, rows)
  const engines = { duckdb: await openDuckDb(place), spark: await openSpark(name) }
  const told = {}
  for (const [question, sql] of Object.entries(questions)) {
    told[question] = await inTurns(engines, sql)
    process.stdout.write(`${rows} ${question} ${JSON.stringify(told[question])}\n`)
  }
  for (const engine of Object.values(engines)) await engine.close()
  const { files, bytes } = await sizeOf(join(place, 'sale_lines'))
  if (!options.keep) await rm(place, { recursive: true, force: true })
  return { rows, files, bytes, madeInSeconds, load: rounded(loadavg()[0]), questions: told }
}

/** Sale lines with the skew of a hash, the same whenever they are made. Gives the seconds; undefined where they lie there. */
async function make(name, place, rows) {
  const session = new SparkSession({ ...address, database: 'default' })
  const run = (sql) => readTexts(session, sql, new AbortController().signal)
  const isMade = await stat(join(place, 'sale_lines/_SUCCESS')).catch(() => undefined)
  await run(`DROP DATABASE IF EXISTS ${name} CASCADE`)
  await run(`CREATE DATABASE ${name}`)
  const table = (title, select) =>
    run(
      `CREATE TABLE ${name}.${title} USING parquet LOCATION '${place}/${title}'${isMade ? '' : ` AS ${select}`}`,
    )
  await table(
    'stores',
    `SELECT CAST(id AS INT) AS store_id, concat('Region ', id % 12) AS region FROM range(0, 300, 1, 1)`,
  )
  const start = performance.now()
  await table(
    'sale_lines',
    `SELECT id AS line_id, CAST(abs(hash(id)) % 300 AS INT) AS store_id,
       CAST(abs(hash(id, 1)) % 5000 AS INT) AS product_id,
       date_add(DATE '2022-01-01', CAST(abs(hash(id, 2)) % 1460 AS INT)) AS sold_on,
       CAST(1 + abs(hash(id, 3)) % 5 AS INT) AS quantity,
       CAST((100 + abs(hash(id, 4)) % 20000) / 100 AS DECIMAL(10, 2)) AS amount
     FROM range(0, ${rows}, 1, ${Math.max(2, Math.ceil(rows / rowsPerFile))})`,
  )
  const seconds = (performance.now() - start) / 1_000
  await session.close()
  return isMade ? undefined : rounded(seconds)
}

async function sizeOf(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.parquet'))
  const found = await Promise.all(files.map((file) => stat(join(folder, file))))
  return { files: files.length, bytes: found.reduce((sum, { size }) => sum + size, 0) }
}

async function openDuckDb(place) {
  const instance = await DuckDBInstance.create(':memory:', { threads: options.threads })
  const connection = await instance.connect()
  for (const table of ['stores', 'sale_lines']) {
    await connection.run(`CREATE VIEW ${table} AS FROM read_parquet('${place}/${table}/*.parquet')`)
  }
  return {
    ask: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson(),
    computed: () => secondsComputed([process.pid]),
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** As Parley asks it: guarded, planned, limited. */
async function openSpark(name) {
  const database = await openSparkDatabase({ ...address, database: name })
  const ids = readdirSync(cluster)
    .filter((file) => file.endsWith('.pid'))
    .map((file) => Number(readFileSync(join(cluster, file), 'utf8')))
  return {
    async ask(sql) {
      const outcome = await database.query(sql, { timeoutMs })
      if (!outcome.ok) throw new Error(outcome.failure.message)
      return outcome.result.rows
    },
    computed: () => secondsComputed(ids.flatMap((id) => [id, ...descendantsOf(id)])),
    close: () => database.close(),
  }
}

/** Each engine once for nothing, which fills caches and compiles; then `runs` times one after the other. */
async function inTurns(engines, sql) {
  const answers = {}
  const seen = Object.fromEntries(Object.keys(engines).map((name) => [name, []]))
  for (let run = 0; run <= runs; run++) {
    for (const [name, { ask, computed }] of Object.entries(engines)) {
      const [start, before] = [performance.now(), computed()]
      answers[name] = plain(await ask(sql))
      const seconds = (performance.now() - start) / 1_000
      if (run > 0) seen[name].push({ seconds, core: computed() - before })
    }
  }
  const same = answers.duckdb === answers.spark
  return {
    same,
    ...Object.fromEntries(Object.entries(seen).map(([name, all]) => [name, spread(all)])),
  }
}

/** Seconds that passed, from the quickest run to the slowest, and the middle of those that cores computed. */
function spread(all) {
  const sorted = (key) => all.map((each) => each[key]).toSorted((a, b) => a - b)
  const seconds = sorted('seconds')
  return {
    median: rounded(middle(seconds)),
    least: rounded(seconds[0]),
    most: rounded(seconds.at(-1)),
    coreSeconds: rounded(middle(sorted('core'))),
  }
}

function middle(sorted) {
  const at = (sorted.length - 1) / 2
  return (sorted[Math.floor(at)] + sorted[Math.ceil(at)]) / 2
}

function secondsComputed(ids) {
  let ticks = 0
  for (const id of ids) {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')
    ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks / ticksPerSecond
}

/** A process is the child of the thread that started it; threads come and go while they are looked at. */
function descendantsOf(id) {
  const threads = readdirSync(`/proc/${id}/task`)
  const texts = threads.map((each) => textOf(`/proc/${id}/task/${each}/children`))
  const own = texts.join(' ').split(' ').filter(Boolean).map(Number)
  return [...own, ...own.flatMap(descendantsOf)]
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function plain(rows) {
  return JSON.stringify(
    rows.map((row) =>
      row.map((cell) => (Number.isNaN(Number(cell)) ? String(cell).slice(0, 10) : Number(cell))),
    ),
  )
}

function rounded(number) {
  return Number(number.toFixed(3))
}
