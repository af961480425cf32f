/**
 * Makes a file of a result's rows, in a process of its own: it takes memory, and can be killed. Plain JavaScript, because
 * it is started from the sources and from `dist` alike. It reaches the two files that it is told and no other.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { DuckDBInstance } from '@duckdb/node-api'
import writeWorkbook from 'write-excel-file/node'
import { serveRequests, watchProcess } from '../engine-process/serve-requests.mjs'

/** Bytes that the engine sets aside for a line, several times over. */
const usualLine = 1_000_000

/** Requests: `{ id, open }` and then `{ id, format, columns }`. */
serveRequests(async ({ open, format, columns }) => {
  if (open) {
    watchProcess(open.maxMemoryBytes)
    files = open
    return {}
  }
  if (format === 'xlsx') await makeWorkbook(columns)
  else await makeTableFile(format, columns)
  return {}
})

/** The lines to read and the file to make. */
let files

async function makeTableFile(format, columns) {
  const { lines, path, longestLine, memoryMegabytes } = files
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMegabytes}MB`,
    temp_directory: '',
    threads: '1',
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_paths = [${text(lines)}, ${text(path)}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  const cells = columns.map((_, at) => `c${at}: 'VARCHAR'`).join(', ')
  const source = `read_json(${text(lines)}, format = 'newline_delimited', columns = {${cells}}, maximum_object_size = ${Math.max(usualLine, longestLine + 1)})`
  const selected =
    format === 'csv' ? columns.map(harmless) : await typedCells(connection, source, columns)
  const options = format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet'
  await connection.run(
    `COPY (SELECT ${selected.join(', ')} FROM ${source}) TO ${text(path)} (${options})`,
  )
  connection.closeSync()
  instance.closeSync()
}

/** What a spreadsheet takes for the start of a formula, also in the wide forms of East Asia. */
const formula = "'^[=+\\-@\\t\\r\\n＝＋－＠]'"

/** A number may begin with a sign; all else that does is text, which an apostrophe keeps it. */
function harmless({ name }, at) {
  const cell = `CASE WHEN regexp_matches(c${at}, ${formula}) AND TRY_CAST(c${at} AS DOUBLE) IS NULL THEN '''' || c${at} ELSE c${at} END`
  const heading = /^[=+\-@\t\r\n＝＋－＠]/.test(name) ? `'${name}` : name
  return `${cell} AS ${quoted(heading)}`
}

/** Each column as its type where every cell is of it, else as text. */
async function typedCells(connection, source, columns) {
  const types = await settleTypes(connection, source, columns)
  const checks = types.map(
    (type, at) =>
      `count(*) FILTER (WHERE c${at} IS NOT NULL AND TRY_CAST(c${at} AS ${type}) IS NULL)`,
  )
  const [misfits] = await rowsOf(connection, `SELECT ${checks.join(', ')} FROM ${source}`)
  return columns.map(({ name }, at) => {
    const type = Number(misfits[at]) === 0 ? types[at] : 'VARCHAR'
    return `CAST(c${at} AS ${type}) AS ${quoted(name)}`
  })
}

const mostDigits = 38

/** What only the cells can tell: digits behind the point, and whether all numbers are whole. */
async function settleTypes(connection, source, columns) {
  const asked = columns.map(({ type }, at) => questions[type]?.(`c${at}`) ?? 'NULL')
  if (asked.every((question) => question === 'NULL')) return columns.map(({ type }) => type)
  const [found] = await rowsOf(connection, `SELECT ${asked.join(', ')} FROM ${source}`)
  return columns.map(({ type }, at) => settled[type]?.(found[at]) ?? type)
}

const questions = {
  WHOLE: (cell) => `bool_and(TRY_CAST(${cell} AS BIGINT) IS NOT NULL)`,
  DECIMAL: (cell) => `max(length(regexp_extract(${cell}, '\\.(\\d+)$', 1)))`,
  NUMBER: (cell) => `bool_and(regexp_full_match(${cell}, '-?\\d{1,19}'))`,
}
const settled = {
  WHOLE: (fit) => (fit === false ? `DECIMAL(${mostDigits},0)` : 'BIGINT'),
  DECIMAL: (digits) => `DECIMAL(${mostDigits},${Math.min(mostDigits, Number(digits ?? 0))})`,
  NUMBER: (areWhole) => (areWhole === false ? 'DOUBLE' : 'BIGINT'),
}

async function rowsOf(connection, sql) {
  return (await connection.runAndReadAll(sql)).getRows()
}

function text(value) {
  return `'${value.replaceAll("'", "''")}'`
}

function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`
}

async function makeWorkbook(columns) {
  const names = columns.map(({ name }) => ({ value: printable(name), fontWeight: 'bold' }))
  const rows = [names]
  const lines = createInterface({
    input: createReadStream(files.lines),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const line of lines) {
    const cells = JSON.parse(line)
    rows.push(columns.map(({ kind }, at) => workbookCell(cells[`c${at}`], kind)))
  }
  await writeWorkbook(rows, { stickyRowsCount: 1 }).toFile(files.path)
}

const plainDate = /^\d{4}-\d{2}-\d{2}$/
const plainTime = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?$/
/** Excel counts days from here. */
const firstYear = 1900

/** Texts are told to be texts, so that none of them is a formula. Numbers with more digits than a double has stay text. */
function workbookCell(cell, kind) {
  if (cell === undefined) return null
  if (kind === 'number' && isExact(cell)) return Number(cell)
  if (kind === 'boolean' && /^(true|false)$/.test(cell)) return cell === 'true'
  const isTime = plainTime.test(cell)
  if ((kind === 'date' || kind === 'timestamp') && (plainDate.test(cell) || isTime)) {
    const value = new Date(isTime ? `${cell.replace(' ', 'T')}Z` : cell)
    const format = isTime ? 'yyyy-mm-dd hh:mm:ss' : 'yyyy-mm-dd'
    if (value.getUTCFullYear() >= firstYear) return { value, type: Date, format }
  }
  return { value: printable(cell), type: String }
}

function isExact(cell) {
  const shortest = /\.\d+$/.test(cell) ? cell.replace(/\.?0+$/, '') : cell
  return Number.isFinite(Number(cell)) && String(Number(cell)) === shortest
}

/** XML has no way to write the others. */
function printable(value) {
  return value.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
}
