/**
 * Reads a user's files into a new DuckDB file, in a process of its own: a crafted file may crash its reader or fill the
 * memory. Plain JavaScript, because it is started from the sources and from `dist` alike.
 */
import { DuckDBDateValue, DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api'
import { serveRequests, watchProcess } from '../engine-process/serve-requests.mjs'
import { readWorkbook } from './read-workbook.mjs'

const millisecondsPerDay = 86_400_000
const microsecondsPerMillisecond = 1_000n

let instance
let connection
/** Sheets of the workbook that was read last. */
let sheets = []

/** Requests: `{ id, open }`, `{ id, run }`, `{ id, read }`, `{ id, workbook }`, `{ id, sheet, table }`, `{ id, finish }`. */
serveRequests(async (request) => {
  if (request.open) await open(request.open)
  else if (request.run !== undefined) await connection.run(request.run)
  else if (request.read !== undefined) return { rows: await read(request.read) }
  else if (request.workbook !== undefined) return { sheets: await openWorkbook(request.workbook) }
  else if (request.sheet !== undefined) await fillTable(sheets[request.sheet], request.table)
  else await finish()
})

async function open({ path, memoryMegabytes, maxMemoryBytes }) {
  watchProcess(maxMemoryBytes)
  instance = await DuckDBInstance.create(path, {
    memory_limit: `${memoryMegabytes}MB`,
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
  })
  connection = await instance.connect()
  await connection.run('SET lock_configuration = true')
}

async function read(sql) {
  return (await connection.runAndReadAll(sql)).getRows()
}

async function finish() {
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
}

async function openWorkbook(path) {
  sheets = await readWorkbook(path)
  return sheets.map(({ sheet, columns }) => ({ name: sheet, columns }))
}

async function fillTable({ columns, rows }, table) {
  const appender = await connection.createAppender(table)
  for (const row of rows) {
    for (const [index, { type }] of columns.entries()) append(appender, type, row[index] ?? null)
    appender.endRow()
  }
  appender.closeSync()
}

function append(appender, type, cell) {
  if (cell === null || cell === '') appender.appendNull()
  else writers[type](appender, cell)
}

const writers = {
  BIGINT: (appender, cell) => appender.appendBigInt(BigInt(Number(cell))),
  DOUBLE: (appender, cell) => appender.appendDouble(Number(cell)),
  BOOLEAN: (appender, cell) => appender.appendBoolean(cell === true),
  DATE: (appender, cell) =>
    appender.appendDate(new DuckDBDateValue(Number(cell) / millisecondsPerDay)),
  TIMESTAMP: (appender, cell) =>
    appender.appendTimestamp(
      new DuckDBTimestampValue(BigInt(Math.round(Number(cell))) * microsecondsPerMillisecond),
    ),
  VARCHAR: (appender, cell) => appender.appendVarchar(asText(cell)),
}

function asText(cell) {
  if (!(cell instanceof Date)) return String(cell)
  return cell
    .toISOString()
    .replace('T', ' ')
    .replace(/( 00:00:00)?\.000Z$/, '')
}
