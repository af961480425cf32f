/** Which columns SQL reads, and which others a reader may have meant. */
import { describe, expect, it } from 'vitest'
import { columnReadings } from '../../../agents/columns/column-reading.js'
import { columnsRead } from '../../../agents/columns/columns-read.js'
import { catalogOf } from '../data/join-free/catalog-of.js'

const catalog = catalogOf(
  {
    orders: ['order_id', 'amount', 'net amount', 'store_id'],
    stores: ['store_id', 'size', 'lease'],
  },
  ['orders.store_id > stores.store_id'],
)
const order = (column: string) => ({ table: 'orders', column })
const store = (column: string) => ({ table: 'stores', column })

describe('columns that SQL reads', () => {
  it('are found behind aliases, without them, and in nested queries', () => {
    const sql = `WITH big AS (SELECT s.store_id FROM stores s WHERE s.size > 9)
      SELECT o."net amount" / 2 AS half, sum(amount) FROM main.orders AS o
      JOIN big ON big.store_id = o.store_id WHERE DATE '2025-01-01' < now() GROUP BY 1;`
    const read = columnsRead(sql, catalog)
    expect(read?.columns).toEqual([
      store('store_id'),
      store('size'),
      order('net amount'),
      order('amount'),
      order('store_id'),
    ])
    expect(read?.tables).toEqual(['stores', 'orders'])
  })

  it('are not guessed where two tables have one of the name, or the text is no query', () => {
    expect(columnsRead('SELECT store_id FROM orders, stores', catalog)?.columns).toEqual([])
    expect(columnsRead("SELECT 'open", catalog)).toBeUndefined()
  })
})

describe('columns that may have been meant', () => {
  it('are those of the same kind, the likeliest first, and never keys', () => {
    expect(columnReadings('SELECT sum(orders.amount) FROM orders', catalog)).toEqual([
      { column: order('amount'), others: [order('net amount')] },
    ])
  })

  it('leave out what the SQL reads already', () => {
    const sql = 'SELECT sum(orders.amount), sum(orders."net amount") FROM orders'
    expect(columnReadings(sql, catalog)).toEqual([])
  })

  it('leave out numbers that a join would repeat', () => {
    const sql =
      'SELECT sum(orders.amount) FROM orders JOIN stores ON orders.store_id = stores.store_id'
    const [reading] = columnReadings(sql, catalog)
    expect(reading?.others).toEqual([order('net amount')])
  })
})
