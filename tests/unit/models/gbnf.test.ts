import { describe, expect, it } from 'vitest'
import { anyWord, literal, never } from '../../../models/grammar/gbnf.js'
import { sqlColumn, sqlName, sqlText } from '../../../models/grammar/sql-name.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'

describe('a choice of words', () => {
  const words = ['car', 'cart', 'care', 'cat', 'dog', '', 'naïve', '🙂a', '🙂b', 'a"b\\c\n']

  it('accepts each of them and nothing else', () => {
    const accepts = gbnfMatcher(`root ::= ${anyWord(words.map((text) => ({ text })))}`)
    for (const word of words) expect(accepts(word)).toBe(true)
    for (const word of ['ca', 'carts', 'do', 'catdog', 'naive', '🙂']) {
      expect(accepts(word)).toBe(false)
    }
  })

  it('shares beginnings, so that one alternative stays open for many words', () => {
    expect(anyWord([{ text: 'store_id' }, { text: 'store_name' }])).toBe('"store_" ("id" | "name")')
  })

  it('gives each word what follows it', () => {
    const grammar = `root ::= ${anyWord([
      { text: 'a', next: '"1"' },
      { text: 'ab', next: '"2"' },
      { text: 'abc' },
    ])}`
    const accepts = gbnfMatcher(grammar)
    expect(['a1', 'ab2', 'abc'].map(accepts)).toEqual([true, true, true])
    expect(['a2', 'ab1', 'abc1'].map(accepts)).toEqual([false, false, false])
  })

  it('of none accepts nothing', () => {
    const accepts = gbnfMatcher(`root ::= "x" | ${anyWord([])}`)
    expect(anyWord([])).toBe(never)
    expect(['x', '', '\0', 'y'].map(accepts)).toEqual([true, false, false, false])
  })
})

describe('names and literals', () => {
  it('are quoted only when they must be', () => {
    expect(sqlColumn('ship', 'tonnage')).toBe('ship.tonnage')
    expect(sqlName('order')).toBe('"order"')
    expect(sqlName('2nd')).toBe('"2nd"')
    expect(sqlName('a "b"')).toBe('"a ""b"""')
    expect(sqlText("it's")).toBe("'it''s'")
  })

  it('survive control characters', () => {
    expect(literal('tab\there')).toBe('"tab\\x09here"')
  })
})
