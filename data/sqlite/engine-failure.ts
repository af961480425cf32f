/** Turns what SQLite says into a failure with names that may help. */
import type { QueryFailure } from '../database.js'
import { EngineError, ProcessEndedError } from '../engine-process/engine-process.js'
import { checkFunction, checkTable } from '../guard/check-names.js'
import { nearColumns } from '../guard/near-columns.js'
import { denied, onlySelect } from '../guard/refusal.js'
import { endedFailure, outOfMemoryFailure } from '../state-failure.js'
import { allowedFunctions } from './allowed-functions.js'

export type ColumnsByTable = ReadonlyMap<string, readonly string[]>

const hintCount = 5
const schemaName = /^(main|temp|[a-z_]\w*)\.(.+)$/is

/** `isPreparing`: the statement is being read, so that what is wrong is the SQL itself. */
export function engineFailure(
  error: unknown,
  columnsByTable: ColumnsByTable,
  isPreparing: boolean,
): QueryFailure {
  if (error instanceof ProcessEndedError) {
    return error.isOutOfMemory ? outOfMemoryFailure : endedFailure
  }
  if (!(error instanceof EngineError)) throw error
  const { code, message } = error
  if (/^SQLITE_NOMEM/.test(code)) return outOfMemoryFailure
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return lockedFailure
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN)/.test(code)) {
    return failed(`The file cannot be read: ${message}.`, 'Restore the file from a copy.')
  }
  return isPreparing ? readFailure(message, columnsByTable) : failed(asSentence(message))
}

export const lockedFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'Another program is writing the file and has locked it.',
  hints: ['Ask again in a moment.'],
}

function readFailure(message: string, columnsByTable: ColumnsByTable): QueryFailure {
  if (/^near "(delete|insert|replace|update)"/i.test(message)) return denied(onlySelect, [])
  const missing = /^no such (table|column|function): (.*)$/s.exec(message)
  const [, kind, name = ''] = missing ?? []
  if (kind === 'table') return missingTable(name, columnsByTable)
  if (kind === 'function') return missingFunction(name)
  if (kind === 'column') {
    const column = name.slice(name.lastIndexOf('.') + 1)
    const hints = nearColumns(column, columnsByTable, hintCount).slice(0, hintCount)
    return invalid(`There is no column "${name}".`, hints)
  }
  return invalid(asSentence(message))
}

/** SQLite writes a schema before the name with a point between; names may hold points too. */
function missingTable(name: string, columnsByTable: ColumnsByTable): QueryFailure {
  const rules = { tables: [...columnsByTable.keys()] }
  const [, schema = '', table = name] = schemaName.exec(name) ?? []
  const failure = checkTable(table, ['', schema], rules, new Set())
  return failure ?? invalid(`There is no table "${name}".`)
}

function missingFunction(name: string): QueryFailure {
  return (
    checkFunction(name, { functions: allowedFunctions }) ??
    invalid(`There is no function "${name}".`)
  )
}

function asSentence(message: string): string {
  const text = message.replace(/\s+/g, ' ').trim()
  return /^near /.test(text) ? `The SQL cannot be read: ${text}` : text
}

function invalid(message: string, hints: readonly string[] = []): QueryFailure {
  return { code: 'sql_invalid', message, hints }
}

function failed(message: string, ...hints: readonly string[]): QueryFailure {
  return { code: 'sql_failed', message, hints }
}
