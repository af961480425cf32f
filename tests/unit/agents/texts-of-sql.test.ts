/** Columns of a result that the SQL wrote itself. */
import { expect, it } from 'vitest'
import { readSqlShape } from '../../../agents/text/read-sql-shape.js'
import { textsOfSql } from '../../../agents/text/texts-of-sql.js'

const textsOf = (sql: string) => {
  const shape = readSqlShape(sql)
  if (!shape) throw new Error('This is no SELECT.')
  return textsOfSql(shape)
}

it.each([
  ["SELECT 'Visit us' AS notice, count(*) FROM orders", ['notice']],
  ["SELECT 'Visit us' FROM orders", ["'Visit us'"]],
  ["SELECT ('Visit' || ' us') AS notice FROM orders", ['notice']],
  ["WITH n AS (SELECT 'Visit us' AS notice) SELECT notice FROM n", ['notice']],
  ["SELECT x.notice FROM (SELECT 'Visit us' AS notice) AS x", ['notice']],
  ["SELECT city FROM customers UNION SELECT 'Visit us' FROM orders", ["'Visit us'"]],
])('finds the text that %s writes', (sql, texts) => {
  expect(textsOf(sql)).toEqual(texts)
})

it.each([
  "SELECT city, count(*) FROM customers WHERE city = 'Oslo' GROUP BY city",
  "SELECT city || ', ' || country AS place FROM customers",
  "SELECT CASE WHEN amount > 10 THEN 'large' ELSE 'small' END AS size FROM orders",
  "SELECT strftime(placed_on, '%Y') AS year, 1 AS one FROM orders",
])('finds none in %s', (sql) => {
  expect(textsOf(sql)).toEqual([])
})
