/** Join-free SQL becomes complete SQL over a small shop's catalog. */
import { describe, expect, test } from 'vitest'
import { completeJoinFree } from '../../../../data/join-free/complete-join-free.js'
import { catalogOf } from './catalog-of.js'

const shop = catalogOf(
  {
    regions: ['region_id', 'region_name'],
    stores: ['store_id', 'store_name', 'region_id', 'status', 'size'],
    customers: ['customer_id', 'customer_name', 'region_id'],
    sales: ['sale_id', 'store_id', 'customer_id', 'sold_on', 'total'],
    lines: ['line_id', 'sale_id', 'product_id', 'quantity'],
    products: ['product_id', 'product_name'],
    'odd Table': ['Order', 'group', 'sale_id'],
    weather: ['day', 'rain'],
  },
  [
    'stores.region_id > regions.region_id',
    'customers.region_id > regions.region_id',
    'sales.store_id > stores.store_id',
    'sales.customer_id > customers.customer_id',
    'lines.sale_id > sales.sale_id',
    'lines.product_id > products.product_id',
    'odd Table.sale_id > sales.sale_id',
  ],
)

function complete(text: string, rankedTables: readonly string[] = []): string {
  const completion = completeJoinFree(text, shop, { rankedTables })
  if (!completion.ok) throw new Error(completion.message)
  return completion.sql
}

function flat(text: string, rankedTables: readonly string[] = []): string {
  return complete(text, rankedTables).replace(/\s+/g, ' ')
}

function failureOf(text: string) {
  const completion = completeJoinFree(text, shop)
  if (completion.ok) throw new Error(`completed to ${completion.sql}`)
  return completion
}

describe('FROM and joins', () => {
  test('adds the join between the tables that columns name, one clause a line', () => {
    expect(
      complete(
        "select regions.region_name, count(*) as stores from stores where stores.status = 'active' group by regions.region_name order by count(*) desc limit 3",
      ),
    ).toBe(
      [
        'SELECT regions.region_name, COUNT(*) AS stores',
        'FROM stores',
        'JOIN regions ON stores.region_id = regions.region_id',
        "WHERE stores.status = 'active'",
        'GROUP BY regions.region_name',
        'ORDER BY COUNT(*) DESC',
        'LIMIT 3',
      ].join('\n'),
    )
  })

  test('adds tables on the way and starts at the table with the most detail', () => {
    expect(flat('select products.product_name, stores.store_name')).toBe(
      'SELECT products.product_name, stores.store_name FROM lines JOIN products ON lines.product_id = products.product_id JOIN sales ON lines.sale_id = sales.sale_id JOIN stores ON sales.store_id = stores.store_id',
    )
  })

  test('names every table it reads', () => {
    const completion = completeJoinFree('select products.product_name, stores.store_name', shop)
    expect(completion.ok && [...completion.tables].sort()).toEqual([
      'lines',
      'products',
      'sales',
      'stores',
    ])
  })

  test('prefers a path over shared detail rows to one over a shared parent', () => {
    expect(flat('select stores.store_name, customers.customer_name')).toContain('FROM sales JOIN')
  })

  test('breaks ties between equal paths by the ranking of tables, then by name', () => {
    const twoWays = catalogOf({ a: ['id'], b: ['id'], m: ['a', 'b'], n: ['a', 'b'] }, [
      'n.a > a.id',
      'n.b > b.id',
      'm.a > a.id',
      'm.b > b.id',
    ])
    const text = 'select a.id, b.id'
    const ranked = completeJoinFree(text, twoWays, { rankedTables: ['n'] })
    expect(ranked.ok && ranked.sql).toContain('FROM n')
    const unranked = completeJoinFree(text, twoWays)
    expect(unranked.ok && unranked.sql).toContain('FROM m')
  })

  test('joins by the first declared of several keys between two tables', () => {
    const flights = catalogOf({ flights: ['origin', 'target'], airports: ['code', 'city'] }, [
      'flights.origin > airports.code',
      'flights.target > airports.code',
    ])
    const completion = completeJoinFree('select airports.city, count(*) from flights', flights)
    expect(completion.ok && completion.sql).toContain('ON flights.origin = airports.code')
    expect(completion.ok && completion.sql).not.toContain('flights.target')
  })

  test('prefers, of several keys between two tables, one whose column the SQL names', () => {
    const flights = catalogOf({ flights: ['origin', 'target'], airports: ['code', 'city'] }, [
      'flights.origin > airports.code',
      'flights.target > airports.code',
    ])
    const joined = (text: string) => {
      const completion = completeJoinFree(text, flights)
      return completion.ok && completion.sql
    }
    expect(joined('select flights.target, airports.city')).toContain(
      'ON flights.target = airports.code',
    )
    expect(
      joined('select f.target, airports.city from flights as f where f.target is not null'),
    ).toContain('ON f.target = airports.code')
    expect(joined('select flights.origin, flights.target, airports.city')).toContain(
      'ON flights.origin = airports.code',
    )
  })

  test('joins on every column pair of a key', () => {
    const targets = catalogOf({ notes: ['text', 'store', 'day'], targets: ['store', 'month'] }, [])
    const completion = completeJoinFree('select notes.text, targets.month', {
      ...targets,
      relationships: [
        {
          from: { table: 'notes', column: 'store' },
          to: { table: 'targets', column: 'store' },
          further: [{ from: 'day', to: 'month' }],
          origin: 'declared',
        },
      ],
    })
    expect(completion.ok && completion.sql).toContain(
      'FROM notes\nJOIN targets ON notes.store = targets.store AND notes.day = targets.month',
    )
  })

  test('keeps a table in FROM that no column names', () => {
    expect(flat('select count(*) from stores')).toBe('SELECT COUNT(*) FROM stores')
    expect(flat('select count(*) from stores, regions')).toContain('JOIN regions ON')
  })

  test('names both tables when no key connects them', () => {
    expect(failureOf('select stores.store_name, weather.rain').message).toBe(
      'No key connects the tables "stores" and "weather".',
    )
  })

  test('lets a condition connect tables that no key connects', () => {
    expect(
      flat('select sum(sales.total) where sales.sold_on = weather.day and weather.rain > 1'),
    ).toBe(
      'SELECT SUM(sales.total) FROM sales CROSS JOIN weather WHERE sales.sold_on = weather.day AND weather.rain > 1',
    )
  })

  test('keeps an explicit join with aliases as written', () => {
    expect(
      flat(
        'select a.store_name, b.store_name from stores as a join stores b on a.region_id = b.region_id and a.store_id < b.store_id',
      ),
    ).toBe(
      'SELECT a.store_name, b.store_name FROM stores AS a JOIN stores b ON a.region_id = b.region_id AND a.store_id < b.store_id',
    )
  })

  test('joins a table that the long form forgot to the alias of its neighbour', () => {
    expect(
      flat(
        'select regions.region_name, count(*) from stores as s left join sales on s.store_id = sales.store_id group by regions.region_name',
      ),
    ).toContain(
      'FROM stores AS s LEFT JOIN sales ON s.store_id = sales.store_id JOIN regions ON s.region_id = regions.region_id GROUP BY',
    )
  })
})

