/**
 * A process of its own that runs SQL on SQLite files for the scorer: it can be killed when a query never
 * ends, and when the engine's native code gives up on a damaged file. After a first message that it is ready:
 * one message in, one out, in order.
 */
import { existsSync } from 'node:fs'
import Database from 'libsql'

/** Files kept open; a test suite has some thirty for each database. */
const maxOpenFiles = 40
const open = new Map()

process.on('message', ({ path, sql, maxRows }) => {
  process.send(run(path, sql, maxRows))
})
process.on('disconnect', () => process.exit())
process.send({ ready: true })

function run(path, sql, maxRows) {
  try {
    if (hasSecondStatement(sql)) throw new Error('There is more than one statement.')
    const statement = prepare(databaseAt(path), sql).raw()
    statement.safeIntegers(true)
    const rows = []
    for (const row of statement.iterate()) {
      if (rows.length === maxRows) return { rows, truncated: true }
      rows.push(row.map(cell))
    }
    return { rows, truncated: false }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function databaseAt(path) {
  const known = open.get(path)
  if (known) return known
  if (open.size >= maxOpenFiles) closeFirst()
  // Opening would make the file.
  if (!existsSync(path)) throw new Error(`There is no ${path}.`)
  const database = new Database(path)
  database.exec('PRAGMA query_only = 1')
  open.set(path, database)
  return database
}

function closeFirst() {
  const [path] = open.keys()
  open.get(path).close()
  open.delete(path)
}

const quotedOrComment =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\//g

/** The engine would run the first and be silent about the rest. */
function hasSecondStatement(sql) {
  return /;[\s\S]*[^\s;]/.test(
    sql.replace(quotedOrComment, (part) => (/^(--|\/\*)/.test(part) ? ' ' : 'x')),
  )
}

/**
 * SQLite takes "France" for the text France when no column has that name, and benchmarks lean on it;
 * this build of the engine does not, so such names are turned into text where they are reported missing.
 */
function prepare(database, sql) {
  try {
    return database.prepare(sql)
  } catch (error) {
    const missing = /no such column: (.*)/s.exec(error instanceof Error ? error.message : '')?.[1]
    if (missing === undefined) throw error
    const asText = `'${missing.replaceAll("'", "''")}'`
    const rewritten = replaceName(sql, missing, asText)
    if (rewritten === sql) throw error
    return prepare(database, rewritten)
  }
}

/** Only where the name stands alone in double quotes, outside of strings and other quotes. */
function replaceName(sql, name, text) {
  const quoted = `"${name.replaceAll('"', '""')}"`
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]/g, (part, at) =>
    part === quoted && sql[at - 1] !== '.' && sql[at + part.length] !== '.' ? text : part,
  )
}

/** Whole numbers beyond 2^53 and bytes travel as marked text, so that equal cells stay equal and no others. */
function cell(value) {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : `\u0000integer ${value}`
  }
  return Buffer.isBuffer(value) ? `\u0000bytes ${value.toString('hex')}` : value
}
