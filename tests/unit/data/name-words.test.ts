/** Words and stems of table and column names. */
import { describe, expect, it } from 'vitest'
import { isKeyName, keyStem, nameWords, singular, tableStem } from '../../../data/name-words.js'

describe('names of tables and columns', () => {
  it.each([
    ['CustomerID', ['customer', 'id']],
    ['customer_id', ['customer', 'id']],
    ['Customer Id', ['customer', 'id']],
    ['HTTPStatus', ['http', 'status']],
    ['größe (m²)', ['größe', 'm²'.normalize('NFC')]],
    ['', []],
  ])('%j is taken apart into %j', (name, words) => {
    expect(nameWords(name)).toEqual(words)
  })

  it.each([
    ['categories', 'category'],
    ['addresses', 'address'],
    ['boxes', 'box'],
    ['stores', 'store'],
    ['status', 'status'],
    ['class', 'class'],
    ['gas', 'gas'],
  ])('the singular of %s is %s', (word, expected) => {
    expect(singular(word)).toBe(expected)
  })

  it('finds what a key points at, however it is written', () => {
    const spellings = ['customer_id', 'customerId', 'CUSTOMER_ID', 'Customer Code', 'customer_id_2']
    expect(spellings.map(keyStem)).toEqual(Array(5).fill('customer'))
    expect(tableStem('Customers')).toBe('customer')
    expect(keyStem('id')).toBe('')
  })

  it('tells names of keys from other names', () => {
    expect(['id', 'store_id', 'StuID', 'stuid', 'airport code'].map(isKeyName)).not.toContain(false)
    expect(['paid', 'valid', 'amount', 'name', 'idea'].map(isKeyName)).not.toContain(true)
  })
})
