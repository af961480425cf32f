/** The number that a bound means when it names none: "products over 200" are priced above it. */
import { type ColumnReference, findTable } from '../../../data/catalog.js'
import { stem } from '../../../rag/words.js'
import type { DraftCondition } from '../draft.js'
import { identifierStems } from '../schema/schema-terms.js'
import { isMeasurable, type ResolvedColumn, type Surroundings } from './resolve-columns.js'

const stems = (words: string) => words.split(' ').map(stem)

/** What a bare number may measure, likeliest first; sizes and ages need to be said. */
const ranks: readonly (readonly string[])[] = [
  stems('amount total value revenue turnover'),
  stems('price'),
  stems('fee cost salary percent percentage pct rebate discount'),
]

/** Parts of an amount, and what is no amount of the row itself. */
const parts = stems('discount tax refund tip shipping freight unit')

/** Several that fit equally are asked about. */
export function obviousNumber(
  { mention, concept, comparator, counts, phrase, ofTime }: DraftCondition,
  { catalog, subject, base, resolutions }: Surroundings,
): ResolvedColumn {
  const remembered = resolutions[phrase.toLowerCase()]
  if (remembered) return { column: remembered }
  if (concept || counts || ofTime || !/[<>]=?$/.test(comparator)) return {}
  const best = mention?.candidates[0]
  if (best && best.kind !== 'table') return {}
  const table = findTable(catalog, best?.table ?? subject ?? base ?? '')
  const numbers = (table?.columns ?? [])
    .filter((column) =>
      isMeasurable(catalog, column, { table: table?.name ?? '', column: column.name }),
    )
    .map((column) => ({ table: table?.name ?? '', column: column.name }))
  const fitting = likeliest(numbers)
  const [column] = fitting
  return fitting.length > 1 ? { column, ambiguity: { phrase, options: fitting } } : { column }
}

function likeliest(numbers: readonly ColumnReference[]): readonly ColumnReference[] {
  for (const words of ranks) {
    const named = numbers.filter(({ column }) => has(column, words))
    const whole = named.filter(({ column }) => !has(column, parts))
    if (whole.length > 0) return whole
    if (named.length > 0) return named
  }
  return []
}

function has(column: string, words: readonly string[]): boolean {
  return identifierStems(column).some((word) => words.includes(word))
}
