/** Finds the column that "sales", "revenue" or "spend" sum up: the money column of a table of transactions. */
import type { Catalog, ColumnReference } from '../../../data/catalog.js'
import { childrenOf, parentsOf } from '../../../data/relationship-graph.js'
import { stem } from '../../../rag/words.js'
import { tradeTables } from '../words/business-words.js'
import { identifierStems, isKeyLike } from './schema-terms.js'

const stems = (words: string) => words.split(' ').map(stem)

const amountWords = stems('amount revenue sales turnover value subtotal price net gross total')
/** Money that is not what came in. */
const otherMoney = stems(
  'target refund budget discount tax cost unit list tip shipping freight fee balance limit salary goal forecast planned',
)

/** Each table that the question groups or filters by must follow from a row of the amount's table, or sums repeat. */
const repeatedSumCost = 10

/**
 * The best amount column, or undefined when no table looks like transactions with a value.
 * `neededTables` are those the question groups or filters by; `mentioned` is the table it names.
 */
export function principalAmount(
  catalog: Catalog,
  neededTables: readonly string[],
  mentioned?: string,
): ColumnReference | undefined {
  const scored = catalog.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.kind === 'number')
      .map((column) => ({ table: table.name, column: column.name }))
      .filter((reference) => !isKeyLike(catalog, reference))
      .map((reference) => ({
        reference,
        score: score(catalog, reference, neededTables, mentioned),
        joins: parentsOf(catalog, table.name).size,
      })),
  )
  const best = scored
    .filter(({ score }) => score >= 3)
    .sort((a, b) => b.score - a.score || a.joins - b.joins)[0]
  return best?.reference
}

function score(
  catalog: Catalog,
  reference: ColumnReference,
  neededTables: readonly string[],
  mentioned: string | undefined,
): number {
  const words = identifierStems(reference.column)
  const tableWords = identifierStems(reference.table)
  const matches = words.filter((word) => amountWords.includes(word)).length
  if (matches === 0) return 0
  const otherPenalty = words.some((word) => otherMoney.includes(word)) ? 4 : 0
  const trade = tableWords.some((word) => tradeTables.includes(word)) ? 2 : 0
  const parents = parentsOf(catalog, reference.table)
  const repeated = neededTables.filter((table) => !parents.has(table)).length
  return (
    1 +
    matches +
    trade +
    nearness(catalog, reference.table, mentioned) -
    otherPenalty -
    repeated * repeatedSumCost
  )
}

/** The named table itself, or its detail rows. */
function nearness(catalog: Catalog, table: string, mentioned: string | undefined): number {
  if (mentioned === undefined) return 0
  if (mentioned === table) return 3
  return childrenOf(catalog, mentioned).get(table) === 1 ? 2 : 0
}
