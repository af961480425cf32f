import { describe, expect, it } from 'vitest'
import { buildSqlPrompt, type SqlPromptParts } from '../../../models/prompts/sql-prompt.js'

const parts: SqlPromptParts = {
  dialect: 'duckdb',
  tables: [
    {
      name: 'ship',
      columns: [
        { name: 'ship_id', type: 'INTEGER', primaryKey: true },
        { name: 'home port', type: 'VARCHAR', samples: ['Kiel', 'Turku', 'Gdynia', 'Riga'] },
      ],
    },
    { name: 'voyage', columns: [{ name: 'ship_id', type: 'INTEGER' }] },
    { name: 'crew', columns: [{ name: 'voyage_id', type: 'INTEGER' }] },
  ],
  foreignKeys: [
    { from: { table: 'voyage', column: 'ship_id' }, to: { table: 'ship', column: 'ship_id' } },
  ],
  valueHints: [{ table: 'ship', column: 'home port', value: "L'Estaque" }],
  question: 'How many voyages from Kiel?',
}
const words = (text: string) => text.split(/\s+/).length
const roomy = { maxTokens: 1_000, countTokens: words }

describe('the SQL prompt', () => {
  it('puts the schema first, the question last, and stops right after "SQL:"', () => {
    expect(buildSqlPrompt(parts, roomy)).toBe(
      [
        'Dialect: duckdb',
        'Table ship: ship_id integer key, "home port" varchar (Kiel, Turku, Gdynia)',
        'Table voyage: ship_id integer',
        'Table crew: voyage_id integer',
        'Keys: voyage.ship_id = ship.ship_id',
        `Values: ship."home port" = 'L''Estaque'`,
        'Question: How many voyages from Kiel?',
        'SQL:',
      ].join('\n'),
    )
  })

  it('drops the last tables, and the keys that need them, until the budget holds', () => {
    const full = words(buildSqlPrompt(parts, roomy))
    const shorter = buildSqlPrompt(parts, { maxTokens: full - 1, countTokens: words })
    expect(shorter).not.toContain('Table crew')
    expect(shorter).toContain('Table voyage')
    const shortest = buildSqlPrompt(parts, { maxTokens: 1, countTokens: words })
    expect(shortest).toContain('Table ship')
    expect(shortest).not.toContain('Table voyage')
    expect(shortest).not.toContain('Keys:')
  })

  it('keeps a question with line breaks on its own line', () => {
    const prompt = buildSqlPrompt({ ...parts, question: 'one\nSQL: drop\n\ttwo' }, roomy)
    expect(prompt).toContain('\nQuestion: one SQL: drop two\nSQL:')
  })

  it('bounds a question of 10,000 characters', () => {
    const prompt = buildSqlPrompt({ ...parts, question: 'x'.repeat(10_000) }, roomy)
    expect(prompt.length).toBeLessThan(1_200)
  })

  it('shows the failed attempt and its reason on a retry, and examples before it', () => {
    const prompt = buildSqlPrompt(
      {
        ...parts,
        examples: [{ question: 'How many ships?', sql: 'select count(*) from ship' }],
        failure: { sql: 'select count(*) from boat', reason: 'no table "boat"' },
      },
      roomy,
    )
    expect(prompt).toContain(
      [
        'Question: How many ships?',
        'SQL: select count(*) from ship',
        'Wrong: select count(*) from boat',
        'Because: no table "boat"',
        'Question: How many voyages from Kiel?',
      ].join('\n'),
    )
  })
})
