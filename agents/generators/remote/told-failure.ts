/** What a model elsewhere is told of SQL of its own that failed. */
import type { Catalog } from '../../../data/catalog.js'
import type { FailedAttempt } from '../../sql-generator.js'
import { toldReason } from '../local/told-reason.js'

const ranAndFailed =
  'The engine stopped while it ran it: a value did not fit the type or the function that it was used with.'

/**
 * Without stored values, a message is told word by word: those of the model's own SQL, of the catalog and of engines in
 * general. An engine quotes what it stumbles over, and that may be a cell, a default or a label of an enumeration.
 */
export function toldFailure(
  { code, message, hints, sql, written }: FailedAttempt,
  catalog: Catalog,
  tellsValues: boolean,
): { readonly sql: string; readonly reason: string } {
  const own = written ?? sql
  if (tellsValues) return { sql: own, reason: toldReason({ code, message }) }
  const known = knownWords(own, catalog)
  const names = hints.filter((hint) => wordsOf(hint).every((each) => known.has(each.toLowerCase())))
  const near = names.length > 0 ? ` Near names: ${names.join(', ')}.` : ''
  const reason = code === 'sql_failed' ? ranAndFailed : withoutOthers(message, known)
  return { sql: own, reason: `${reason}${near}` }
}

/** In the spelling that the model knows: the engine read SQL with stored values filled in. */
function withoutOthers(message: string, known: ReadonlyMap<string, string>): string {
  return message.replaceAll(word, (each) => known.get(each.toLowerCase()) ?? '…')
}

const word = /[\p{L}\p{N}_]+/gu

function wordsOf(text: string): readonly string[] {
  return text.match(word) ?? []
}

function knownWords(sql: string, { tables }: Catalog): ReadonlyMap<string, string> {
  const names = tables.flatMap(({ name, columns }) => [name, ...columns.map((each) => each.name)])
  const words = [engineWords, sql, ...names].flatMap(wordsOf)
  return new Map(words.map((each) => [each.toLowerCase(), each]))
}

/** What DuckDB, SQLite and PostgreSQL say of SQL that they do not take. */
const engineWords = `
  a add aggregate aggregates alias ambiguous an and any appear argument arguments at be binder binding bindings boolean by
  called cannot candidate cast catalog clause close column columns compare contains could date did different do does double
  duplicate error exist exists expected explicit expression false find from found function functions group grouping has have
  having if in input integer invalid is it join key line literal match matches may mean missing more must name named names
  near nested no not null number numeric of on one only operator or order output parameter parser perhaps position query
  reference referenced relation requires result rows schema select set should single statement subquery syntax table tables
  text than that the there this timestamp to token too type types unexpected union unknown unrecognized use used using
  value values varchar view was where window with within without wrong you your
`
