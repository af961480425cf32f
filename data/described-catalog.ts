/** A catalog with what people told of it: their descriptions stand as comments, and short ones as further names. */
import { type Catalog, type Column, findColumn, findTable, type Table } from './catalog.js'
import { type CatalogTerm, readExpression } from './defined-term.js'
import type { Description, HandbookDocument, Term } from './store/handbook-store.js'

/** A name is a few words; what is longer explains. */
const maxNameWords = 4
const maxNameCharacters = 60
/** Of one description; more are a list of something else. */
const maxNames = 6

export interface Told {
  /** Changes with what was told. */
  readonly revision: number
  readonly descriptions: readonly Description[]
  readonly documents: readonly HandbookDocument[]
  readonly terms: readonly Term[]
}

/** Descriptions of what is not there any more say nothing. */
export function describedCatalog(catalog: Catalog, told: Told): Catalog {
  const { revision, descriptions, documents, terms } = told
  if (revision === 0) return catalog
  const texts = new Map(descriptions.map((each) => [keyOf(each.table, each.column), each.text]))
  const described = <Part extends Table | Column>(part: Part, text: string | undefined): Part => {
    if (text === undefined) return part
    const { comment: sourceComment } = part
    const source = sourceComment === undefined ? {} : { sourceComment }
    return { ...part, ...source, comment: text, aliases: namesIn(text) }
  }
  return {
    ...catalog,
    version: `${catalog.version}+${revision}`,
    terms: terms.flatMap((term) => catalogTerm(catalog, term) ?? []),
    notes: documents.map(({ id, title, text }) => ({ id, title, text })),
    tables: catalog.tables.map((table) => ({
      ...described(table, texts.get(keyOf(table.name))),
      columns: table.columns.map((column) =>
        described(column, texts.get(keyOf(table.name, column.name))),
      ),
    })),
  }
}

/** In the spelling of the catalog; undefined when what it stands for is not there. */
export function catalogTerm(
  catalog: Catalog,
  { id, term, synonyms, table, column, value, expression }: Omit<Term, 'changedBy' | 'changedAt'>,
): CatalogTerm | undefined {
  const found = findTable(catalog, table)
  if (!found) return undefined
  const base = { id, names: [term, ...synonyms], table: found.name }
  if (expression !== undefined) {
    const names = found.columns.map(({ name }) => name)
    const read = readExpression(expression, found.name, names)
    return { ...base, expression, ...(read && { read }) }
  }
  const named = findColumn(catalog, { table, column: column ?? '' })
  return named && { ...base, column: named.name, ...(value !== undefined && { value }) }
}

function keyOf(table: string, column = ''): string {
  return JSON.stringify([table, column])
}

/** "Customer segment, or group (P = private)" gives "Customer segment" and "group": what stands between marks and is short. */
export function namesIn(description: string): readonly string[] {
  const pieces = description
    .replace(/\([^)]*\)/g, ';')
    .split(/[.,;:!?()[\]{}"“”\n\r\t|/]|\s[-–—]\s|\s(?:or|also|aka)\s/i)
    .map(bare)
    .filter((piece) => !piece.includes('=') && isName(piece))
  return [...new Set(pieces)].slice(0, maxNames)
}

const opening =
  /^(?:(?:the|a|an|or|also|and|this is|it is|called|known as|same as|short for|means|e\.g)\s+)+/i

function bare(piece: string): string {
  return piece.trim().replace(opening, '').trim()
}

function isName(piece: string): boolean {
  const words = piece.split(/\s+/)
  return (
    /\p{L}{2}/u.test(piece) && piece.length <= maxNameCharacters && words.length <= maxNameWords
  )
}
