/** Slips of the keyboard are mended towards names and question words, and nothing else is touched. */
import { describe, expect, it } from 'vitest'
import { correctSpelling } from '../../../../agents/entities/words/correct-spelling.js'
import { tokenize } from '../../../../agents/entities/words/tokens.js'
import { createValueIndex } from '../../../../rag/value-index.js'
import { settled, useAskedDatabase } from '../../../support/asked-database.js'
import { schoolTables } from '../../../support/school-tables.js'

const database = useAskedDatabase(schoolTables)

function correct(question: string): string {
  const links = createValueIndex(database.catalog).link(question)
  const tokens = correctSpelling(tokenize(question), database.catalog, links)
  return tokens.map(({ lower }) => lower).join(' ')
}

describe('mends', () => {
  it.each([
    ['studnets', 'students'],
    ['teahcers', 'teachers'],
    ['averge grade', 'average grade'],
    ['montly enrolments', 'monthly enrolments'],
    ['number of enrollments', 'number of enrolments'],
    ['fees in Septmber', 'fees in september'],
  ])('"%s" into "%s"', (question, mended) => {
    expect(correct(question)).toBe(mended)
  })

  it('without changing where the word stands', () => {
    const question = 'studnets by city'
    const [token] = correctSpelling(tokenize(question), database.catalog, [])
    expect(token).toMatchObject({ text: 'studnets', lower: 'students', start: 0, end: 8 })
  })

  it('so that the answer is the one meant', async () => {
    const rows = await database.ask('nubmer of studnets by city')
    expect(settled(rows)).toEqual([
      ['Gdansk', 2],
      ['Lyon', 1],
      ['Oslo', 3],
    ])
  })
})

describe('leaves alone', () => {
  it.each([
    ['words in quotes', 'the "studnets"'],
    ['stored values', 'students from Oslo'],
    ['names and their plurals', 'grades of courses'],
    ['small words', 'which of them did'],
    ['words like nothing here', 'zeppelins by city'],
    ['words too short to tell apart', 'totl by ctiy'],
    ['numbers', 'more than 12345 credits'],
  ])('%s', (_, question) => {
    expect(correct(question)).toBe(question.toLowerCase().replaceAll('"', ''))
  })
})
