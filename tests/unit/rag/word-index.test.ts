/** Documents found by the words they share with a question. */
import { expect, it } from 'vitest'
import { createWordIndex } from '../../../rag/word-index.js'

const index = createWordIndex([
  { id: 'customers', text: 'Table customers; customer_name, joinedOn, city' },
  { id: 'sales', text: 'Table sales; total_amount, sold_on, store id' },
  { id: 'stores', text: 'Table stores; store name, city, region id' },
  {
    id: 'notes',
    text: 'Table notes; free text about anything at all, such as customers and stores',
  },
])

const ids = (question: string) => index.search(question, 10).map((hit) => hit.id)

it('matches plural, singular and parts of identifiers', () => {
  expect(ids('name of each customer')[0]).toBe('customers')
  expect(ids('amounts')).toEqual(['sales'])
  expect(ids('when they joined')).toEqual(['customers'])
})

it('matches synonyms, but the word itself counts more', () => {
  expect(ids('turnover')[0]).toBe('sales')
  expect(ids('clients')[0]).toBe('customers')
  const [own] = index.search('customers', 1)
  const [other] = index.search('clients', 1)
  expect(own?.score).toBeGreaterThan(other?.score ?? 0)
})

it('prefers the shorter of two documents with the same words', () => {
  expect(ids('stores')).toEqual(['stores', 'sales', 'notes'])
})

it('finds nothing by words of grammar alone', () => {
  expect(ids('what is the most of it?')).toEqual([])
  expect(ids('')).toEqual([])
})

it('settles ties by id and keeps to the count', () => {
  const twins = createWordIndex([
    { id: 'b', text: 'city' },
    { id: 'a', text: 'city' },
    { id: 'c', text: 'city' },
  ])
  expect(twins.search('city', 2).map((hit) => hit.id)).toEqual(['a', 'b'])
})

it('searches an empty index', () => {
  expect(createWordIndex([]).search('city', 5)).toEqual([])
})
