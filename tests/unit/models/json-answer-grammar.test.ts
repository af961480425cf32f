import { describe, expect, it } from 'vitest'
import type { GrammarSchema } from '../../../models/grammar/grammar-schema.js'
import {
  answerPairsGrammar,
  sqlPairsGrammar,
  verdictGrammar,
} from '../../../models/grammar/json-answer-grammar.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'

const schema: GrammarSchema = {
  dialect: 'duckdb',
  tables: [
    {
      name: 'ship',
      columns: [
        { name: 'ship_id', kind: 'number' },
        { name: 'order', kind: 'text', values: ['a "b" \\ c', "captain's"] },
        { name: 'built', kind: 'date' },
        { name: 'remark', kind: 'text' },
      ],
    },
  ],
  values: [],
}
const question = 'How many ships are there?'
const pairs = (...queries: readonly string[]) =>
  JSON.stringify({ pairs: queries.map((sql) => ({ question, sql })) })
    .replaceAll('":', '": ')
    .replaceAll(',"', ', "')
    .replaceAll('},{', '}, {')

describe('the grammar of pairs', () => {
  const accepts = gbnfMatcher(sqlPairsGrammar(schema, 2))

  it.each([
    ['select count(*) from ship'],
    ['select ship."order" from ship'],
    [`select ship.ship_id where ship."order" = 'a "b" \\ c'`],
    [`select ship.ship_id where ship."order" = 'captain''s'`],
    ["select count(*) where ship.remark like '%old%'", 'select max(ship.built) from ship'],
  ])('takes the JSON of %j', (...queries) => {
    const text = pairs(...queries)
    expect(JSON.parse(text).pairs).toHaveLength(queries.length)
    expect(accepts(text)).toBe(true)
  })

  it.each([
    pairs('select boat.ship_id from boat'),
    pairs('select count(*) where ship.remark = \'a "b"\''),
    pairs('select 1', 'select 2', 'select 3'),
    '{"pairs": []}',
    '{"pairs": [{"question": "How "many" ships?", "sql": "select count(*) from ship"}]}',
    '{"pairs": [{"question": "How many ships are',
  ])('takes nothing else, such as %s', (text) => {
    expect(accepts(text)).toBe(false)
  })
})

it('the grammar of answers takes words instead of SQL', () => {
  const accepts = gbnfMatcher(answerPairsGrammar(3))
  const pair = '{"question": "What is a ship here?", "answer": "Each row of ship is one vessel."}'
  expect(accepts(`{"pairs": [${pair}, ${pair}]}`)).toBe(true)
  expect(accepts(`{"pairs": [${pair}`)).toBe(false)
})

it('the grammar of verdicts takes a score, a remark and a repair or none', () => {
  const sql = gbnfMatcher(verdictGrammar(schema))
  expect(sql('{"score": 10, "remark": "Right.", "repair": ""}')).toBe(true)
  expect(sql('{"score": 3, "remark": "", "repair": "select count(*) from ship"}')).toBe(true)
  expect(sql('{"score": 3, "remark": "", "repair": "select nothing from ship"}')).toBe(false)
  const words = gbnfMatcher(verdictGrammar(undefined))
  expect(words('{"score": 0, "remark": "No.", "repair": "Rows of ship are vessels."}')).toBe(true)
})
