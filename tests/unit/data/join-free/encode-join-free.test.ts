/** Hand-written SQL becomes join-free SQL in one convention, and is completed to the same joins again. */
import { describe, expect, test } from 'vitest'
import type { Catalog, ColumnKind } from '../../../../data/catalog.js'
import { completeJoinFree } from '../../../../data/join-free/complete-join-free.js'
import { encodeJoinFree } from '../../../../data/join-free/encode-join-free.js'
import { catalogOf } from './catalog-of.js'

const kinds: Readonly<Record<string, ColumnKind>> = {
  name: 'text',
  country: 'text',
  live: 'boolean',
}
const plain = catalogOf(
  {
    singer: ['singer_id', 'name', 'country', 'age', 'mentor_id'],
    concert: ['concert_id', 'stadium_id', 'year', 'live'],
    stadium: ['stadium_id', 'name', 'capacity'],
    singer_in_concert: ['singer_id', 'concert_id'],
    flight: ['flight_no', 'origin', 'target'],
    airport: ['code', 'name'],
    'Prize List': ['Order', 'singer_id'],
    weather: ['day', 'rain'],
    shift: ['start', 'end', 'singer_id'],
  },
  [
    'singer_in_concert.singer_id > singer.singer_id',
    'singer_in_concert.concert_id > concert.concert_id',
    'concert.stadium_id > stadium.stadium_id',
    'singer.mentor_id > singer.singer_id',
    'flight.origin > airport.code',
    'flight.target > airport.code',
    'Prize List.singer_id > singer.singer_id',
    'shift.singer_id > singer.singer_id',
  ],
)
const music: Catalog = {
  ...plain,
  dialect: 'sqlite',
  tables: plain.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, kind: kinds[column.name] ?? 'number' })),
  })),
}

function encode(sql: string): string {
  const encoding = encodeJoinFree(sql, music)
  if (!encoding.ok) throw new Error(encoding.message)
  return encoding.joinFree
}

function complete(joinFree: string): string {
  const completion = completeJoinFree(joinFree, music)
  if (!completion.ok) throw new Error(completion.message)
  return completion.sql.replace(/\s+/g, ' ')
}

describe('joins by keys', () => {
  test.each([
    [
      'are left out with their tables and aliases',
      'SELECT T1.name FROM singer AS T1 JOIN singer_in_concert AS T2 ON T1.singer_id = T2.singer_id JOIN concert AS T3 ON T2.concert_id = T3.concert_id WHERE T3.year = 2014',
      'select singer.name where concert.year = 2014',
    ],
    [
      'are the same in WHERE as in ON',
      'select s.name from singer s, singer_in_concert x, concert c where s.singer_id = x.singer_id and x.concert_id = c.concert_id and c.year = 2014',
      'select singer.name where concert.year = 2014',
    ],
    [
      'keep a table that nothing else brings in',
      'SELECT T1.name, count(*) FROM singer AS T1 JOIN singer_in_concert AS T2 ON T1.singer_id = T2.singer_id GROUP BY T1.singer_id',
      'select singer.name, count(*) from singer_in_concert group by singer.singer_id',
    ],
    ['keep the table of a count', 'SELECT count(*) FROM singer', 'select count(*) from singer'],
    [
      'keep every table of a star',
      'SELECT * FROM singer JOIN singer_in_concert ON singer.singer_id = singer_in_concert.singer_id',
      'select * from singer, singer_in_concert',
    ],
    [
      'name the column of the key when it is not the first of two',
      'SELECT count(*) FROM flight AS T1 JOIN airport AS T2 ON T1.target = T2.code WHERE T2.name = "Oslo"',
      "select count(*) where flight.target = airport.code and airport.name = 'Oslo'",
    ],
    [
      'say nothing more when the column is named anyway',
      'SELECT T1.target FROM flight AS T1 JOIN airport AS T2 ON T1.target = T2.code WHERE T2.name = "Oslo"',
      "select flight.target where airport.name = 'Oslo'",
    ],
  ])('%s', (_, gold, joinFree) => {
    expect(encode(gold)).toBe(joinFree)
  })
})

