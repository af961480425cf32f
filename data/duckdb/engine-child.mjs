/**
 * Reads SQL, and runs it on one DuckDB file, in a process of its own; plain JavaScript, because it is started from the
 * sources and from `dist` alike. A process, because some short SELECTs crash the engine, and others neither end nor stop
 * when they are interrupted (DuckDB 1.5.6). It can be killed.
 */
import { StatementType } from '@duckdb/node-api'
import { serveRequests, watchProcess } from '../engine-process/serve-requests.mjs'
import { openLockedDatabase, openLockedParser } from './locked-database.mjs'

/** Milliseconds between two interrupts: one that arrives between two calls is lost. */
const interruptEveryMs = 20
/** Characters. */
const longestTypeName = 1_000
/** Of what is read batch after batch: a message holds one batch. */
const batchRows = 2_000
const batchCharacters = 1_000_000
const serialize = 'SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := true)'

let database
/** Opened while the file is; a failure is told to whoever needs it. */
const parser = openLockedParser()
parser.catch(() => {})
let isBusy = false
/** The connection that is worked on. */
let working
let interrupting

/** Requests: `{ id, open }`, `{ id, parse }`, `{ id, functions }`, `{ id, select, limits }`, `{ id, begin, limits }` or `{ id, more }`. */
serveRequests(async (request) => {
  isBusy = true
  try {
    if (request.open) return await open(request.open)
    if (request.parse !== undefined) return await parse(request.parse)
    if (request.functions) return await listFunctions()
    if (request.begin !== undefined) return await beginRead(request)
    if (request.more) return { rows: await readMore() }
    return await select(request)
  } finally {
    isBusy = false
    clearInterval(interrupting)
    interrupting = undefined
  }
}, interrupt)

function interrupt() {
  if (!isBusy || interrupting !== undefined) return
  working?.interrupt()
  interrupting = setInterval(() => working?.interrupt(), interruptEveryMs)
}

async function open(options) {
  watchProcess(options.maxMemoryBytes)
  database?.closeSync()
  database = undefined
  database = await openLockedDatabase(options)
  await parser
  return { columns: await rowsOf(database, ownColumns), macros: await namesOf(database, ownMacros) }
}

const ownColumns = `SELECT table_name, column_name FROM duckdb_columns()
  WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()
  ORDER BY table_name, column_index`
const ownMacros = 'SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE NOT internal'
const builtIn = `SELECT DISTINCT lower(function_name) FROM duckdb_functions()
  WHERE function_type IN ('scalar', 'aggregate', 'macro')`

async function listFunctions() {
  return { names: await namesOf(await parser, builtIn) }
}

/** Reads without running: the text is bound, never part of a statement, on an engine that holds no data. */
async function parse(sql) {
  return withConnection(await parser, async (connection) => {
    const reader = await connection.runAndReadAll(serialize, [sql])
    return { tree: String(reader.getRows()[0]?.[0]) }
  })
}

/** What is read batch after batch, on a connection of its own. */
let reading

async function beginRead({ begin: sql, limits }) {
  reading?.connection.closeSync()
  reading = { connection: await database.connect(), limits, index: 0 }
  const statement = await prepareSelect(reading.connection, sql)
  reading.result = await statement.stream()
  reading.width = Math.min(reading.result.columnCount, limits.maxColumns)
  const columns = describe(reading.result, reading.width, limits)
  return { columns, columnCount: reading.result.columnCount }
}

/** A message's worth of rows; none at the end. */
async function readMore() {
  const rows = []
  for (let characters = 0; rows.length < batchRows && characters < batchCharacters; ) {
    if (!reading.chunk || reading.index === reading.chunk.rowCount) {
      reading.chunk = await reading.result.fetchChunk()
      reading.index = 0
      if (reading.chunk === null || reading.chunk.rowCount === 0) break
      reading.vectors = vectorsOf(reading.chunk, reading.width)
    }
    const row = rowOf(reading.vectors, reading.index++, reading.limits)
    characters += lengthOf(row)
    rows.push(row)
  }
  return rows
}

async function prepareSelect(connection, sql) {
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw refusal('Only one statement is allowed.')
  const statement = await statements.prepare(0)
  // The statement's kind is a second check behind the guard.
  if (statement.statementType !== StatementType.SELECT) {
    throw refusal('Only a SELECT that reads the data is allowed.')
  }
  return statement
}

/** Without `limits` the statement is only bound. */
async function select({ select: sql, limits }) {
  return withConnection(database, async (connection) => {
    const statement = await prepareSelect(connection, sql)
    return limits === undefined ? {} : await readRows(await statement.stream(), limits)
  })
}

function refusal(message) {
  return Object.assign(new Error(message), { code: 'refused' })
}

/** A fresh one each time: nothing is left of the query before. */
async function withConnection(instance, work) {
  const connection = await instance.connect()
  working = connection
  try {
    return await work(connection)
  } finally {
    working = undefined
    connection.closeSync()
  }
}

/** A little more than the limits allow, so that the parent, who applies them, sees that something was left out. */
async function readRows(result, limits) {
  const width = Math.min(result.columnCount, limits.maxColumns)
  const columns = describe(result, width, limits)
  const reading = { rows: [], characters: 0 }
  while (interrupting === undefined) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    if (!readChunk(chunk, width, limits, reading)) break
  }
  return { columns, columnCount: result.columnCount, rows: reading.rows }
}

function describe(result, width, { maxCellCharacters }) {
  return Array.from({ length: width }, (_, index) => [
    result.columnName(index).slice(0, maxCellCharacters),
    typeName(result.columnType(index)),
  ])
}

/** An enumeration's own name lists all of its values. */
function typeName(type) {
  const text = String(type)
  if (text.length <= longestTypeName) return text
  return /^ENUM\(.*\)$/s.test(text) ? 'ENUM(…)' : `${text.slice(0, longestTypeName)}…`
}

/** False when it has enough. */
function readChunk(chunk, width, limits, reading) {
  const vectors = vectorsOf(chunk, width)
  for (let index = 0; index < chunk.rowCount; index++) {
    const row = rowOf(vectors, index, limits)
    reading.rows.push(row)
    reading.characters += lengthOf(row)
    if (reading.rows.length > limits.maxRows || reading.characters > limits.maxBytes) return false
  }
  return true
}

function vectorsOf(chunk, width) {
  return Array.from({ length: width }, (_, index) => chunk.getColumnVector(index))
}

function rowOf(vectors, index, { maxCellCharacters }) {
  return vectors.map((vector) => plain(vector.getItem(index), maxCellCharacters))
}

function lengthOf(row) {
  return row.reduce((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0)
}

/** As JSON carries it: whatever is no small number, truth value or nothing, is text. */
function plain(value, maxCellCharacters) {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || Number.isFinite(value)) return value
  const text = String(value)
  return text.length > maxCellCharacters ? text.slice(0, maxCellCharacters + 1) : text
}

async function rowsOf(instance, sql) {
  return withConnection(instance, async (connection) =>
    (await connection.runAndReadAll(sql)).getRows(),
  )
}

async function namesOf(instance, sql) {
  return (await rowsOf(instance, sql)).map(([name]) => String(name))
}