describe('scopes', () => {
  test('gives a sub-query tables of its own', () => {
    expect(complete('select stores.store_name where stores.size > (select avg(stores.size))')).toBe(
      [
        'SELECT stores.store_name',
        'FROM stores',
        'WHERE stores.size > (',
        '  SELECT AVG(stores.size)',
        '  FROM stores',
        ')',
      ].join('\n'),
    )
  })

  test('leaves to the outer select a table that the inner one only compares with its own', () => {
    expect(
      flat(
        'select customers.customer_name where not exists (select sales.sale_id where sales.customer_id = customers.customer_id)',
      ),
    ).toBe(
      'SELECT customers.customer_name FROM customers WHERE NOT EXISTS ( SELECT sales.sale_id FROM sales WHERE sales.customer_id = customers.customer_id )',
    )
  })

  test('joins inside a sub-query when its filter names a table of the outer select alone', () => {
    expect(
      flat(
        "select stores.store_name where stores.store_id in (select sales.store_id where stores.status = 'active')",
      ),
    ).toContain(
      "FROM sales JOIN stores ON sales.store_id = stores.store_id WHERE stores.status = 'active'",
    )
  })

  test('completes each side of a union', () => {
    expect(
      flat('select regions.region_name from stores union all select customers.customer_name'),
    ).toBe(
      'SELECT regions.region_name FROM stores JOIN regions ON stores.region_id = regions.region_id UNION ALL SELECT customers.customer_name FROM customers',
    )
    expect(flat('(select stores.size limit 1) except (select stores.size) order by 1')).toBe(
      '( SELECT stores.size FROM stores LIMIT 1 ) EXCEPT ( SELECT stores.size FROM stores ) ORDER BY 1',
    )
  })

  test('reads a common table as a table and adds it to FROM', () => {
    expect(
      flat(
        'with per_store as (select stores.store_name as store, sum(sales.total) as total group by stores.store_name) select max(per_store.total)',
      ),
    ).toBe(
      'WITH per_store AS ( SELECT stores.store_name AS store, SUM(sales.total) AS total FROM sales JOIN stores ON sales.store_id = stores.store_id GROUP BY stores.store_name ) SELECT MAX(per_store.total) FROM per_store',
    )
  })

  test('lets a common table hide a table of the catalog', () => {
    const completion = completeJoinFree(
      'with sales as (select 1 as made_up) select sales.made_up',
      shop,
    )
    expect(completion).toMatchObject({ ok: true, tables: [] })
  })

  test('completes a sub-query in FROM and trusts its column names', () => {
    expect(
      flat(
        'select avg(counted.n) from (select stores.region_id, count(*) as n group by stores.region_id) as counted',
      ),
    ).toBe(
      'SELECT AVG(counted.n) FROM ( SELECT stores.region_id, COUNT(*) AS n FROM stores GROUP BY stores.region_id ) AS counted',
    )
  })

  test('completes deeply nested sub-queries in time', () => {
    const depth = 60
    const text = `${'select q.size from ('.repeat(depth)}select stores.size${') as q'.repeat(depth)}`
    expect(complete(text)).toContain('FROM stores')
  })
})

