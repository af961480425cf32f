/** Folding, splitting and stemming of words, and the synonyms built on them. */
import { describe, expect, it } from 'vitest'
import { areSynonyms, synonymsOf } from '../../../rag/synonyms.js'
import { foldText, splitIdentifier, stem, wordSpans, wordsOf } from '../../../rag/words.js'

describe('splitIdentifier', () => {
  it.each([
    ['sale_lines', ['sale', 'lines']],
    ['totalAmount', ['total', 'amount']],
    ['HTTPStatus2', ['http', 'status', '2']],
    ['Größe (m²)', ['große', 'm', '2']],
    ['order-date', ['order', 'date']],
    ['', []],
  ])('splits %s', (name, words) => {
    expect(splitIdentifier(name)).toEqual(words)
  })
})

describe('stem', () => {
  it.each([
    ['stores', 'store'],
    ['categories', 'category'],
    ['movies', 'movie'],
    ['boxes', 'box'],
    ['addresses', 'address'],
    ['statuses', 'status'],
    ['houses', 'house'],
    ['opened', 'open'],
    ['closed', 'close'],
    ['pricing', 'prices'],
    ['shipping', 'shipped'],
    ['cancelled', 'canceled'],
    ['people', 'person'],
    ['Days', 'day'],
  ])('gives %s and %s one form', (first, second) => {
    expect(stem(first)).toBe(stem(second))
  })

  it.each([
    ['string', 'str'],
    ['status', 'statu'],
    ['customer', 'custom'],
    ['need', 'ne'],
  ])('keeps %s apart from %s', (first, second) => {
    expect(stem(first)).not.toBe(stem(second))
  })
})

describe('wordSpans', () => {
  it('tells where each word stands in the original text', () => {
    const text = "Café Noir's  sales, 2023?"
    const spans = wordSpans(text)
    expect(spans.map((span) => span.word)).toEqual(['cafe', 'noir', 'sales', '2023'])
    expect(spans.map((span) => text.slice(span.start, span.end))).toEqual([
      'Café',
      "Noir's",
      'sales',
      '2023',
    ])
  })

  it('keeps offsets right when folding changes the length of a word', () => {
    const text = 'ﬁne wine'
    expect(wordSpans(text).map((span) => text.slice(span.start, span.end))).toEqual(['ﬁne', 'wine'])
  })
})

describe('synonyms', () => {
  it('joins words of one meaning in any number', () => {
    expect(areSynonyms('clients', 'customer')).toBe(true)
    expect(areSynonyms('turnover', 'sales')).toBe(true)
    expect(areSynonyms('qty', 'quantities')).toBe(true)
    expect(areSynonyms('store', 'stores')).toBe(true)
  })

  it('keeps unrelated words apart', () => {
    expect(areSynonyms('customer', 'product')).toBe(false)
    expect(synonymsOf('elephant')).toEqual([])
  })
})

it('folds accents, case and width', () => {
  expect(foldText('ÉCLAIR ﬁn')).toBe('eclair fin')
  expect(wordsOf("the store's net_sales")).toEqual(['the', 'store', 'net', 'sales'])
})
