/** Comparisons of a number with a text that is none. */
import { expect, it } from 'vitest'
import { comparesOtherKind } from '../../../agents/generators/local/other-kind.js'
import { column, retailCatalog, table } from '../../support/retail-catalog.js'

const columns = [column('name', 'text'), column('floor area', 'number'), column('since', 'date')]
const catalog = { ...retailCatalog, tables: [table('shops', 2, columns)] }

it.each([
  [`select shops.name where shops."floor area" = 'Ystad'`, true],
  [`select shops.name where shops.name = 'Ystad' and shops."floor area" > 'more than 54 %'`, true],
  [`select shops.name where shops."floor area" = '1,829.5'`, false],
  [`select shops.name where shops."floor area" < 3`, false],
  [`select shops.name where shops.name = 'Ystad' and shops.since > '2024-01-31'`, false],
])('%s: %s', (sql, isSo) => {
  expect(comparesOtherKind(sql, catalog)).toBe(isSo)
})
