/** Names that every JavaScript object has are names like any other. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AskedDatabase, openAskedDatabase, settled } from '../../support/asked-database.js'

let database: AskedDatabase

beforeAll(async () => {
  database = await openAskedDatabase([
    'CREATE TABLE bridges (bridge_id INTEGER PRIMARY KEY, constructor VARCHAR, length INTEGER)',
    "INSERT INTO bridges VALUES (1, 'Anning', 90), (2, 'Anning', 40), (3, 'Brun', 70)",
  ])
})

afterAll(() => database.close())

it.each([
  [
    'number of bridges by constructor',
    [
      ['Anning', 2],
      ['Brun', 1],
    ],
  ],
  ['How many bridges have the constructor Brun?', [[1]]],
])('%s', async (question, rows) => {
  expect(settled(await database.ask(question))).toEqual(rows)
})
