/** A sum over joined rows is doubtful where each of its rows is joined with many. */
import { expect, test } from 'vitest'
import { completeJoinFree } from '../../../../data/join-free/complete-join-free.js'
import { catalogOf } from './catalog-of.js'

const shop = catalogOf(
  {
    stores: ['store_id', 'store_name'],
    sales: ['sale_id', 'store_id', 'total'],
    lines: ['line_id', 'sale_id', 'product_id', 'quantity', 'amount'],
    products: ['product_id', 'product_name', 'price'],
  },
  [
    'sales.store_id > stores.store_id',
    'lines.sale_id > sales.sale_id',
    'lines.product_id > products.product_id',
  ],
)

function repeatedIn(joinFree: string): readonly string[] {
  const completion = completeJoinFree(joinFree, shop)
  if (!completion.ok) throw new Error(completion.message)
  return completion.repeatedSums
}

test.each([
  [
    'the amount of a header by what its lines are about',
    'select products.product_name, sum(sales.total) group by products.product_name',
    ['sales.total'],
  ],
  [
    'the price of a product over its lines',
    "select sum(products.price) where stores.store_name = 'North'",
    ['products.price'],
  ],
  [
    'a sum in HAVING of a sub-query',
    'select count(*) from stores where stores.store_id in (select sales.store_id where lines.quantity > 2 group by sales.store_id having sum(sales.total) > 10)',
    ['sales.total'],
  ],
])('%s may count rows twice', (_, joinFree, columns) => {
  expect(repeatedIn(joinFree)).toEqual(columns)
})

test.each([
  [
    'the amount of lines by store',
    'select stores.store_name, sum(lines.amount) group by stores.store_name',
  ],
  ['a sum of one table', 'select sum(sales.total) from sales'],
  [
    'what is computed of a line and its product',
    'select stores.store_name, sum(lines.quantity * products.price) group by stores.store_name',
  ],
  ['distinct amounts', "select sum(distinct sales.total) where products.product_name = 'Pen'"],
  ['an average', "select avg(sales.total) where products.product_name = 'Pen'"],
  [
    'rows counted by a condition on their header',
    'select sum(case when sales.total > 5 then lines.amount else 0 end)',
  ],
])('%s counts each row once', (_, joinFree) => {
  expect(repeatedIn(joinFree)).toEqual([])
})
