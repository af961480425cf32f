/** Turns DuckDB's error text into a failure with names that may help. */
import type { QueryFailure, QueryFailureCode } from '../database.js'
import { nearColumns } from '../guard/near-columns.js'
import { outOfMemoryFailure } from '../state-failure.js'

const hintCount = 5

const codes: readonly (readonly [RegExp, QueryFailureCode])[] = [
  [/^(Binder|Catalog|Parser|Syntax) Error/, 'sql_invalid'],
  [/^Out of Memory Error|^OutOfMemory/, 'sql_out_of_memory'],
  [/^Permission Error/, 'sql_refused'],
]

export function engineFailure(
  error: unknown,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
): QueryFailure {
  const text = error instanceof Error ? error.message : String(error)
  const code = codes.find(([pattern]) => pattern.test(text))?.[1] ?? 'sql_failed'
  if (code === 'sql_out_of_memory') return outOfMemoryFailure
  return { code, message: readableMessage(text), hints: hintsFor(text, columnsByTable) }
}

/** The first paragraph, without the kind of error and without suggestions. */
function readableMessage(text: string): string {
  const [first = ''] = text.split(/\n\s*\n|\nLINE \d|\n\s*Candidate|\nDid you mean/)
  return first
    .replace(/^[A-Za-z ]+ Error: /, '')
    .replace(/\s+/g, ' ')
    .trim()
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
