import { describe, expect, it } from 'vitest'
import { explainSql } from '../../../agents/text/explain-sql.js'
import { readSqlShape } from '../../../agents/text/read-sql-shape.js'

const cases: readonly (readonly [string, readonly string[]])[] = [
  [
    "select sum(sales.total_amount) as total_sales from sales where sales.sold_on >= date '2023-01-01' and sales.sold_on < date '2024-01-01'",
    [
      'Read sales.',
      'Keep only rows where sold on is on or after 1 January 2023 and sold on is before 1 January 2024.',
      'Compute the total of total amount as total sales.',
    ],
  ],
  [
    "SELECT regions.region_name, COUNT(*) FROM stores JOIN regions ON stores.region_id = regions.region_id WHERE stores.status = 'active' GROUP BY regions.region_name ORDER BY COUNT(*) DESC LIMIT 5;",
    [
      'Read stores.',
      'Join regions on the same region id.',
      'Keep only rows where status is "active".',
      'Group the rows by region name.',
      'For each group, compute the number of rows.',
      'Sort by the number of rows, highest first.',
      'Return at most 5 rows.',
    ],
  ],
  [
    'select distinct city from stores s left join owners o on s.owner = o.id where closed_on is null and size between 1 and 5',
    [
      'Read stores.',
      'Join owners where owner of stores is id of owners, keeping rows without a match.',
      'Keep only rows where closed on is empty and size is between 1 and 5.',
      'Show each different city once.',
    ],
  ],
  [
    "select name from a where id not in (select a_id from b) and (kind in ('x', 'y') or name like 'Ly%') and note not like '%z%'",
    [
      'Read a.',
      'Keep only rows where id is not in the result of a sub-query (read b; show a id), (kind is one of "x", "y" or name starts with "Ly") and note does not contain "z".',
      'Show name.',
    ],
  ],
  [
    'select name from a union all select name from b order by name limit 1 offset 2',
    [
      'Read a.',
      'Show name.',
      'Read b.',
      'Show name.',
      'Put the rows of both together.',
      'Sort by name in ascending order.',
      'Skip the first 2 rows.',
      'Return only the first row.',
    ],
  ],
  [
    "select to_char(d, 'FMDay') as weekday, percentile_cont(0.5) within group (order by price) as median_price from t group by to_char(d, 'FMDay')",
    [
      'Read t.',
      'Group the rows by the weekday of d.',
      'For each group, compute the median of price as median price.',
    ],
  ],
  [
    'with t as (select k, sum(x) as s from u group by all) select avg(s) from t',
    [
      'First prepare t: read u; group the rows by k; for each group, compute the total of x as s.',
      'Read t.',
      'Compute the average of s.',
    ],
  ],
  [
    "select date_trunc('month', d) as month, round(100.0 * (sum(a) - sum(b)) / sum(b), 1) as growth from t group by 1 having count(distinct c) >= 10",
    [
      'Read t.',
      'Group the rows by the month of d.',
      'Keep only groups where the number of different c values is at least 10.',
      'For each group, compute 100.0 times (the total of a minus the total of b) divided by the total of b as growth.',
    ],
  ],
  [
    'select count(*) from parts p join parts q on p.parent_id = q.id where exists (select 1 from u where u.id = p.id) and active',
    [
      'Read parts as p.',
      'Join parts as q where parent id of p is id of q.',
      'Keep only rows where a sub-query finds a row (read u; keep only rows where id of u is id of p; show 1) and active is true.',
      'Compute the number of rows.',
    ],
  ],
]

describe('explainSql', () => {
  it.each(cases)('explains %s', (sql, steps) => {
    expect(explainSql(sql)).toEqual(steps)
  })

  it.each(['', 'drop table sales', "select 'open", 'select (', 'hello'])(
    'has nothing to say about %j',
    (text) => {
      expect(explainSql(text)).toEqual([])
    },
  )

  it('shows what it has no words for as SQL', () => {
    const [, step] = explainSql(
      'select rank() over (partition by region order by x desc) as r from t',
    )
    expect(step).toBe('Show RANK() OVER (PARTITION BY region ORDER BY x DESC) as r.')
  })

  it('keeps very long steps readable', () => {
    const list = Array.from({ length: 500 }, (_, index) => index).join(', ')
    const [, step = ''] = explainSql(`select a from t where b in (${list})`)
    expect(step.length).toBeLessThanOrEqual(400)
  })
})

describe('readSqlShape', () => {
  it('reads items, sources, grouping, order and limit', () => {
    const sql =
      'select r.name as region, round(sum(s.x), 2) total, sum(a) / sum(b) from s join r using (id) group by 1 order by total desc limit 3'
    const shape = readSqlShape(sql)
    const [select] = shape?.selects ?? []
    expect(
      select?.items.map(({ alias, aggregate, aggregated }) => [alias, aggregate, aggregated]),
    ).toEqual([
      ['region', undefined, false],
      ['total', 'sum', true],
      [undefined, undefined, true],
    ])
    expect(select?.sources.map(({ table, join }) => [table, join])).toEqual([
      ['s', undefined],
      ['r', 'inner'],
    ])
    expect(select?.groupBy.map(({ text }) => text)).toEqual(['r.name'])
    expect(shape?.orderBy.map(({ text, descending }) => [text, descending])).toEqual([
      ['total', true],
    ])
    expect(shape?.limit).toBe('3')
  })

  it('reads a window over a sum as a plain column', () => {
    const [select] =
      readSqlShape('select sum(x) over (order by d) as running from t')?.selects ?? []
    expect(select?.items[0]).toMatchObject({ alias: 'running', aggregated: false })
  })

  it('reads sub-queries in FROM and set operations', () => {
    const shape = readSqlShape('select a from (select a from t) as u intersect select b from v')
    expect(shape?.selects).toHaveLength(2)
    expect(shape?.operators).toEqual(['intersect'])
    expect(shape?.selects[0]?.sources[0]?.query?.selects[0]?.sources[0]?.table).toBe('t')
  })
})
