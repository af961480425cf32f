/** Texts in SQL: nothing in them ends the text or starts something else. */
import { expect, it } from 'vitest'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { quoteTextFor } from '../../../data/quote.js'

it.each([
  ['duckdb', "it's \\", "'it''s \\'"],
  ['spark', "it's \\", "'it''s \\\\'"],
  ['spark', "\\' OR 1=1 -- ", "'\\\\'' OR 1=1 -- '"],
  ['mysql', "\\' OR 1=1 -- ", "'\\'' OR 1=1 -- '"],
] as const)('keeps quotes and backslashes inside a text of %s', (dialect, text, written) => {
  expect(quoteTextFor(dialect, text)).toBe(written)
})

it('writes names of Spark bare where it takes them so, else in backticks', () => {
  const names = ['total', 'order', 'minus', 'Order Items', 'odd`name']
  expect(names.map((name) => quoteIdentifier(name, 'spark'))).toEqual([
    'total',
    '`order`',
    '`minus`',
    '`Order Items`',
    '`odd``name`',
  ])
})
