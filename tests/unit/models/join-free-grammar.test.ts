import { describe, expect, it } from 'vitest'
import type { GrammarSchema } from '../../../models/grammar/grammar-schema.js'
import { joinFreeGrammar } from '../../../models/grammar/join-free-grammar.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'

const schema: GrammarSchema = {
  dialect: 'duckdb',
  tables: [
    {
      name: 'ship',
      columns: [
        { name: 'ship_id', kind: 'number' },
        { name: 'ship_name', kind: 'text' },
        { name: 'state', kind: 'text', values: ['afloat', 'afloat again', "captain's"] },
        { name: 'built', kind: 'date' },
        { name: 'tonnage', kind: 'number' },
        { name: 'insured', kind: 'boolean' },
      ],
    },
    {
      name: 'Port Calls',
      columns: [
        { name: 'ship_id', kind: 'number' },
        { name: 'order', kind: 'number' },
        { name: 'harbour "old"', kind: 'text' },
        { name: 'route', kind: 'other' },
      ],
    },
  ],
  values: [{ table: 'ship', column: 'ship_name', value: 'Vasa' }],
}

const accepts = gbnfMatcher(joinFreeGrammar(schema))

describe('the join-free grammar', () => {
  it.each([
    'select count(*) from ship',
    'select * from ship where ship.tonnage > 1000 limit 10',
    "select ship.ship_name where ship.ship_name = 'Vasa' and ship.built >= '1628-08-10'",
    "select count(*) where ship.state = 'captain''s'",
    'select ship.state, count(*), avg(ship.tonnage) group by ship.state order by count(*) desc limit 5',
    'select year(ship.built), sum(ship.tonnage) group by year(ship.built) having sum(ship.tonnage) > 100.5',
    "select date_trunc('month', ship.built), median(ship.tonnage) group by date_trunc('month', ship.built)",
    'select ship.ship_name where ship.ship_id not in (select "Port Calls".ship_id where "Port Calls"."order" between 1 and 3)',
    'select ship.ship_name where ship.tonnage > (select avg(ship.tonnage) where ship.insured)',
    "select ship.ship_name where ship.state = 'afloat' union select ship.ship_name where ship.built is null",
    "select round(100.0 * sum(case when ship.state = 'afloat' then 1 else 0 end) / count(*), 1) from ship",
    'select sum(ship.tonnage * "Port Calls"."order") where (ship.tonnage > 1 or ship.tonnage < -1) and ship.insured = true',
    'select avg(t.value) from (select count(*) as value from ship group by ship.state) as t',
    'select "Port Calls"."harbour ""old""" where "Port Calls".route is not null',
    "select ship.ship_name where ship.state like '%float%'",
  ])('accepts %s', (sql) => {
    expect(accepts(` ${sql}`)).toBe(true)
  })

  it.each([
    ['a column of another table', 'select ship.route from ship'],
    ['a table that does not exist', 'select count(*) from boat'],
    ['a bare column', 'select tonnage from ship'],
    ['a number compared with text', "select count(*) where ship.tonnage = 'heavy'"],
    ['a date compared with a number', 'select count(*) where ship.built = 1628'],
    ['a sum of text', 'select sum(ship.ship_name) from ship'],
    ['a value that a listed column does not hold', "select count(*) where ship.state = 'Afloat'"],
    [
      'a number compared with a sub-query of text',
      'select count(*) where ship.tonnage > (select ship.ship_name from ship)',
    ],
    ['a limit inside a union', 'select ship.tonnage limit 1 union select ship.tonnage limit 1'],
    ['a union of one column and two', 'select ship.tonnage union select ship.tonnage, ship.built'],
    ['HAVING over a bare column', 'select count(*) group by ship.state having ship.tonnage > 1'],
    ['a second statement', 'select count(*) from ship; drop table ship'],
    ['a change of data', 'delete from ship'],
    [
      'a third level of sub-queries',
      `select count(*) where ship.tonnage > ${'(select max(ship.tonnage) where ship.tonnage > '.repeat(3)}1)))`,
    ],
    ['a literal without end', `select count(*) where ship.ship_name = '${'x'.repeat(60)}'`],
    ['a number without end', `select count(*) where ship.tonnage = ${'1'.repeat(20)}`],
  ])('refuses %s', (_, sql) => {
    expect(accepts(` ${sql}`)).toBe(false)
  })

  it('wants the space that a base model starts with, and lets it end the line', () => {
    expect(accepts('select count(*) from ship')).toBe(false)
    expect(accepts(' select count(*) from ship\n')).toBe(true)
    expect(accepts(' select count(*) from ship;')).toBe(true)
  })

  it('closes what a schema has no columns for', () => {
    const poor = joinFreeGrammar({
      dialect: 'sqlite',
      tables: [{ name: 'note', columns: [{ name: 'body', kind: 'text' }] }],
      values: [],
    })
    const acceptsPoor = gbnfMatcher(poor)
    expect(acceptsPoor(' select note.body, count(*) group by note.body')).toBe(true)
    expect(acceptsPoor(' select sum(note.body) from note')).toBe(false)
  })

  it.each([
    ['sqlite', "select cast(strftime('%Y', ship.built) as integer), count(*) from ship", true],
    ['sqlite', 'select year(ship.built) from ship', false],
    ['postgres', 'select extract(year from ship.built) from ship', true],
    ['postgres', 'select median(ship.tonnage) from ship', false],
    ['mysql', 'select quarter(ship.built) from ship', true],
    ['mysql', "select date_trunc('month', ship.built) from ship", false],
  ] as const)('speaks %s: %s', (dialect, sql, accepted) => {
    const other = gbnfMatcher(joinFreeGrammar({ ...schema, dialect }))
    expect(other(` ${sql}`)).toBe(accepted)
  })

  it('stays small on a table of 2,000 columns', () => {
    const columns = Array.from({ length: 2_000 }, (_, index) => ({
      name: `measure_${index}`,
      kind: 'number' as const,
    }))
    const grammar = joinFreeGrammar({
      dialect: 'duckdb',
      tables: [{ name: 'wide', columns }],
      values: [],
    })
    expect(grammar.length).toBeLessThan(1_000_000)
    expect(gbnfMatcher(grammar)(' select wide.measure_1999 from wide')).toBe(true)
  })

  it('refuses a schema without columns', () => {
    expect(() => joinFreeGrammar({ dialect: 'duckdb', tables: [], values: [] })).toThrow(RangeError)
  })
})
