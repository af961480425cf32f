/** What was read, said back in words, reads to the same entities again. */
import { describe, expect, it } from 'vitest'
import { describeEntities } from '../../../../agents/entities/describe-entities.js'
import type { Entities } from '../../../../agents/entities/entities.js'
import { useAskedDatabase } from '../../../support/asked-database.js'
import { schoolTables } from '../../../support/school-tables.js'

const database = useAskedDatabase(schoolTables)

/** The words a part was read from may change; what it means may not. */
function meaning(entities: Entities): unknown {
  const leaveOut = new Set(['phrase', 'label'])
  return JSON.parse(
    JSON.stringify(entities, (key, value) => (leaveOut.has(key) ? undefined : value)),
  )
}

const questions = [
  'Total fees by teacher',
  'Number of enrolments per student',
  'Average grade per course',
  'Top 1 course by number of enrolments',
  'Bottom 2 students by average grade',
  'Students in Oslo',
  'Students not from Oslo',
  'Students without enrolments',
  'Courses with more than 5 credits',
  'Number of students by city',
  'Number of enrolments by weekday',
  'Total fees by level and city',
  'Total fees 2023 vs 2024',
  'Total fees in March 2024',
  'Total fees from January 2024 to March 2024',
  'Total fees in the last 3 months',
  'How many enrolments failed since 2024?',
  'Share of total fees by level',
]

describe('a reading said back reads the same', () => {
  it.each(questions)('"%s"', (question) => {
    const entities = database.read(question)
    const said = describeEntities(entities, database.catalog)
    expect(meaning(database.read(said)), said).toEqual(meaning(entities))
  })

  it.todo('"Students with more than 2 enrolments"')
  it.todo('"Average number of enrolments per student"')
})

it('says a follow-up as a question that stands alone', () => {
  const previous = database.read('Total fees in 2023')
  const entities = database.read('and by level?', { previous })
  expect(describeEntities(entities, database.catalog)).toBe('total fees by courses level in 2023')
})
