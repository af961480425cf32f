/** Queries that cannot be meant, whatever the data. */
import { expect, it } from 'vitest'
import { isIdle } from '../../../agents/generators/local/idle-query.js'

it.each([
  "select shops.city where shops.city = 'Ystad'",
  "select distinct shops.city from shops where shops.size > 3 and shops.city = 'Ystad'",
  "select shops.name where shops.city = 'Ystad' and shops.city > 4",
  `select shops."Win or loss", shops.city where shops.city = 'it''s' and shops."Win or loss" = 1`,
])('cannot be meant: %s', (sql) => {
  expect(isIdle(sql)).toBe(true)
})

it.each([
  "select shops.name, shops.city where shops.city = 'Ystad'",
  "select count(shops.city) where shops.city = 'Ystad'",
  'select shops.name where shops.size > 3 and shops.size < 9',
  "select shops.city where shops.city <> 'Ystad'",
  "select shops.name where shops.city = 'Ystad' or shops.city = 'Lund'",
  "select shops.name where shops.city = 'Ystad' and towns.city = 'Lund'",
  "select shops.city where shops.city = 'Ystad' and shops.size > (select avg(shops.size))",
  "select shops.city where shops.city = 'Ystad' union select shops.city where shops.city = 'Lund'",
  "select shops.name where shops.motto = 'sold and shops.motto = 5' and shops.size = 3",
  'select shops.name',
  'none',
])('may be meant: %s', (sql) => {
  expect(isIdle(sql)).toBe(false)
})