describe('text', () => {
  test.each([
    ["select stores.size where stores.status = 'from regions.region_name; ''where'' -- x'"],
    ["select stores.size where stores.status = $$it's regions.region_name$$"],
    ["select stores.size /* regions.region_name ' */ where stores.status = 'a' -- customers.x"],
  ])('reads no names in strings or comments: %s', (text) => {
    const completion = completeJoinFree(text, shop)
    expect(completion).toMatchObject({ ok: true, tables: ['stores'] })
  })

  test('knows the FROM and AS of functions from the clauses', () => {
    expect(
      flat(
        "select extract(year from sales.sold_on) as year, cast(sales.total as double), trim(both 'x' from stores.status) where sales.total is distinct from 3",
      ),
    ).toBe(
      "SELECT EXTRACT(year FROM sales.sold_on) AS year, CAST(sales.total AS double), TRIM(BOTH 'x' FROM stores.status) FROM sales JOIN stores ON sales.store_id = stores.store_id WHERE sales.total IS DISTINCT FROM 3",
    )
  })

  test('keeps case, filters, windows and intervals apart from clauses', () => {
    const text =
      "SELECT COUNT(DISTINCT sales.customer_id) FILTER (WHERE sales.total > -1.5) OVER (), CASE WHEN sales.total > 10 THEN 'big' ELSE 'small' END, ROW_NUMBER() OVER (PARTITION BY sales.store_id ORDER BY sales.sold_on DESC NULLS LAST), sales.sold_on - INTERVAL '1' month, sales.total::integer FROM sales QUALIFY ROW_NUMBER() OVER (ORDER BY sales.total) = 1"
    expect(flat(text.toLowerCase())).toBe(text)
  })

  test('quotes only the names that need it, with the spelling of the catalog', () => {
    expect(flat('select "odd table"."order", "odd Table"."GROUP", STORES.Size from sales')).toBe(
      'SELECT "odd Table"."Order", "odd Table"."group", stores.size FROM "odd Table" JOIN sales ON "odd Table".sale_id = sales.sale_id JOIN stores ON sales.store_id = stores.store_id',
    )
  })

  test('completes what it completed to the same text', () => {
    const once = complete(
      'select regions.region_name, sum(sales.total) where stores.size > (select avg(stores.size)) group by regions.region_name',
    )
    expect(complete(once)).toBe(once)
  })
})

describe('failures', () => {
  test('offers near names for an unknown table or column', () => {
    expect(failureOf('select store.size')).toMatchObject({
      message: 'There is no table "store".',
      hints: ['stores'],
    })
    expect(failureOf('select stores.region_name')).toMatchObject({
      message: 'The table "stores" has no column "region_name".',
    })
    expect(failureOf('select stores.region_name').hints).toContain('regions.region_name')
  })

  test.each([
    ['', 'There is no SQL.'],
    ['drop table stores', 'The SQL must be a query that starts with SELECT or WITH.'],
    ['select 1; select 2', 'Only one statement is allowed.'],
    ["select 'open", "The quote that opens at «'open» is never closed."],
    ['select (1', 'A ")" is missing at the end.'],
    ['select 1)', 'A ")" closes nothing.'],
    ['select count(*)', 'The SQL names no table.'],
    [`select ${'('.repeat(300)}`, 'The brackets are nested too deeply.'],
  ])('says what is wrong with %j', (text, message) => {
    expect(failureOf(text).message).toBe(message)
  })
})
