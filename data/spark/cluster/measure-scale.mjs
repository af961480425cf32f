/**
 * How long the same questions take on the same Parquet files in DuckDB and in a Spark cluster, from few rows to many.
 *
 * Run as: node data/spark/cluster/measure-scale.mjs --address spark://parley:TOKEN@127.0.0.1:15002 --folder FOLDER
 *   [--rows 1000000,10000000,50000000] [--runs 3] [--out FILE] [--keep], in a checkout that was built.
 * The cluster makes the sale lines itself, in parallel, in FOLDER, which it and this process both reach. The figures go
 * to FILE as JSON and to the terminal as they come.
 */
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { readSparkAddress } from '../../../dist/data/spark/address.js'
import { readTexts } from '../../../dist/data/spark/run-select.js'
import { openSparkDatabase } from '../../../dist/data/spark/spark-database.js'
import { SparkSession } from '../../../dist/data/spark/spark-session.js'

const { values: options } = parseArgs({
  options: {
    address: { type: 'string' },
    folder: { type: 'string' },
    rows: { type: 'string', default: '1000000,10000000,50000000' },
    runs: { type: 'string', default: '3' },
    out: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})

const rowsPerFile = 2_500_000
const runs = Number(options.runs)
const timeoutMs = 570_000

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

const read = await readSparkAddress(options.address ?? '')
if (!read.ok) throw new Error(`${read.message} ${read.hint}`)
const folder = resolve(options.folder ?? '')
const found = []
for (const rows of options.rows.split(',').map(Number)) found.push(await measure(rows))
if (options.out !== undefined)
  await writeFile(options.out, `${JSON.stringify(found, undefined, 2)}\n`)

async function measure(rows) {
  const name = `scale_${rows}`
  const place = join(folder, name)
  const made = await make(name, place, rows)
  const duckdb = await timeDuckDb(place)
  const spark = await timeSpark(name)
  const answered = { ...compare(duckdb, spark) }
  const told = { rows, ...made, load: loadavg()[0], questions: answered }
  process.stdout.write(`${JSON.stringify(told)}\n`)
  if (!options.keep) await rm(place, { recursive: true, force: true })
  return told
}

/** Sale lines with the skew of a hash, the same whenever they are made. */
async function make(name, place, rows) {
  const session = new SparkSession({ ...read.address, database: 'default' })
  const run = (sql) => readTexts(session, sql, new AbortController().signal)
  await run(`DROP DATABASE IF EXISTS ${name} CASCADE`)
  await rm(place, { recursive: true, force: true })
  await run(`CREATE DATABASE ${name}`)
  await run(
    `CREATE TABLE ${name}.stores USING parquet LOCATION '${place}/stores' AS
     SELECT CAST(id AS INT) AS store_id, concat('Region ', id % 12) AS region FROM range(0, 300, 1, 1)`,
  )
  const start = performance.now()
  await run(
    `CREATE TABLE ${name}.sale_lines USING parquet LOCATION '${place}/sale_lines' AS
     SELECT id AS line_id, CAST(abs(hash(id)) % 300 AS INT) AS store_id,
       CAST(abs(hash(id, 1)) % 5000 AS INT) AS product_id,
       date_add(DATE '2022-01-01', CAST(abs(hash(id, 2)) % 1460 AS INT)) AS sold_on,
       CAST(1 + abs(hash(id, 3)) % 5 AS INT) AS quantity,
       CAST((100 + abs(hash(id, 4)) % 20000) / 100 AS DECIMAL(10, 2)) AS amount
     FROM range(0, ${rows}, 1, ${Math.max(2, Math.ceil(rows / rowsPerFile))})`,
  )
  const seconds = (performance.now() - start) / 1_000
  await session.close()
  const files = (await readdir(join(place, 'sale_lines'))).filter((file) =>
    file.endsWith('.parquet'),
  )
  const sizes = await Promise.all(files.map((file) => stat(join(place, 'sale_lines', file))))
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0)
  return { madeInSeconds: seconds, files: files.length, bytes }
}

async function timeDuckDb(place) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  for (const table of ['stores', 'sale_lines']) {
    await connection.run(`CREATE VIEW ${table} AS FROM read_parquet('${place}/${table}/*.parquet')`)
  }
  const told = await time(async (sql) => (await connection.runAndReadAll(sql)).getRowsJson())
  connection.closeSync()
  instance.closeSync()
  return told
}

async function timeSpark(name) {
  const database = await openSparkDatabase({ ...read.address, database: name })
  const told = await time(async (sql) => {
    const outcome = await database.query(sql, { timeoutMs })
    if (!outcome.ok) throw new Error(outcome.failure.message)
    return outcome.result.rows
  })
  await database.close()
  return told
}

/** Seconds, the middle of the runs, after one that counts for nothing. */
async function time(ask) {
  const told = {}
  for (const [name, sql] of Object.entries(questions)) {
    const rows = await ask(sql)
    const seconds = []
    for (let run = 0; run < runs; run++) {
      const start = performance.now()
      await ask(sql)
      seconds.push((performance.now() - start) / 1_000)
    }
    told[name] = { seconds: seconds.toSorted((a, b) => a - b)[Math.floor(runs / 2)], rows }
  }
  return told
}

function compare(duckdb, spark) {
  return Object.fromEntries(
    Object.keys(questions).map((name) => [
      name,
      {
        duckdb: Number(duckdb[name].seconds.toFixed(3)),
        spark: Number(spark[name].seconds.toFixed(3)),
        same: plain(duckdb[name].rows) === plain(spark[name].rows),
      },
    ]),
  )
}

function plain(rows) {
  return JSON.stringify(
    rows.map((row) =>
      row.map((cell) => (Number.isNaN(Number(cell)) ? String(cell).slice(0, 10) : Number(cell))),
    ),
  )
}
