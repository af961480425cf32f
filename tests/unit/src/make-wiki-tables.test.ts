/** What a model from nothing learns WikiSQL's tables from, one by one. */
import { describe, expect, it } from 'vitest'
import type { WikiQuestion } from '../../../data/training/wikisql/wiki-question.js'
import { wikiTablesMaker } from '../../../src/commands/train/make-wiki-tables.js'

const columns = new Map([
  [0, 'port'],
  [1, 'harbour_master'],
  [2, 'tonnes'],
])

function questionsOf(...questions: readonly Pick<WikiQuestion, 'text' | 'conditions'>[]) {
  const asked = questions.map((question, at) => ({ ...question, id: `own-${at}`, column: 0 }))
  const tables = [{ id: '9-1', columns, questions: asked }]
  const reading = { tables, unasked: [], doubtful: new Map(), rejected: {} }
  const made = wikiTablesMaker(reading, 1)(1).flatMap((database) => database.questions)
  return made.filter(({ id }) => id.startsWith('own-')).map(({ joinFree }) => joinFree)
}

describe('a question on one table', () => {
  it('compares a number as it says it, with its commas', () => {
    const written = questionsOf(
      {
        text: 'Which port takes 30,110 tonnes?',
        conditions: [{ column: 2, operator: '=', value: '30110' }],
      },
      {
        text: 'Which port takes more than 12 tonnes?',
        conditions: [{ column: 2, operator: '>', value: '12' }],
      },
    )
    expect(written).toEqual([
      "select records.port where records.tonnes = '30,110'",
      'select records.port where records.tonnes > 12',
    ])
  })
})
