/** Where missing values stand when the largest come first: PostgreSQL alone has to be told. */
import { expect, it } from 'vitest'
import type { Catalog, Dialect } from '../../../../data/catalog.js'
import { completeJoinFree } from '../../../../data/join-free/complete-join-free.js'
import { retailCatalog } from '../../../support/retail-catalog.js'

function complete(text: string, dialect: Dialect, nullable = true): string {
  const tables = retailCatalog.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, nullable })),
  }))
  const catalog: Catalog = { ...retailCatalog, tables, dialect }
  const completed = completeJoinFree(text, catalog)
  return completed.ok ? completed.sql.replace(/\s+/g, ' ') : completed.message
}

it.each([
  ['select stores.city order by stores.city desc', /ORDER BY stores\.city DESC NULLS LAST$/],
  ['select stores.city order by stores.city desc nulls first', /DESC NULLS FIRST$/],
  ['select stores.city order by stores.city', /ORDER BY stores\.city$/],
  [
    'select stores.city, count(*) group by stores.city order by count(*) desc, stores.city desc limit 3',
    /COUNT\(\*\) DESC NULLS LAST, stores\.city DESC NULLS LAST LIMIT 3$/,
  ],
  [
    'select rank() over (order by stores.city desc) from stores',
    /OVER \(ORDER BY stores\.city DESC NULLS LAST\)/,
  ],
  [
    'select stores.city where stores.city in (select stores.city order by stores.city desc limit 1)',
    /ORDER BY stores\.city DESC NULLS LAST LIMIT 1 \)/,
  ],
])('%s puts them last on PostgreSQL and stays as it is elsewhere', (text, written) => {
  expect(complete(text, 'postgres')).toMatch(written)
  for (const dialect of ['duckdb', 'sqlite'] as const) {
    expect(complete(text, dialect)).toBe(complete(text, 'postgres').replaceAll(' NULLS LAST', ''))
  }
})

it('leaves a column alone that misses none, so that its index serves', () => {
  const text = 'select stores.city order by stores.city desc, upper(stores.city) desc'
  expect(complete(text, 'postgres', false)).toMatch(
    /ORDER BY stores\.city DESC, UPPER\(stores\.city\) DESC NULLS LAST$/,
  )
})
