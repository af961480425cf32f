/** What the words before a caret may become. */
import { expect, it } from 'vitest'
import { completableNames, completeText } from '../../../rag/complete-text.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { retailCatalog } from '../../support/retail-catalog.js'

const completable = {
  names: completableNames(retailCatalog),
  valuesBeginning: createValueIndex(retailCatalog).beginning,
}

function texts(text: string, limit = 20): readonly string[] {
  return completeText(completable, text, limit).map((each) => each.text)
}

it('continues the word at the caret by tables, columns and values', () => {
  expect(completeText(completable, 'How many sto', 2)).toEqual([
    { kind: 'table', text: 'stores', table: 'stores', start: 9, end: 12 },
    { kind: 'column', text: 'store id', table: 'sales', column: 'store_id', start: 9, end: 12 },
  ])
  expect(completeText(completable, 'sales in Lisb', 20)).toEqual([
    { kind: 'value', text: 'Lisbon', table: 'customers', column: 'city', start: 9, end: 13 },
  ])
})

it('continues names of several words, with what was typed of them', () => {
  expect(completeText(completable, 'sales in sao pa', 1)).toMatchObject([
    { kind: 'value', text: 'São Paulo', start: 9, end: 15 },
  ])
  expect(texts('sales of the harbour ')).toEqual(['Harbour Corner'])
  expect(texts('stores by store_na')[0]).toBe('store name')
})

it('finds words inside names, behind those that begin so', () => {
  const found = texts('revenue of Corn')
  expect(found).toEqual(['Harbour Corner'])
  expect(texts('s').length).toBeGreaterThan(0)
})

it.each(['', '   ', 'sales in Lis?', 'sales (', '💥', 'xyzzy', 'a'.repeat(2_000)])(
  'offers nothing behind "%s"',
  (text) => expect(texts(text)).toEqual([]),
)

it('offers no more than was asked for, and says a name of several tables once', () => {
  expect(texts('s', 3)).toHaveLength(3)
  const twice = texts('region id')
  expect(twice.filter((text) => text === 'region id')).toHaveLength(1)
})

it('keeps its places in a long text', () => {
  const text = `${'why '.repeat(200)}Lis`
  expect(completeText(completable, text, 1)).toMatchObject([{ start: 800, end: 803 }])
})
