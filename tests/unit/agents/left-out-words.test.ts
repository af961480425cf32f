/** Numbers and names of a question that a query leaves out. */
import { describe, expect, it } from 'vitest'
import { leftOutWords } from '../../../agents/generators/pointers/left-out-words.js'
import { pointAtWords } from '../../../agents/generators/pointers/question-pointers.js'

const catalog = {
  tables: [
    {
      name: 'records',
      columns: ['Round', 'Top-25', 'Height (m)', 'Name'].map((name) => {
        return {
          name,
          type: 'TEXT',
          kind: 'text' as const,
          nullable: true,
          unique: false,
          samples: [],
        }
      }),
      primaryKey: [],
      rowCount: 0,
    },
  ],
}

function leftOut(question: string, where: string) {
  const joinFree = `select records.Name where ${where}`
  return leftOutWords(joinFree, pointAtWords(question, []), catalog)
}

describe('a query', () => {
  it('leaves out numbers and names that it neither compares nor names as columns', () => {
    const question = 'How high are the Tides with Round 7 and less than 34 floors?'
    expect(leftOut(question, 'records."Height (m)" < 34')).toEqual(['tides', '7'])
    expect(leftOut(question, "records.Name = 'the Tides' and records.Round = '7'")).toEqual(['34'])
  })

  it('leaves out nothing that a column is called, and no word that tells nothing', () => {
    expect(leftOut('Who is in the Top 25 of the Names?', 'records."Top-25" = 1')).toEqual([])
  })

  it('has a number however it is written, and the year of a date', () => {
    expect(leftOut('who has 2,107 metres', 'records."Height (m)" = 2107')).toEqual([])
    expect(leftOut('who came in 2024', "records.Round >= '2024-01-01'")).toEqual([])
    expect(leftOut('who came in 2024', "records.Round >= '2020-24'")).toEqual(['2024'])
  })
})
