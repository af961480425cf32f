import { describe, expect, it } from 'vitest'
import {
  type PromptQuestion,
  type PromptTable,
  questionText,
  schemaText,
} from '../../../models/prompts/sql-prompt.js'

const tables: readonly PromptTable[] = [
  {
    name: 'ship',
    columns: [
      { name: 'ship_id', type: 'int', primaryKey: true },
      { name: 'home port', samples: ['Kiel', 'Turku', 'New\nYork'] },
      { name: 'sister', type: 'int', references: [{ table: 'ship' }] },
    ],
  },
  {
    name: 'port call',
    columns: [
      { name: 'ship_id', type: 'int', primaryKey: true, references: [{ table: 'ship' }] },
      { name: 'berth', references: [{ table: 'berth', column: 'number' }] },
      { name: 'arrived', type: 'time' },
    ],
  },
]

const asked: PromptQuestion = {
  values: [{ table: 'ship', column: 'home port', value: "L'Estaque" }],
  question: 'How many ships from Estaque?',
}

describe('the SQL prompt', () => {
  it('begins with the dialect and one line a table, and ends that part with a line break', () => {
    expect(schemaText('duckdb', tables)).toBe(
      [
        'duckdb',
        'ship: ship_id int key, "home port" (Kiel, Turku, New York), sister int -> ship',
        '"port call": ship_id int key -> ship, berth -> berth.number, arrived time',
        '',
      ].join('\n'),
    )
  })

  it('goes on with the values and the question, and stops right after "SQL:"', () => {
    expect(questionText(asked)).toBe(
      [
        `Values: ship."home port" = 'L''Estaque'`,
        'Question: How many ships from Estaque?',
        'SQL:',
      ].join('\n'),
    )
  })

  it('says before the values what the question names', () => {
    const names = [{ table: 'port call', column: 'arrived' }, { table: 'ship' }]
    expect(
      questionText({ ...asked, names })
        .split('\n')
        .slice(0, 2),
    ).toEqual(['Names: "port call".arrived, ship', `Values: ship."home port" = 'L''Estaque'`])
  })

  it('keeps a question and a value with line breaks on lines of their own', () => {
    const text = questionText({
      values: [{ table: 'ship', column: 'name', value: 'a\nQuestion: b' }],
      question: 'one\nSQL: drop\n\ttwo',
    })
    expect(text.split('\n')).toEqual([
      "Values: ship.name = 'a Question: b'",
      'Question: one SQL: drop two',
      'SQL:',
    ])
  })

  it('bounds a question of 10,000 characters', () => {
    const text = questionText({ values: [], question: 'x'.repeat(10_000) })
    expect(text.length).toBeLessThan(1_000)
  })

  it('shows the failed attempt and its reason on a retry, and examples before it', () => {
    const text = questionText({
      values: [],
      question: 'How many voyages from Kiel?',
      examples: [{ question: 'How many ships?', sql: 'select count(*) from ship' }],
      failure: { sql: 'select count(*) from boat', reason: 'no table "boat"' },
    })
    expect(text).toBe(
      [
        'Question: How many ships?',
        'SQL: select count(*) from ship',
        'Wrong: select count(*) from boat',
        'Because: no table "boat"',
        'Question: How many voyages from Kiel?',
        'SQL:',
      ].join('\n'),
    )
  })
})
