/** GROUP BY is completed so that a select that aggregates binds, and left alone where it already does. */
import { describe, expect, test } from 'vitest'
import { completeJoinFree } from '../../../../data/join-free/complete-join-free.js'
import { catalogOf } from './catalog-of.js'

const shop = catalogOf(
  {
    stores: ['store_id', 'store_name', 'city', 'size', 'opened_on'],
    sales: ['sale_id', 'store_id', 'sold_on', 'total'],
  },
  ['sales.store_id > stores.store_id'],
)

function complete(text: string): string {
  const completion = completeJoinFree(text, shop)
  if (!completion.ok) throw new Error(completion.message)
  return completion.sql.replace(/\s+/g, ' ')
}

/** The text between GROUP BY and the next clause, outside brackets. */
function groupBy(text: string): string | undefined {
  return / GROUP BY (.*?)(?= HAVING | ORDER BY | LIMIT | QUALIFY | UNION |$)/.exec(
    complete(text),
  )?.[1]
}

describe('GROUP BY is added', () => {
  test.each([
    ['a column beside an aggregate', 'select stores.city, count(*)', 'stores.city'],
    [
      'columns in the order selected',
      'select stores.city, max(stores.size), stores.store_name',
      'stores.city, stores.store_name',
    ],
    [
      'a column that the written GROUP BY lacks',
      'select stores.city, stores.store_name, count(*) group by stores.city',
      'stores.city, stores.store_name',
    ],
    [
      'a column beside GROUP BY alone',
      'select stores.store_name group by stores.city',
      'stores.city, stores.store_name',
    ],
    [
      'a whole expression',
      'select year(sales.sold_on) as y, sum(sales.total)',
      'year(sales.sold_on)',
    ],
    [
      'an expression with a bare alias',
      'select lower(stores.city) town, count(*)',
      'lower(stores.city)',
    ],
    [
      'the columns of an item that also aggregates',
      'select sum(sales.total) / stores.size',
      'stores.size',
    ],
    ['a column for HAVING', 'select stores.city having count(*) > 3', 'stores.city'],
    [
      'a column that only HAVING names',
      "select count(*) having stores.city = 'Rome'",
      'stores.city',
    ],
    [
      'a column for an aggregate in ORDER BY',
      'select stores.city order by count(*) desc limit 1',
      'stores.city',
    ],
    [
      'a column that only ORDER BY names',
      'select stores.city, count(*) order by stores.size desc nulls last',
      'stores.city, stores.size',
    ],
    [
      'a column beside an aggregate in a window',
      'select stores.city, sum(sum(stores.size)) over ()',
      'stores.city',
    ],
    [
      'a column beside a filtered aggregate',
      'select stores.city, count(*) filter (where stores.size > 3)',
      'stores.city',
    ],
    ['a column after DISTINCT', 'select distinct stores.city, count(*)', 'stores.city'],
  ])('for %s', (_, text, expected) => {
    expect(groupBy(text)?.toLowerCase()).toBe(expected)
  })

  test('between WHERE and HAVING', () => {
    expect(
      complete('select stores.city, count(*) where stores.size > 1 having count(*) > 2 limit 3'),
    ).toBe(
      'SELECT stores.city, COUNT(*) FROM stores WHERE stores.size > 1 GROUP BY stores.city HAVING COUNT(*) > 2 LIMIT 3',
    )
  })

  test('in each scope by itself', () => {
    expect(
      complete(
        'select stores.store_name where stores.size in (select max(stores.size), stores.city)',
      ),
    ).toBe(
      'SELECT stores.store_name FROM stores WHERE stores.size IN ( SELECT MAX(stores.size), stores.city FROM stores GROUP BY stores.city )',
    )
  })
})

describe('GROUP BY is left alone', () => {
  test.each([
    ['without an aggregate', 'select stores.city, stores.size'],
    ['with aggregates only', 'select count(*), avg(stores.size) having count(*) > 3'],
    ['with constants', "select 'all', 1, count(*) from stores"],
    [
      'with windows over plain rows',
      'select stores.city, sum(stores.size) over (order by stores.city)',
    ],
    ['with *', 'select stores.*, count(*)'],
    ['with a nested aggregate', 'select stores.city, (select count(*) from sales)'],
  ])('%s', (_, text) => {
    expect(groupBy(text)).toBeUndefined()
  })

  test.each([
    ['a position', 'select stores.city, count(*) group by 1', '1'],
    ['an alias', 'select year(sales.sold_on) as y, count(*) group by y', 'y'],
    [
      'the same expression in other letters',
      'select Year(sales.sold_on), count(*) group by year(sales.SOLD_ON)',
      'year(sales.sold_on)',
    ],
    [
      'every part of the item',
      'select stores.city || stores.store_name, count(*) group by stores.city, stores.store_name',
      'stores.city, stores.store_name',
    ],
    ['everything', 'select stores.city, count(*) group by all', 'all'],
    [
      'a set of groupings',
      'select stores.city, stores.size, count(*) group by rollup (stores.city)',
      'rollup (stores.city)',
    ],
    [
      'the item that ORDER BY repeats',
      'select stores.city, count(*) as n group by stores.city order by stores.city, n',
      'stores.city',
    ],
  ])('when it names %s', (_, text, expected) => {
    expect(groupBy(text)?.toLowerCase()).toBe(expected)
  })

  test('when the column belongs to the enclosing select', () => {
    expect(
      complete(
        'select s.store_name from stores as s where 100 < (select sum(sales.total) + s.size where sales.store_id = s.store_id)',
      ),
    ).not.toContain('GROUP BY')
  })

  test('and one row is not split by its order', () => {
    expect(complete('select count(*) order by stores.opened_on, max(stores.size)')).toBe(
      'SELECT COUNT(*) FROM stores ORDER BY MAX(stores.size)',
    )
    expect(complete('select max(stores.size) order by stores.size desc limit 1')).toBe(
      'SELECT MAX(stores.size) FROM stores LIMIT 1',
    )
  })
})
