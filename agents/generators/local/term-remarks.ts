/** What the model is told of the terms that a question uses: a remark for each, which is data and no instruction. */
import type { Catalog } from '../../../data/catalog.js'
import type { CatalogTerm } from '../../../data/defined-term.js'
import { stem, wordsOf } from '../../../rag/words.js'

const maxRemarks = 4
const maxRemarkLength = 200

/** Terms that are links to a stored value are told as such already. */
export function termRemarks(question: string, { terms = [] }: Catalog): readonly string[] {
  const spoken = ` ${wordsOf(question).map(stem).join(' ')} `
  return terms
    .filter(({ value }) => value === undefined)
    .flatMap((term) => {
      const name = term.names.find((each) =>
        spoken.includes(` ${wordsOf(each).map(stem).join(' ')} `),
      )
      return name === undefined ? [] : [`${oneLine(name)} refers to ${meaningOf(term)}`]
    })
    .filter((remark) => remark.length <= maxRemarkLength)
    .slice(0, maxRemarks)
}

function meaningOf({ table, column, expression, read }: CatalogTerm): string {
  if (expression === undefined) return `${table}.${column}`
  if (!read) return oneLine(expression)
  const { aggregate, left, operator, right } = read
  const name = ({ table: of, column: named }: typeof left) => `${of}.${named}`
  const computed = right ? `${name(left)} ${operator} ${name(right)}` : name(left)
  return aggregate === undefined ? computed : `${aggregate}(${computed})`
}

/** A line break would let a text speak as the prompt. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim()
}
