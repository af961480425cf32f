/** Names that every JavaScript object has are names like any other. */
import { expect, it } from 'vitest'
import { settled, useAskedDatabase } from '../../support/asked-database.js'

const database = useAskedDatabase([
  'CREATE TABLE bridges (bridge_id INTEGER PRIMARY KEY, constructor VARCHAR, length INTEGER)',
  "INSERT INTO bridges VALUES (1, 'Anning', 90), (2, 'Anning', 40), (3, 'Brun', 70)",
])

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
