/** Other columns in the place of those that join-free SQL reads. */
import { describe, expect, it } from 'vitest'
import { replaceColumns } from '../../../../data/join-free/replace-columns.js'

const orders = { table: 'orders', column: 'amount' }
const net = { table: 'orders', column: 'net amount' }

describe('replacing columns', () => {
  it('changes every place that reads the column, nested ones too, and nothing else', () => {
    const joinFree =
      "select stores.city, sum(Orders.Amount) where orders.amount > (select avg(orders.amount)) and stores.city <> 'orders.amount' group by stores.city"
    expect(replaceColumns(joinFree, [{ column: orders, by: net }])).toBe(
      'select stores.city, sum(orders."net amount") where orders."net amount" > (select avg(orders."net amount")) and stores.city <> \'orders.amount\' group by stores.city',
    )
  })

  it('leaves what is no SQL as it is', () => {
    expect(replaceColumns("select 'open", [{ column: orders, by: net }])).toBe("select 'open")
  })
})
