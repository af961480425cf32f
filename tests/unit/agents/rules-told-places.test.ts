/** Questions that say which table they mean, and that it is one. */
import { describe, expect, it } from 'vitest'
import { settled, useAskedDatabase } from '../../support/asked-database.js'

const database = useAskedDatabase([
  'CREATE TABLE trips (id INTEGER PRIMARY KEY, region VARCHAR, length INTEGER)',
  "INSERT INTO trips VALUES (1, 'North', 10), (2, 'South', 20), (3, 'South', 30)",
  'CREATE TABLE walks (id INTEGER PRIMARY KEY, region VARCHAR, length INTEGER)',
  "INSERT INTO walks VALUES (1, 'East', 1), (2, 'East', 2), (3, 'West', 5)",
])

describe('a table behind what is grouped', () => {
  it.each([
    'total length by region in trips',
    'total length by region from the trips table',
    'Total length by region in the table trips',
    'total of the length column by region in trips',
  ])('is no group: %s', async (question) => {
    expect(settled(await database.ask(question))).toEqual([
      ['North', 10],
      ['South', 50],
    ])
  })

  it('says which of two is meant', async () => {
    expect(settled(await database.ask('average length by region in walks'))).toEqual([
      ['East', 1.5],
      ['West', 5],
    ])
  })
})

it('does not know a table that is not there', async () => {
  expect(await database.ask('How many tables are there?')).toEqual(expect.any(String))
})
