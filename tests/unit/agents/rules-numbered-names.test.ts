/** Tables of one year each, and columns with a number in their names. */
import { expect, it } from 'vitest'
import { settled, useAskedDatabase } from '../../support/asked-database.js'

const yearly = [2022, 2023].flatMap((year) => [
  `CREATE TABLE orders_${year} (id INTEGER PRIMARY KEY, region VARCHAR, amount INTEGER, ordered_on DATE)`,
  `INSERT INTO orders_${year} VALUES (1, 'North', ${year}, '${year}-03-01'), (2, 'South', 5, '${year}-05-01'),
   (3, 'South', 7, '${year}-06-01')`,
])
const database = useAskedDatabase([
  ...yearly,
  'CREATE TABLE countries (id INTEGER PRIMARY KEY, name VARCHAR, population_2019 INTEGER, population_2020 INTEGER)',
  "INSERT INTO countries VALUES (1, 'Aland', 30, 31), (2, 'Beland', 80, 85), (3, 'Celand', 60, 59)",
])

it.each([
  ['Total amount of orders 2023', [[2035]]],
  [
    'total amount of orders 2023 by region',
    [
      ['North', 2023],
      ['South', 12],
    ],
  ],
  [
    'total amount by region in orders_2023',
    [
      ['North', 2023],
      ['South', 12],
    ],
  ],
  [
    'How many orders 2022 are there by region?',
    [
      ['North', 1],
      ['South', 2],
    ],
  ],
  ['total population 2020', [[175]]],
  ['Which countries have a population 2019 above 50?', [['Beland'], ['Celand']]],
])('%s', async (question, rows) => {
  expect(settled(await database.ask(question))).toEqual(rows)
})
