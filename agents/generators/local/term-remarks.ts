/** What the model is told of the terms that a question uses: a remark for each, which is data and no instruction. */
import { type Catalog, findTable } from '../../../data/catalog.js'
import type { CatalogTerm } from '../../../data/defined-term.js'
import { stem, wordsOf } from '../../../rag/words.js'

const maxRemarks = 4
const maxRemarkLength = 200

export function termRemarks(question: string, catalog: Catalog): readonly string[] {
  return usedTerms(question, catalog).map(({ remark }) => remark)
}

/** Words of a question that the model is told of; any other that the data does not name stays unknown. */
export function toldWords(question: string, catalog: Catalog): ReadonlySet<string> {
  return new Set(usedTerms(question, catalog).flatMap(({ name }) => wordsOf(name).map(stem)))
}

/** Whether SQL reads every column that the told terms of a question stand for. */
export function usesTerms(sql: string, question: string, catalog: Catalog): boolean {
  const written = new Set(wordsIn(sql))
  return usedTerms(question, catalog).every(({ term }) => {
    const { column, expression = column ?? '' } = term
    const named = new Set(wordsIn(expression))
    const columns = findTable(catalog, term.table)?.columns ?? []
    return columns
      .map(({ name }) => name.toLowerCase())
      .filter((name) => named.has(name))
      .every((name) => written.has(name))
  })
}

function wordsIn(sql: string): readonly string[] {
  return (
    sql
      .toLowerCase()
      .match(/"[^"]+"|[\p{L}_][\p{L}\p{N}_$]*/gu)
      ?.map(bare) ?? []
  )
}

function bare(name: string): string {
  return name.replace(/^"(.*)"$/, '$1')
}

/** Terms that are links to a stored value are told as such already. */
function usedTerms(question: string, { terms = [] }: Catalog) {
  const spoken = ` ${wordsOf(question).map(stem).join(' ')} `
  return terms
    .filter(({ value }) => value === undefined)
    .flatMap((term) => {
      const name = term.names.find((each) =>
        spoken.includes(` ${wordsOf(each).map(stem).join(' ')} `),
      )
      if (name === undefined) return []
      return [{ term, name, remark: `${oneLine(name)} refers to ${meaningOf(term)}` }]
    })
    .filter(({ remark }) => remark.length <= maxRemarkLength)
    .slice(0, maxRemarks)
}

function meaningOf({ table, column, expression, read }: CatalogTerm): string {
  if (expression === undefined) return `${table}.${column}`
  if (!read) return oneLine(expression)
  const { aggregate, left, operator, right } = read
  if (aggregate === 'count') return oneLine(expression)
  const name = ({ table: of, column: named }: typeof left) => `${of}.${named}`
  const computed = right ? `${name(left)} ${operator} ${name(right)}` : name(left)
  return aggregate === undefined ? computed : `${aggregate}(${computed})`
}

/** A line break would let a text speak as the prompt. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim()
}
