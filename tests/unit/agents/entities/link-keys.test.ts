/** A table's name in the singular with a number means the row with that key. */
import { expect, it } from 'vitest'
import { linkKeys } from '../../../../agents/entities/schema/link-keys.js'
import { tokenize } from '../../../../agents/entities/words/tokens.js'
import { useAskedDatabase } from '../../../support/asked-database.js'
import { schoolTables } from '../../../support/school-tables.js'

const database = useAskedDatabase(schoolTables)

const link = (question: string) => linkKeys(tokenize(question), database.catalog)

it.each([
  ['the email of student 101', 'student 101', '101'],
  ['student number 101', 'student 101', '101'],
  ['student id 101', 'student 101', '101'],
  ['student #101', 'student 101', '101'],
])('"%s" names one row', (question, phrase, value) => {
  const column = { table: 'students', column: 'student_id' }
  expect(link(question)).toMatchObject([{ phrase, value, column, similarity: 1 }])
})

it.each([
  ['a plural with a year', 'enrolments 2024'],
  ['a comma between', 'the best student, 2024'],
  ['a number word', 'student five'],
  ['a number before', '101 students'],
  ['a name of no table', 'zebra 101'],
])('%s names none: "%s"', (_, question) => {
  expect(link(question)).toEqual([])
})

it('spans the name and the number', () => {
  const question = 'the email of student number 101, please'
  const [found] = link(question)
  expect(question.slice(found?.start, found?.end)).toBe('student number 101')
})

it('finds the row that was meant', async () => {
  expect(await database.ask('the email of student 101')).toEqual([['finn@school.example']])
})
