/** Comparisons that hardly any row can meet: of a number with a text that is none. */
import type { Catalog } from '../../../data/catalog.js'
import { sqlColumn } from '../../../models/grammar/sql-name.js'
import { columnPattern, textPattern } from './join-free-patterns.js'

const comparison = new RegExp(`(${columnPattern}) (?:=|<>|!=|<=?|>=?) (${textPattern})`, 'g')
const numeral = /^'\s*[-+]?\d[\d.,]*\s*'$/

/** Of join-free SQL. An engine may refuse it, or find nothing; SQLite keeps texts among numbers, and may find some. */
export function comparesOtherKind(joinFree: string, { tables }: Pick<Catalog, 'tables'>): boolean {
  const compared = new Set(
    [...joinFree.matchAll(comparison)].flatMap(([, column = '', text = '']) =>
      numeral.test(text) ? [] : [column],
    ),
  )
  if (compared.size === 0) return false
  return tables.some(({ name, columns }) =>
    columns.some(
      ({ name: column, kind }) => kind === 'number' && compared.has(sqlColumn(name, column)),
    ),
  )
}
