/** Finds columns that say who somebody is, by their names, their keys and what is stored in them. */
import type { Catalog, Column, Table } from '../../catalog.js'
import { isKeyName, nameWords, singular } from '../../name-words.js'

export const columnMarks = ['name', 'email', 'phone', 'address', 'id', 'text', 'none'] as const

/** `none`: nothing of it needs to be hidden. */
export type ColumnMark = (typeof columnMarks)[number]

/** By `table.column`, in lower case. */
export type Marks = ReadonlyMap<string, ColumnMark>

export function markOf(marks: Marks, table: string, column: string): ColumnMark {
  return marks.get(`${table}.${column}`.toLowerCase()) ?? 'none'
}

export type MarkedColumns =
  | { readonly ok: true; readonly marks: Marks }
  | { readonly ok: false; readonly message: string }

/** What `stated` says of a column goes before what is found; a name in it that is no column's is a failure. */
export function markColumns(
  catalog: Catalog,
  stated: Readonly<Record<string, ColumnMark>>,
): MarkedColumns {
  const keys = keyColumns(catalog)
  const marks = new Map<string, ColumnMark>()
  for (const table of catalog.tables) {
    for (const column of table.columns) {
      const name = `${table.name}.${column.name}`.toLowerCase()
      marks.set(name, keys.has(name) ? 'id' : findMark(table, column))
    }
  }
  for (const [name, mark] of Object.entries(stated)) {
    if (!marks.has(name.toLowerCase())) {
      return { ok: false, message: `anonymise_columns: there is no column ${name}.` }
    }
    marks.set(name.toLowerCase(), mark)
  }
  return { ok: true, marks }
}

/** Both ends of every key. */
function keyColumns({ tables, relationships }: Catalog): ReadonlySet<string> {
  const own = tables.flatMap(({ name, primaryKey }) => primaryKey.map((key) => `${name}.${key}`))
  const ends = relationships.flatMap(({ from, to, further = [] }) => [
    `${from.table}.${from.column}`,
    `${to.table}.${to.column}`,
    ...further.flatMap((pair) => [`${from.table}.${pair.from}`, `${to.table}.${pair.to}`]),
  ])
  return new Set([...own, ...ends].map((name) => name.toLowerCase()))
}

const people = new Set(
  'person people customer client employee user patient doctor student teacher member contact author owner driver staff guest passenger agent manager player singer actor artist buyer seller tenant worker nurse physician candidate applicant subscriber visitor donor borrower instructor professor director parent child assignee reviewer recipient sender holder cardholder'.split(
    ' ',
  ),
)
const nameWord =
  /^(name|firstname|lastname|surname|fullname|forename|nickname|username|login|fname|lname|initials)$/
const alwaysNames =
  /\b(first|last|middle|full|family|given|maiden|user|nick) ?name\b|\bsurname\b|\bforename\b/
const email = /^[^@\s]+@[^@\s]+\.[^@\s]+$/
const phone = /^\+?[\d\s().\-/x]{7,20}$/
/** Share of the stored values that must look alike. */
const shareAlike = 0.8
/** Characters on average from which a text is prose. */
const proseLength = 40

function findMark({ name: table }: Table, column: Column): ColumnMark {
  const words = nameWords(column.name)
  const said = words.join(' ')
  if (/\b(e ?mail|mail)\b/.test(said)) return 'email'
  if (
    /\b(ssn|passport|iban|nhs|insurance number|licen[cs]e (number|no)|tax (id|number))\b/.test(said)
  ) {
    return 'id'
  }
  if (column.kind === 'text') return textMark(table, words, column.samples)
  if (/\b(phone|telephone|mobile|fax)\b/.test(said)) return 'phone'
  return column.unique && isKeyName(column.name) ? 'id' : 'none'
}

function textMark(table: string, words: readonly string[], samples: readonly string[]): ColumnMark {
  const said = words.join(' ')
  const alike = (pattern: RegExp) =>
    samples.length > 0 &&
    samples.filter((sample) => pattern.test(sample)).length >= samples.length * shareAlike
  if (alike(email)) return 'email'
  if (/\b(phone|telephone|mobile|fax|tel)\b/.test(said)) return 'phone'
  if (/\b(address|street|postcode|postal|zip|zipcode)\b/.test(said)) return 'address'
  if (alwaysNames.test(said)) return 'name'
  const isPerson = nameWords(table).some((word) => people.has(singular(word)))
  const ofPerson = words.slice(0, -1).some((word) => people.has(singular(word)))
  if (nameWord.test(words.at(-1) ?? '') && (ofPerson || (isPerson && words.length <= 2)))
    return 'name'
  if (/\b(notes?|comments?|message|body|remarks?|feedback|review text)\b/.test(said)) return 'text'
  if (alike(phone) && samples.some((sample) => /[+()\s-]/.test(sample)) && !alike(/^\d{4}-\d\d/)) {
    return 'phone'
  }
  const length =
    samples.reduce((sum, sample) => sum + sample.length, 0) / Math.max(1, samples.length)
  return length >= proseLength ? 'text' : 'none'
}
