/** SQL and questions as the generator compares them. */
import { describe, expect, it } from 'vitest'
import {
  normalisedQuestion,
  normalisedSql,
  skeletonOf,
} from '../../../../data/generator/sql-shape.js'

describe('a skeleton', () => {
  it.each([
    ["SELECT a.x FROM a WHERE a.y = 'red'", "select _ from _ where _ = '?'"],
    ['select "a b"."x" from "a b" where "a b".y > 10', 'select _ from _ where _ > 0'],
    [
      'SELECT s.n, COUNT(*) FROM s JOIN t ON s.i = t.i GROUP BY s.n',
      'select _ , count ( * ) from _ join _ on _ = _ group by _',
    ],
  ])('of %s has no names and no values', (sql, skeleton) => {
    expect(skeletonOf(sql)).toBe(skeleton)
  })

  it('tells functions and numbers of columns apart', () => {
    const all = ['select a.x from a', 'select a.x, a.y from a', 'select max(a.x) from a'].map(
      skeletonOf,
    )
    expect(new Set(all).size).toBe(3)
  })
})

it('SQL is one where only white space, letters of keywords and marks around names differ', () => {
  expect(normalisedSql('SELECT  a."x"\nFROM A')).toBe(normalisedSql('select a.x from a'))
  expect(normalisedSql("select a.x from a where a.x = 'Red'")).not.toBe(
    normalisedSql("select a.x from a where a.x = 'red'"),
  )
})

it('questions are one where only capitals, marks and white space differ', () => {
  expect(normalisedQuestion('How  many sales?')).toBe(normalisedQuestion('how many sales'))
  expect(normalisedQuestion('sales above 5')).not.toBe(normalisedQuestion('sales above 6'))
})
