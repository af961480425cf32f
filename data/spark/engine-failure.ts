/** Turns what Spark says into a failure with names that may help. */
import type { QueryFailure, QueryFailureCode } from '../database.js'
import { nearColumns } from '../guard/near-columns.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { lostConnectionFailure, outOfMemoryFailure } from '../state-failure.js'

const hintCount = 5

/** Of gRPC. */
export const statusCodes = {
  cancelled: 1,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const

/** What the server said, taken apart. */
export interface SparkError {
  /** Of gRPC; undefined where the error is none of the server's. */
  readonly status?: number
  /** Such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`; empty where there is none. */
  readonly condition: string
  /** Five characters, empty where there is none. */
  readonly state: string
  readonly message: string
}

export function readSparkError(error: unknown): SparkError {
  if (!(error instanceof Error)) return { condition: '', state: '', message: String(error) }
  const status = 'code' in error && typeof error.code === 'number' ? error.code : undefined
  const details = 'details' in error ? String(error.details) : error.message
  const condition = /\[([A-Z][A-Z0-9_.]+)\]/.exec(details)?.[1] ?? ''
  const state = /SQLSTATE: ([0-9A-Z]{5})/.exec(details)?.[1] ?? ''
  return { status, condition, state, message: readable(details) }
}

/** The connection ended, or the server went away, or it gave the answer to another call. */
export function isLostConnection(error: unknown): boolean {
  const { status, condition } = readSparkError(error)
  if (condition === 'INVALID_CURSOR.DISCONNECTED') return true
  return status === statusCodes.unavailable || status === statusCodes.deadlineExceeded
}

/** The server knows the session no more: it was started anew, or the session had been idle for long. */
export function isLostSession(error: unknown): boolean {
  return /^INVALID_HANDLE\.SESSION_/.test(readSparkError(error).condition)
}

/** The server never knew the statement, or has let it go. */
export function isLostOperation(error: unknown): boolean {
  return /^INVALID_HANDLE\.OPERATION_/.test(readSparkError(error).condition)
}

const sentences: Readonly<Record<string, string>> = {
  DIVIDE_BY_ZERO: 'Division by zero.',
  REMAINDER_BY_ZERO: 'Division by zero.',
}

/** Right by its form, whatever its SQLSTATE says: it ran until it had done too much. */
const endedByLimit = /^RECURSION_(LEVEL|ROW)_LIMIT_EXCEEDED/

/** By SQLSTATE, the first that fits. Of what is wrong with the data (22…) the SQL is not to blame. */
const codes: readonly (readonly [RegExp, QueryFailureCode])[] = [
  [/^(42501)$/, 'sql_refused'],
  [/^(42|0A|07|21)/, 'sql_invalid'],
]

/** `columnsByTable`: what a mistaken name may have meant. Throws what is none of the server's errors. */
export function engineFailure(
  error: unknown,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): QueryFailure {
  const said = readSparkError(error)
  if (said.status === undefined) throw error
  if ([isLostConnection, isLostSession, isLostOperation].some((is) => is(error))) {
    return lostConnectionFailure
  }
  if (isStopped(said)) return stoppedFailure
  if (said.status === statusCodes.cancelled) return lostConnectionFailure
  if (said.status === statusCodes.resourceExhausted || isMemory(said)) return outOfMemoryFailure
  const code = endedByLimit.test(said.condition)
    ? 'sql_failed'
    : (codes.find(([pattern]) => pattern.test(said.state))?.[1] ?? 'sql_failed')
  const message = sentences[said.condition] ?? said.message
  return { code, message, hints: hintsFor(said, columnsByTable) }
}

/** The process answers still, and computes nothing any more. */
const stoppedFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'The Spark server has stopped computing.',
  hints: ['Start its Spark Connect server anew.'],
}

function isStopped({ message }: SparkError): boolean {
  return /stopped SparkContext|SparkContext (was|has been) (stopped|shut down)/i.test(message)
}

function isMemory({ condition, message, state }: SparkError): boolean {
  return (
    /OutOfMemory|maxResultSize|CANNOT_ACQUIRE_MEMORY|heap space|Not enough memory|exit(ed)? (code|with)? ?52/i.test(
      `${condition} ${message}`,
    ) || state === '53200'
  )
}

/** The first line without the condition, the state and the plan that Spark adds. */
function readable(details: string): string {
  const text = details
    .replace(/^[\s\S]*?\[[A-Z][A-Z0-9_.]+\]\s*/, '')
    .split(/\s*SQLSTATE:|\n== SQL|\n\nJVM stacktrace/)[0]!
    .split('\n')[0]!
    .replaceAll('`', '')
    .trim()
  return text.slice(0, 400)
}

function hintsFor(
  { condition, message }: SparkError,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  if (condition.startsWith('UNRESOLVED_COLUMN') || condition.startsWith('UNRESOLVED_FIELD')) {
    const name = /(?:name|field) (\S+)/.exec(message)?.[1]?.split('.').at(-1) ?? ''
    return nearColumns(name, columnsByTable, hintCount).slice(0, hintCount)
  }
  if (condition === 'TABLE_OR_VIEW_NOT_FOUND') {
    const name = /view (\S+)/.exec(message)?.[1]?.split('.').at(-1) ?? ''
    return nearestNames(name, [...columnsByTable.keys()], hintCount)
  }
  return []
}
