/** Comparisons that hardly any row can meet: of a number with a text that is none. */
import type { Catalog } from '../../../data/catalog.js'
import { sqlColumn } from '../../../models/grammar/sql-name.js'

const word = String.raw`(?:"(?:[^"]|"")*"|[A-Za-z_]\w*)`
const comparison = new RegExp(
  String.raw`(${word}\.${word}) (?:=|<>|!=|<=?|>=?) '((?:[^']|'')*)'`,
  'g',
)
const numeral = /^\s*[-+]?\d[\d.,]*\s*$/

/** Of join-free SQL. An engine may refuse it, or find nothing; SQLite keeps texts among numbers, and may find some. */
export function comparesOtherKind(joinFree: string, { tables }: Pick<Catalog, 'tables'>): boolean {
  const numbers = new Set(
    tables.flatMap(({ name, columns }) =>
      columns.filter(({ kind }) => kind === 'number').map((each) => sqlColumn(name, each.name)),
    ),
  )
  return [...joinFree.matchAll(comparison)].some(
    ([, column = '', text = '']) => numbers.has(column) && !numeral.test(text),
  )
}
