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
    'select ship.ship_name order by ship.tonnage desc limit 1 offset 2',
    'select t.first, t.second, t.value from (select ship.state as first, ship.ship_name as second, sum(ship.tonnage) as value, row_number() over (partition by ship.state order by sum(ship.tonnage) desc) as position group by ship.state, ship.ship_name) as t where t.position <= 3',
    'select "Port Calls"."harbour ""old""" where "Port Calls".route is not null',
    "select ship.ship_name where ship.state like '%float%'",
    "select ship.ship_name where ship.ship_name < 'M' or ship.state >= 'b'",
    'select ship.ship_name, ship_2.ship_name where ship.tonnage = ship_2.tonnage and ship.ship_id < ship_2.ship_id',
    'select "Port Calls_2"."order" where "Port Calls".ship_id = "Port Calls_2".ship_id',
    'select ship.ship_name, ship.built intersect select ship.ship_name, ship.built from "Port Calls"',
    'select ship.ship_id, ship.ship_name, ship.built group by ship.ship_id union select ship.ship_id, ship.ship_name, ship.built',
    'select ship.state where ship.ship_id in (select "Port Calls".ship_id where "Port Calls"."order" = 1 except select "Port Calls".ship_id where "Port Calls"."order" = 2)',
    'select count(*) from (select ship.state group by ship.state having count(*) > 3) as t',
    'select count(*) from (select ship.state where ship.tonnage > 1 intersect select ship.state where ship.insured) as t',
    'select dayname(ship.built), count(*) group by dayname(ship.built)',
    'select ship.state, 100.0 * sum(ship.tonnage) / sum(sum(ship.tonnage)) over () group by ship.state',
    'select distinct * from ship, "Port Calls" where ship.tonnage > 1',
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
    [
      'a union of two columns and three',
      'select ship.tonnage, ship.built union select ship.tonnage, ship.built, ship.state',
    ],
    ['a ninth copy of a table', 'select ship_9.tonnage'],
    ['a column of another table in a copy', 'select ship_2.route'],
    ['HAVING over a bare column', 'select count(*) group by ship.state having ship.tonnage > 1'],
    ['a second statement', 'select count(*) from ship; drop table ship'],
    ['a change of data', 'delete from ship'],
    [
      'a third level of sub-queries',
      `select count(*) where ship.tonnage > ${'(select max(ship.tonnage) where ship.tonnage > '.repeat(3)}1)))`,
    ],
    ['a literal without end', `select count(*) where ship.ship_name = '${'x'.repeat(80)}'`],
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
    ['spark', "select date_format(ship.built, 'EEEE'), median(ship.tonnage) from ship", true],
    ['spark', 'select dayname(ship.built) from ship', false],
  ] as const)('speaks %s: %s', (dialect, sql, accepted) => {
    const other = gbnfMatcher(joinFreeGrammar({ ...schema, dialect }))
    expect(other(` ${sql}`)).toBe(accepted)
  })

  it('lets SQLite calculate with numbers that it keeps as text, and no other text', () => {
    const kept = (samples: readonly string[], dialect: 'sqlite' | 'duckdb') =>
      gbnfMatcher(
        joinFreeGrammar({
          dialect,
          tables: [{ name: 'host', columns: [{ name: 'age', kind: 'text', samples }] }],
          values: [],
        }),
      )
    const sum = ' select sum(host.age)'
    expect(kept(['45', '6.5'], 'sqlite')(sum)).toBe(true)
    expect(kept(['45', 'old'], 'sqlite')(sum)).toBe(false)
    expect(kept([], 'sqlite')(sum)).toBe(false)
    expect(kept(['45'], 'duckdb')(sum)).toBe(false)
  })

  it('takes a year for a date only where the engine compares them', () => {
    const years = (dialect: 'sqlite' | 'duckdb') =>
      gbnfMatcher(joinFreeGrammar({ ...schema, dialect }))
    expect(years('sqlite')(" select ship.ship_name where ship.built > '1628'")).toBe(true)
    expect(years('duckdb')(" select ship.ship_name where ship.built > '1628'")).toBe(false)
  })

  it('gives a table with a reserved name a copy with a bare one', () => {
    const matches = gbnfMatcher(
      joinFreeGrammar({
        dialect: 'sqlite',
        tables: [{ name: 'match', columns: [{ name: 'id', kind: 'number' }] }],
        values: [],
      }),
    )
    expect(matches(' select "match".id, match_2.id')).toBe(true)
    expect(matches(' select match.id')).toBe(false)
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
