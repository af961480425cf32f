/** Turns what MySQL says into a failure with names that may help. */
import type { QueryFailure, QueryFailureCode } from '../database.js'
import { nearColumns } from '../guard/near-columns.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { codeOf } from '../servers/connect-causes.js'
import { lostConnectionFailure, outOfMemoryFailure, stopFailure } from '../state-failure.js'

const hintCount = 5

/** Of the server's own numbering, which MySQL and MariaDB share up to 1880. */
const timeouts = new Set([1317, 1969, 3024])
const memory = new Set([5, 1037, 1038, 1041, 1114, 1153, 1260, 3015])
const locks = new Set([1205, 1213])
const busy = new Set([1040, 1203, 1226])
const refusals = new Set([1142, 1143, 1227, 1370, 1792, 1290])
const unknownColumn = 1054
const unknownTable = 1146

/** What is wrong with the SQL itself: syntax, names, numbers of columns and arguments, groups, types. */
const mistakes = new Set([
  1052, 1054, 1055, 1056, 1060, 1064, 1066, 1109, 1111, 1140, 1146, 1222, 1235, 1241, 1242, 1248,
  1253, 1267, 1271, 1305, 1318, 1356, 1463, 1582, 1583, 1584, 1630, 4015, 4016, 4018, 4019, 4021,
  3593, 3594, 3579, 3651,
])

const lostCode = /^(E[A-Z]+|PROTOCOL_[A-Z_]+|ER_SERVER_SHUTDOWN|ER_CONNECTION_KILLED)$/
const lostNumbers = new Set([
  1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013,
])
const lostMessage = /connection|closed|timeout|ended/i

export function isLostConnection(error: unknown): boolean {
  const state = codeOf(error)
  const complaint =
    error instanceof Error && numberOf(error) === 0 && lostMessage.test(error.message)
  const isSystem = lostCode.test(state) && !state.startsWith('ER_')
  return isSystem || lostNumbers.has(numberOf(error)) || (state === '' && complaint)
}

const busyFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'The server has no connection to spare.',
  hints: ['Ask again in a moment.'],
}
const lockedFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'Another program is changing a table and has locked it.',
  hints: ['Ask again in a moment.'],
}

/** `columnsByTable`: what a mistaken name may have meant. */
export function engineFailure(
  error: unknown,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
  timeoutMs: number,
): QueryFailure {
  const number = numberOf(error)
  if (isLostConnection(error)) return lostConnectionFailure
  if (!(error instanceof Error) || number === 0) throw error
  if (timeouts.has(number)) return stopFailure('sql_timeout', timeoutMs)
  if (busy.has(number)) return busyFailure
  if (memory.has(number)) return outOfMemoryFailure
  if (locks.has(number)) return lockedFailure
  return {
    code: failureCode(number),
    message: readable(error.message),
    hints: hintsFor(error.message, number, columnsByTable),
  }
}

function failureCode(number: number): QueryFailureCode {
  if (refusals.has(number)) return 'sql_refused'
  return mistakes.has(number) ? 'sql_invalid' : 'sql_failed'
}

/** The driver's errors have none. */
function numberOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'errno' in error
    ? Number(error.errno) || 0
    : 0
}

/** Without names of users and hosts, which grants are told with. */
function readable(message: string): string {
  const text = message
    .replace(/\s+/g, ' ')
    .replace(/ to user '[^']*'@'[^']*'/, '')
    .replace(
      /You have an error in your SQL syntax; check the manual that .* to use near /,
      'The SQL cannot be read near ',
    )
    .trim()
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function hintsFor(
  message: string,
  number: number,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const [, path = ''] = /'([^']*)'/.exec(message) ?? []
  const name = path.split('.').at(-1) ?? ''
  if (number === unknownTable) return nearestNames(name, [...columnsByTable.keys()], hintCount)
  if (number !== unknownColumn) return []
  const near = nearColumns(name, columnsByTable, hintCount).slice(0, hintCount)
  return near.length > 0 ? near : ['Texts stand in single quotes.']
}