describe('other joins', () => {
  test.each([
    [
      'say in WHERE what no key says',
      'SELECT T2.rain FROM concert AS T1 JOIN weather AS T2 ON T1.year = T2.day',
      'select weather.rain where concert.year = weather.day',
    ],
    [
      'take the place of a key between the same tables',
      'SELECT T1.name FROM singer AS T1 JOIN singer_in_concert AS T2 ON T1.singer_id = T2.concert_id',
      'select singer.name where singer.singer_id = singer_in_concert.concert_id',
    ],
    [
      'number the second copy of a table',
      'SELECT T1.name, T2.name FROM singer AS T1 JOIN singer AS T2 ON T1.mentor_id = T2.singer_id',
      'select singer.name, singer_2.name',
    ],
    [
      'give the copy to the side that the key points at',
      'SELECT T1.name FROM singer AS T1 JOIN singer AS T2 ON T1.singer_id = T2.mentor_id WHERE T2.age < 9',
      'select singer_2.name where singer.age < 9',
    ],
    [
      'give two keys to one table a copy each',
      'SELECT T2.name, T3.name FROM flight AS T1 JOIN airport AS T2 ON T1.origin = T2.code JOIN airport AS T3 ON T1.target = T3.code',
      'select airport.name, airport_2.name',
    ],
    [
      'keep the long form of an outer join',
      'SELECT s.name FROM singer AS s LEFT JOIN singer_in_concert AS x ON s.singer_id = x.singer_id WHERE x.concert_id IS NULL',
      'select singer.name from singer left join singer_in_concert on singer.singer_id = singer_in_concert.singer_id where singer_in_concert.concert_id is null',
    ],
    [
      'keep the long form when nothing is compared',
      'SELECT count(*) FROM singer JOIN weather',
      'select count(*) from singer cross join weather',
    ],
  ])('%s', (_, gold, joinFree) => {
    expect(encode(gold)).toBe(joinFree)
  })

  test('are completed to the joins of the gold SQL', () => {
    expect(complete('select airport.name, airport_2.name')).toBe(
      'SELECT airport.name, airport_2.name FROM flight JOIN airport ON flight.origin = airport.code JOIN airport AS airport_2 ON flight.target = airport_2.code',
    )
    expect(complete('select singer.name, singer_2.name')).toBe(
      'SELECT singer.name, singer_2.name FROM singer JOIN singer AS singer_2 ON singer.mentor_id = singer_2.singer_id',
    )
  })
})

describe('one convention', () => {
  test.each([
    [
      'writes keywords and functions small, names as the catalog spells them',
      'SELECT MAX(AGE) , COUNT( * ) FROM SINGER;',
      'select max(singer.age), count(*)',
    ],
    [
      'reads double quotes as text where no column has the name',
      'SELECT age FROM singer WHERE country = "Women\'s" AND "name" != "x"',
      "select singer.age where singer.country = 'Women''s' and singer.name != 'x'",
    ],
    [
      'gives literals the kind of their column',
      "SELECT name FROM singer WHERE age > '20' AND country = 7 AND age IN ('1', '2') AND age BETWEEN '3' AND 4",
      "select singer.name where singer.age > 20 and singer.country = '7' and singer.age in (1, 2) and singer.age between 3 and 4",
    ],
    [
      'writes truth values as such',
      "SELECT year FROM concert WHERE live = 1 OR live = '0'",
      'select concert.year where concert.live = true or concert.live = false',
    ],
    [
      'mends signs that are written apart and knows one for unequal',
      'SELECT name FROM singer WHERE age > = 3 AND age <> 4 AND age ! = 5',
      'select singer.name where singer.age >= 3 and singer.age != 4 and singer.age != 5',
    ],
    [
      'says what aliases and positions stand for',
      'SELECT country AS c, count(*) n FROM singer GROUP BY c HAVING n > 1 ORDER BY n DESC, 1 ASC',
      'select singer.country, count(*) group by singer.country having count(*) > 1 order by count(*) desc, singer.country',
    ],
    [
      'drops brackets and words that change nothing',
      'SELECT DISTINCT (country), max(DISTINCT age), count(DISTINCT (name)) FROM singer WHERE (age > 1 AND age < 9) GROUP BY country',
      'select distinct singer.country, max(singer.age), count(distinct singer.name) where singer.age > 1 and singer.age < 9 group by singer.country',
    ],
    [
      'keeps the brackets of an OR',
      'SELECT name FROM singer WHERE (age > 1 OR age < 9) AND country = "NO"',
      "select singer.name where (singer.age > 1 or singer.age < 9) and singer.country = 'NO'",
    ],
    [
      'turns the row of an extreme into an order with a limit',
      'SELECT name, max(age) FROM singer WHERE country = "NO"',
      "select singer.name, singer.age where singer.country = 'NO' order by singer.age desc limit 1",
    ],
    [
      'quotes names that need it',
      'SELECT "Order" FROM "prize list"',
      'select "Prize List"."Order"',
    ],
    [
      'tells the END of a CASE from a column of the name',
      'SELECT CASE WHEN end > 3 THEN CASE WHEN start > 1 THEN end ELSE NULL END ELSE end - start END, end FROM shift',
      'select case when shift."end" > 3 then case when shift.start > 1 then shift."end" else null end else shift."end" - shift.start end, shift."end"',
    ],
    [
      'takes the word after the END of a CASE for its alias',
      "SELECT CASE WHEN age > 30 THEN 'old' ELSE 'young' END kind, count(*) FROM singer GROUP BY kind",
      "select case when singer.age > 30 then 'old' else 'young' end, count(*) group by case when singer.age > 30 then 'old' else 'young' end",
    ],
  ])('%s', (_, gold, joinFree) => {
    expect(encode(gold)).toBe(joinFree)
  })
})

