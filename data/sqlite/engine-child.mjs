/**
 * Runs SQL on one SQLite file in a process of its own; plain JavaScript, because it is started from the sources and from
 * `dist` alike. A process, because the engine is synchronous: a query can neither be interrupted from its own thread nor
 * watched by it, and text that is not UTF-8, read as text, ends the whole process (libsql 0.5.29). It can be killed.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import Database from 'libsql'

/** Milliseconds between two looks at the process. */
const watchEveryMs = 100
/** How the file keeps text; `CAST(… AS BLOB)` gives just these bytes. */
let encoding = 'utf-8'
const windows1252 = new TextDecoder('windows-1252')

if (isMainThread) serve()
else watch(workerData)

/** A query blocks its thread, so another one ends the process when its parent is gone or its memory is used up. */
function watch({ parent, maxMemoryBytes }) {
  setInterval(() => {
    const isLost = process.ppid !== parent
    if (isLost || process.memoryUsage.rss() > maxMemoryBytes) process.kill(process.pid, 'SIGKILL')
  }, watchEveryMs)
}

/** Requests: `{ id, open }`, `{ id, columnsOf }` or `{ id, sql, limits, typed }`; one answer to each, in order. */
function serve() {
  let database
  process.on('disconnect', () => process.exit())
  process.on('message', (request) => {
    try {
      if (request.open) database = open(request.open, database)
      process.send({ id: request.id, ok: true, ...answer(database, request) })
    } catch (error) {
      const { code = '', message = '' } = error ?? {}
      process.send({ id: request.id, ok: false, code: String(code), message: String(message) })
    }
  })
}

/** The library ignores its `readonly` option and creates missing files; the address's `mode=ro` is the engine's own. */
function open({ address, busyTimeoutMs, maxHeapBytes, maxMemoryBytes }, previous) {
  previous?.close()
  if (!previous)
    new Worker(new URL(import.meta.url), { workerData: { parent: process.ppid, maxMemoryBytes } })
  const database = new Database(address, { timeout: busyTimeoutMs })
  database.exec(
    `PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA hard_heap_limit = ${maxHeapBytes}`,
  )
  encoding = database.prepare('PRAGMA encoding').raw().get()[0].toLowerCase()
  return database
}

function answer(database, { columnsOf, sql, limits, typed }) {
  if (columnsOf !== undefined) return { columns: describe(database.prepare(columnsOf)) }
  if (sql === undefined) return {}
  return readRows(database.prepare(sql).safeIntegers(true).raw(), limits, typed)
}

function describe(statement) {
  return statement.columns().map(({ name, type }) => ({ name, type: type ?? '' }))
}

/** With `typed`, each cell comes as two: its storage class, and its value with text as bytes. */
function readRows(statement, { maxRows, maxBytes, maxCellCharacters }, typed) {
  const rows = []
  let truncated = false
  let bytes = 0
  for (const cells of statement.iterate()) {
    if (rows.length === maxRows) return { rows, truncated: true }
    const read = typed ? readTyped(cells) : cells.map((cell) => toValue(cell))
    const cut = read.map((value) => cutCell(value, maxCellCharacters))
    truncated ||= cut.some((value, index) => value !== read[index])
    bytes += cut.reduce((sum, value) => sum + byteLength(value), 0)
    if (bytes > maxBytes) return { rows, truncated: true }
    rows.push(cut)
  }
  return { rows, truncated }
}

function readTyped(cells) {
  const values = []
  for (let index = 0; index < cells.length; index += 2) {
    const cell = cells[index + 1]
    values.push(cells[index] === 'text' ? decode(cell) : toValue(cell))
  }
  return values
}

/** Bytes that are not UTF-8 are read as Windows-1252, in which such old files are mostly written. */
function decode(bytes) {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return windows1252.decode(bytes)
  }
}

/** Integers beyond 2^53 and infinities become text, binary values their hexadecimal digits. */
function toValue(cell) {
  if (typeof cell === 'bigint') {
    const number = Number(cell)
    return Number.isSafeInteger(number) ? number : cell.toString()
  }
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell)
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : (cell ?? null)
}

function cutCell(value, maxCharacters) {
  if (typeof value !== 'string' || value.length <= maxCharacters) return value
  return `${value.slice(0, maxCharacters - 1)}…`
}

function byteLength(value) {
  return typeof value === 'string' ? Buffer.byteLength(value) : 8
}
