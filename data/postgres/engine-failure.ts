/** Turns what PostgreSQL says into a failure with names that may help. */
import type { QueryFailure, QueryFailureCode } from '../database.js'
import { nearColumns } from '../guard/near-columns.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { codeOf } from '../servers/connect-causes.js'
import { lostConnectionFailure, outOfMemoryFailure, stopFailure } from '../state-failure.js'

const hintCount = 5

/** By SQLSTATE, the first that fits. */
const codes: readonly (readonly [RegExp, QueryFailureCode])[] = [
  [/^(42501|25006)$/, 'sql_refused'],
  [/^(42|0A|22P02|54)/, 'sql_invalid'],
]

/** SQLSTATEs and codes of the system; the driver's own complaints have none. */
const lostCode = /^(08|57P0|E[A-Z]+$)/
const lostMessage = /connection|terminated|timeout|ended/i

export function isLostConnection(error: unknown): boolean {
  const state = codeOf(error)
  const complaint = error instanceof Error && lostMessage.test(error.message)
  return lostCode.test(state) || (state === '' && complaint)
}

const busyFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'The server has no connection to spare.',
  hints: ['Ask again in a moment.'],
}

/** `columnsByTable`: what a mistaken name may have meant. */
export function engineFailure(
  error: unknown,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
  timeoutMs: number,
): QueryFailure {
  const state = codeOf(error)
  if (isLostConnection(error)) return lostConnectionFailure
  if (!(error instanceof Error) || state === '') throw error
  if (state === '57014') return stopFailure('sql_timeout', timeoutMs)
  if (state === '53300') return busyFailure
  if (state.startsWith('53')) return outOfMemoryFailure
  if (state === '55P03') {
    const message = 'Another program is changing a table and has locked it.'
    return { code: 'sql_failed', message, hints: ['Ask again in a moment.'] }
  }
  const code = codes.find(([pattern]) => pattern.test(state))?.[1] ?? 'sql_failed'
  return { code, message: readable(error.message), hints: hintsFor(error, state, columnsByTable) }
}

function readable(message: string): string {
  const text = message.replace(/\s+/g, ' ').trim()
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function hintsFor(
  error: Error,
  state: string,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const [, quoted, bare] =
    /(?:column|relation) (?:"([^"]+)"|(\S+)) does not exist/.exec(error.message) ?? []
  const name = (quoted ?? bare ?? '').split('.').at(-1) ?? ''
  if (state === '42703') return nearColumns(name, columnsByTable, hintCount).slice(0, hintCount)
  if (state === '42P01') return nearestNames(name, [...columnsByTable.keys()], hintCount)
  const said = 'hint' in error && typeof error.hint === 'string' ? [error.hint] : []
  return state === '42883' || state === '42804' ? said : []
}