describe('nested queries', () => {
  test.each([
    [
      'are encoded on their own',
      'SELECT name FROM singer WHERE singer_id NOT IN (SELECT T1.singer_id FROM singer_in_concert AS T1 JOIN concert AS T2 ON T1.concert_id = T2.concert_id WHERE T2.year = 2014)',
      'select singer.name where singer.singer_id not in (select singer_in_concert.singer_id where concert.year = 2014)',
    ],
    [
      'read their table afresh',
      'SELECT name FROM singer WHERE age > (SELECT avg(age) FROM singer)',
      'select singer.name where singer.age > (select avg(singer.age))',
    ],
    [
      'number their copy when they look outside',
      'SELECT T1.name FROM singer AS T1 WHERE T1.age > (SELECT avg(age) FROM singer WHERE country = T1.country)',
      'select singer.name where singer.age > (select avg(singer_2.age) where singer_2.country = singer.country)',
    ],
    [
      'leave the outer table to the outer select',
      'SELECT name FROM singer AS s WHERE EXISTS (SELECT concert_id FROM singer_in_concert AS x WHERE x.singer_id = s.singer_id)',
      'select singer.name where exists (select singer_in_concert.concert_id where singer_in_concert.singer_id = singer.singer_id)',
    ],
    [
      'stand on both sides of a set operation',
      'SELECT name FROM singer WHERE age > 1 EXCEPT SELECT T2.name FROM singer_in_concert AS T1 JOIN singer AS T2 ON T1.singer_id = T2.singer_id',
      'select singer.name where singer.age > 1 except select singer.name from singer_in_concert',
    ],
    [
      'call their output in FROM a value',
      'SELECT avg(n) FROM (SELECT count(*) AS n FROM singer GROUP BY country)',
      'select avg(t.value) from (select count(*) as value group by singer.country) as t',
    ],
    [
      'call a CASE in FROM by its alias, too',
      'SELECT max(q.n) FROM (SELECT CASE WHEN age > 30 THEN 1 ELSE 0 END n FROM singer) q',
      'select max(t.value) from (select case when singer.age > 30 then 1 else 0 end as value) as t',
    ],
    [
      'group inside FROM by the item at a position, without its alias',
      'SELECT q.c FROM (SELECT country AS c, count(*) AS n FROM singer GROUP BY 1) q',
      'select t.value from (select singer.country as value, count(*) as value_2 group by singer.country) as t',
    ],
    [
      'come with every column of a star',
      'SELECT q.age FROM (SELECT * FROM singer WHERE age > 3) q',
      'select t.age from (select * from singer where singer.age > 3) as t',
    ],
  ])('%s', (_, gold, joinFree) => {
    expect(encode(gold)).toBe(joinFree)
  })

  test('with an outer look are completed as they were', () => {
    expect(
      complete(
        'select singer.name where singer.age > (select avg(singer_2.age) where singer_2.country = singer.country)',
      ),
    ).toBe(
      'SELECT singer.name FROM singer WHERE singer.age > ( SELECT AVG(singer_2.age) FROM singer AS singer_2 WHERE singer_2.country = singer.country )',
    )
  })
})

test('the unit of an interval is no column', () => {
  const encoded = encode('SELECT singer_id FROM shift WHERE "end" < start + INTERVAL 2 DAY')
  expect(encoded).toBe('select shift.singer_id where shift."end" < shift.start + interval 2 day')
  expect(complete(encoded)).toBe(
    'SELECT shift.singer_id FROM shift WHERE shift."end" < shift.start + INTERVAL 2 day',
  )
})

describe('what is not encoded', () => {
  test.each([
    ['SELECT salary FROM singer', 'There is no column "salary".'],
    ['SELECT T1.salary FROM singer AS T1', 'The table "T1" has no column "salary".'],
    ['SELECT T3.name FROM singer AS T1', 'There is no table "T3".'],
    ['SELECT name FROM band', 'There is no table "band".'],
    [
      'SELECT name FROM singer JOIN concert USING (id)',
      'A join must say with ON what it compares.',
    ],
    [
      'SELECT 1 FROM generate_series(1, 2)',
      'The FROM clause reads more than tables and sub-queries.',
    ],
    [
      'WITH q AS (SELECT 1) SELECT * FROM q',
      'WITH and bracketed sides of a union are not encoded.',
    ],
    [
      "SELECT name FROM singer WHERE name = 'open",
      "The quote that opens at «'open» is never closed.",
    ],
  ])('%s', (gold, message) => {
    expect(encodeJoinFree(gold, music)).toEqual({ ok: false, message })
  })
})
