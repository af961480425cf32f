/** Two table names side by side: which of them is meant. */
import { expect, it } from 'vitest'
import { type Rows, settled, useAskedDatabase } from '../../support/asked-database.js'

const database = useAskedDatabase([
  'CREATE TABLE accounts (account_id INTEGER PRIMARY KEY, holder VARCHAR)',
  "INSERT INTO accounts VALUES (1, 'Ada'), (2, 'Ben'), (3, 'Cem')",
  'CREATE TABLE savings (account_id INTEGER PRIMARY KEY REFERENCES accounts (account_id), balance INTEGER)',
  'INSERT INTO savings VALUES (1, 50), (2, 70)',
  'CREATE TABLE kinds (kind_id INTEGER PRIMARY KEY, kind_name VARCHAR)',
  "INSERT INTO kinds VALUES (1, 'transfer'), (2, 'fee')",
  `CREATE TABLE payments (payment_id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES accounts (account_id),
    kind_id INTEGER REFERENCES kinds (kind_id), amount INTEGER)`,
  'INSERT INTO payments VALUES (10, 1, 1, 5), (11, 1, 2, 1), (12, 2, 1, 9), (13, 3, 1, 4)',
])

const asked: readonly (readonly [string, Rows])[] = [
  ['How many payment kinds are there?', [[2]]],
  [
    'Total amount by payment kind',
    [
      ['transfer', 18],
      ['fee', 1],
    ],
  ],
  ['How many account payments are there?', [[4]]],
  ['How many savings accounts are there?', [[2]]],
]

it.each(asked)('%s', async (question, rows) => {
  expect(settled(await database.ask(question))).toEqual(settled(rows))
})
