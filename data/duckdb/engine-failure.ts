/** Turns DuckDB's error text into a failure with names that may help. */
import type { QueryFailure, QueryFailureCode } from '../database.js'
import { EngineError, ProcessEndedError } from '../engine-process/engine-process.js'
import { nearColumns } from '../guard/near-columns.js'
import { denied } from '../guard/refusal.js'
import { cutText } from '../result-limits.js'
import { endedFailure, outOfMemoryFailure } from '../state-failure.js'

const hintCount = 5
/** Characters; a complaint may quote a whole value. */
const longestMessage = 500

const outOfMemory = /^Out of Memory Error|^OutOfMemory|bad_alloc|bad allocation/

const codes: readonly (readonly [RegExp, QueryFailureCode])[] = [
  [/^(Binder|Catalog|Parser|Syntax) Error/, 'sql_invalid'],
  [outOfMemory, 'sql_out_of_memory'],
  [/^Permission Error/, 'sql_refused'],
]

/** An error that the engine did not expect; it then refuses every later query. */
const broken = /^(FATAL|INTERNAL) Error|database has been invalidated/

/** Whether later queries on the same engine may fail for no reason of their own: its process is best ended. */
export function leavesEngineSpent(error: unknown): boolean {
  if (!(error instanceof EngineError)) return false
  return outOfMemory.test(error.message) || broken.test(error.message)
}

export function engineFailure(
  error: unknown,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): QueryFailure {
  if (error instanceof ProcessEndedError) {
    return error.isOutOfMemory ? outOfMemoryFailure : endedFailure
  }
  if (!(error instanceof EngineError)) throw error
  const text = error.message
  if (error.code === 'refused') return denied(text, [])
  if (broken.test(text)) return endedFailure
  const code = codes.find(([pattern]) => pattern.test(text))?.[1] ?? 'sql_failed'
  if (code === 'sql_out_of_memory') return outOfMemoryFailure
  return { code, message: readableMessage(text), hints: hintsFor(text, columnsByTable) }
}

/** The first paragraph, without the kind of error and without suggestions. */
function readableMessage(text: string): string {
  const [first = ''] = text.split(/\n\s*\n|\nLINE \d|\n\s*Candidate|\nDid you mean/)
  const message = first
    .replace(/^[A-Za-z ]+ Error: /, '')
    .replace(/\s+/g, ' ')
    .trim()
  return cutText(message, longestMessage)
}

function hintsFor(
  text: string,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const missing =
    /column "?([^"\n]+?)"? (?:not found|does not exist)|does not have a column named "([^"]+)"/.exec(
      text,
    )
  const wanted = missing?.[1] ?? missing?.[2]
  const near = wanted === undefined ? [] : nearColumns(wanted, columnsByTable, hintCount)
  return [...new Set([...near, ...engineSuggestions(text)])].slice(0, hintCount)
}

function engineSuggestions(text: string): readonly string[] {
  const listed = /(?:Candidate (?:bindings|tables):|Did you mean)([^\n]*)/.exec(text)?.[1] ?? ''
  const names = [...listed.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
  const functions = [...text.matchAll(/^\t(\w+\(.*\) -> .*)$/gm)].map((match) => match[1] ?? '')
  return [...names, ...functions]
}
