/** Makes example questions with their join-free SQL out of a catalog, to show a model the way of writing. */
import { type Catalog, findTable } from '../../../data/catalog.js'
import { sqlColumn, sqlName, sqlText } from '../../../models/grammar/sql-name.js'
import { principalAmount } from '../../entities/principal-amount.js'
import { amountOf, type Breakdown, readTableFacts } from '../../text/catalog-facts.js'
import { humanise } from '../../text/humanise.js'

export interface SqlExample {
  readonly question: string
  readonly sql: string
}

/** Depends on the catalog alone, so that the examples stay in the part of the prompt that is read once. */
export function schemaExamples(catalog: Catalog): readonly SqlExample[] {
  return [...countExamples(catalog), ...amountExamples(catalog)]
}

function countExamples({ tables }: Catalog): readonly SqlExample[] {
  const [first] = tables.filter(({ rowCount }) => rowCount > 0)
  const pairs = tables.flatMap((table) =>
    table.columns
      .filter(({ kind, values = [] }) => kind === 'text' && values.length > 1 && values.length < 10)
      .map((column) => ({ table, column })),
  )
  const [category] = pairs
  const [value] = category?.column.values ?? []
  return [
    ...(first
      ? [
          {
            question: `How many ${humanise(first.name)} are there?`,
            sql: `select count(*) from ${sqlName(first.name)}`,
          },
        ]
      : []),
    ...(category && value !== undefined
      ? [
          {
            question: `How many ${humanise(category.table.name)} have the ${humanise(category.column.name)} ${value}?`,
            sql: `select count(*) where ${sqlColumn(category.table.name, category.column.name)} = ${sqlText(value)}`,
          },
        ]
      : []),
  ]
}

function amountExamples(catalog: Catalog): readonly SqlExample[] {
  const reference = principalAmount(catalog, [])
  const words = amountOf(catalog)?.words
  if (reference === undefined || words === undefined) return []
  const total = `sum(${sqlColumn(reference.table, reference.column)})`
  const { breakdowns, years } = readTableFacts(catalog, reference.table)
  const date = findTable(catalog, reference.table)?.columns.find(({ kind }) => kind === 'date')
  const [year] = years
  const [smallest] = breakdowns
  const largest = breakdowns.filter(({ things }) => things).at(-1)
  const day = date && sqlColumn(reference.table, date.name)
  return [
    ...(day && year
      ? [
          {
            question: `Total ${words} in ${year}`,
            sql: `select ${total} where ${day} >= '${year}-01-01' and ${day} < '${year + 1}-01-01'`,
          },
        ]
      : []),
    ...(smallest
      ? [{ question: `Total ${words} by ${smallest.words}`, sql: groupedSql(smallest, total) }]
      : []),
    ...(largest
      ? [
          {
            question: `Top 5 ${largest.things} by ${words}`,
            sql: `${groupedSql(largest, total)} order by ${total} desc limit 5`,
          },
        ]
      : []),
  ]
}

function groupedSql({ table, column }: Breakdown, total: string): string {
  const name = sqlColumn(table, column)
  return `select ${name}, ${total} group by ${name}`
}
