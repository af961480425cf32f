/** Finds sums that count a row more than once, since each row is joined with many of another table. */
import { type Catalog, type ColumnReference, findTable } from '../catalog.js'
import { oneToOneWith } from '../relationship-graph.js'
import { namesIn } from './conditions.js'
import type { Clause, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'

/**
 * `sales.total` of `select products.name, sum(sales.total)`: over the lines between the two each sale counts once for each
 * of its lines. `tables` are those of the select's FROM. A condition on the many may leave one row of each, as a single
 * keyword of a paper does: so a sum found here is doubtful, not wrong.
 */
export function repeatedSums(
  clauses: readonly Clause[],
  tables: readonly string[],
  catalog: Catalog,
): readonly string[] {
  const sums = clauses.flatMap(({ nodes }) => summedColumns(nodes))
  // A price times a quantity is a line's own, whatever the price is joined with.
  const doubtful = sums.filter((columns) =>
    columns.every(({ table }) => isRepeated(table, tables, catalog)),
  )
  return [...new Set(doubtful.flat().map(({ table, column }) => `${table}.${column}`))]
}

function isRepeated(name: string, tables: readonly string[], catalog: Catalog): boolean {
  const table = findTable(catalog, name)?.name
  if (table === undefined) return false
  const single = oneToOneWith(catalog, table)
  return tables.some((other) => other !== table && !single.has(other))
}

/** Of each `sum(...)`; one with DISTINCT counts no value twice, and one with CASE may count rows of another table. */
function summedColumns(nodes: readonly SqlNode[]): readonly (readonly ColumnReference[])[] {
  return nodes.flatMap((node, index) => {
    if (node.type !== 'group') return []
    if (wordOf(nodes[index - 1]) !== 'sum') return summedColumns(node.nodes)
    const names = namesIn(node.nodes).map(({ node: name }) => name)
    if (names.some((name) => ['case', 'distinct'].includes(wordOf(name) ?? ''))) return []
    const columns = names.flatMap(({ parts: [first, second] }) =>
      first && second ? [{ table: first.name, column: second.name }] : [],
    )
    return columns.length > 0 ? [columns] : []
  })
}
