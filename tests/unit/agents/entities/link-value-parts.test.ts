/** Words inside stored names find the rows that carry them. */
import { describe, expect, it } from 'vitest'
import { linkValueParts } from '../../../../agents/entities/items/link-value-parts.js'
import { settled, useAskedDatabase } from '../../../support/asked-database.js'
import { schoolTables } from '../../../support/school-tables.js'

const database = useAskedDatabase(schoolTables)

function link(...words: readonly string[]) {
  const items = words.map((phrase, at) => ({
    kind: 'unknown' as const,
    phrase,
    word: phrase,
    from: at,
    to: at + 1,
  }))
  return linkValueParts(items, database.catalog)
}

const ofTeachers = { table: 'teachers', column: 'teacher_name' }
const ofCourses = { table: 'courses', column: 'title' }

describe('an unknown word', () => {
  it.each([
    ['Stone', 'stone', [ofTeachers]],
    ['rome', 'rome', [ofCourses]],
    ['Stones', 'stone', [ofTeachers]],
  ])('inside a name points at its column: %s', (word, text, columns) => {
    expect(link(word)).toMatchObject([{ kind: 'part', text, columns }])
  })

  it.each([
    ['that is only a piece of a word', 'gebra'],
    ['of fewer than three letters', 'bo'],
    ['found in no name', 'zeppelin'],
    ['with signs of a pattern', '.*'],
  ])('%s stays unknown', (_, word) => {
    expect(link(word)).toMatchObject([{ kind: 'unknown' }])
  })
})

it('takes the longest run of words that stand together in a name', () => {
  expect(link('ancient', 'rome')).toMatchObject([
    { kind: 'part', text: 'ancient rome', from: 0, to: 2 },
  ])
})

it('does not join words that stand in different names', () => {
  expect(link('stone', 'rome').map(({ kind }) => kind)).toEqual(['part', 'part'])
})

it('finds the rows in an answer', async () => {
  expect(settled(await database.ask('courses of Stone'))).toEqual([['Algebra'], ['Calculus']])
})
