/**
 * Runs SQL on one SQLite file in a process of its own; plain JavaScript, because it is started from the sources and from
 * `dist` alike. A process, because the engine is synchronous: a query can neither be interrupted from its own thread nor
 * watched by it, and text that is not UTF-8, read as text, ends the whole process (libsql 0.5.29). It can be killed.
 */
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { serveRequests, watchProcess } from '../engine-process/serve-requests.mjs'

/** How the file keeps text; `CAST(… AS BLOB)` gives just these bytes. */
let encoding = 'utf-8'
const windows1252 = new TextDecoder('windows-1252')

/** Of what is read batch after batch: a message holds one batch. */
const batchRows = 2_000
const batchBytes = 1_000_000

let database

/** Requests: `{ id, open }`, `{ id, columnsOf }`, `{ id, sql, limits, typed }`, `{ id, begin, limits }` or `{ id, more }`. */
serveRequests((request) => {
  try {
    return request.open ? openFile(request.open) : answer(database, request)
  } catch (error) {
    throw Object.assign(new Error(plain(error?.message ?? '')), { code: error?.code ?? '' })
  }
})

function openFile(options) {
  watchProcess(options.maxMemoryBytes)
  database?.close()
  const { address, isUnlocked } = readOnlyFile(options.path)
  database = open(address, options)
  return { isUnlocked }
}

/** The library's own failure to open names its inner types and the whole address. */
function plain(message) {
  return message.startsWith('ConnectionFailed') ? 'unable to open database file' : message
}

/**
 * The library ignores its `readonly` option and creates missing files; `mode=ro` is the engine's own. A file that keeps a
 * log of changes (WAL) but has none beside it is in nobody's hands: SQLite would leave two new files next to it, and
 * `immutable` keeps it from that, but also from taking locks. Looked at here and not in the parent, as a process that
 * closes a file loses all its locks on it, and the parent may be a program that has the same file open itself.
 */
function readOnlyFile(path) {
  const isUnlocked = keepsLog(path) && !existsSync(`${path}-wal`)
  const address = `${pathToFileURL(path).href}?mode=ro${isUnlocked ? '&immutable=1' : ''}`
  return { address, isUnlocked }
}

/** Byte 18 of the header is 2 for files whose changes go to a log first. */
function keepsLog(path) {
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(1)
    return readSync(file, header, 0, 1, 18) === 1 && header[0] === 2
  } finally {
    closeSync(file)
  }
}

function open(address, { busyTimeoutMs, maxHeapBytes }) {
  const database = new Database(address, { timeout: busyTimeoutMs })
  database.exec(
    `PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA hard_heap_limit = ${maxHeapBytes}`,
  )
  encoding = database.prepare('PRAGMA encoding').raw().get()[0].toLowerCase()
  return database
}

function answer(database, { columnsOf, sql, limits, typed, begin, more }) {
  if (begin !== undefined) return beginRead(database, begin, limits)
  if (more) return readMore()
  if (columnsOf !== undefined) return { columns: describe(database.prepare(columnsOf)) }
  return readRows(database.prepare(sql).safeIntegers(true).raw(), limits, typed)
}

function describe(statement) {
  return statement.columns().map(({ name, type }) => ({ name, type: type ?? '' }))
}

/** What is read batch after batch. */
let reading

function beginRead(database, sql, limits) {
  const rows = database.prepare(sql).safeIntegers(true).raw().iterate()
  reading = { rows: rows[Symbol.iterator](), limits }
  return {}
}

/** A message's worth of typed rows; none at the end. */
function readMore() {
  const rows = []
  const classes = []
  for (let bytes = 0; rows.length < batchRows && bytes < batchBytes; ) {
    const { value: cells, done } = reading.rows.next()
    if (done) break
    // One more character than allowed tells the parent that the cell was cut.
    const row = readTyped(cells, classes)
    bytes += row.reduce((sum, value) => sum + byteLength(value), 0)
    rows.push(row)
  }
  return { rows, classes: classes.map((seen) => [...seen]) }
}

/** With `typed`, each cell comes as two: its storage class, and its value with text as bytes. */
function readRows(statement, { maxRows, maxBytes, maxCellCharacters }, typed) {
  const rows = []
  const classes = []
  let isCut = false
  let bytes = 0
  const result = (truncated) => ({ rows, truncated, classes: classes.map((seen) => [...seen]) })
  for (const cells of statement.iterate()) {
    if (rows.length === maxRows) return result(true)
    const read = typed ? readTyped(cells, classes) : cells.map(toValue)
    const cut = read.map((value) => cutCell(value, maxCellCharacters))
    isCut ||= cut.some((value, index) => value !== read[index])
    bytes += cut.reduce((sum, value) => sum + byteLength(value), 0)
    if (bytes > maxBytes) return result(true)
    rows.push(cut)
  }
  return result(isCut)
}

function readTyped(cells, classes) {
  const values = []
  for (let index = 0; index < cells.length; index += 2) {
    const [storage, cell] = [cells[index], cells[index + 1]]
    classes[index / 2] ??= new Set()
    if (storage !== 'null') classes[index / 2].add(storage)
    values.push(storage === 'text' ? decode(cell) : toValue(cell))
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
