/** Training databases made from themes: every question's SQL is one that the grammar allows and the engine runs. */
import { beforeAll, describe, expect, it } from 'vitest'
import { readNames } from '../../../agents/entities/read-names.js'
import { localPrompt } from '../../../agents/generators/local/local-prompt.js'
import { buildPacks } from '../../../agents/training/build-packs.js'
import type { TrainingDatabase } from '../../../agents/training/training-question.js'
import { makeDatabase } from '../../../agents/training/warehouses/make-databases.js'
import { kinds } from '../../../agents/training/warehouses/make-questions.js'
import { joinFreeGrammar } from '../../../models/grammar/join-free-grammar.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'

const options = { seed: 3, pass: 1, questions: 50 }
const countTokens = (text: string) => text.split(/\s+/).length
const made: TrainingDatabase[] = []

beforeAll(async () => {
  for (const index of [0, 14, 40, 61]) {
    made.push((await makeDatabase({ ...options, index })).database)
  }
}, 60_000)

describe('made training databases', () => {
  it('hold as many questions as were asked for, each once, of many kinds', () => {
    for (const { questions } of made) {
      const wordings = questions.map((question) => question.wordings[0].toLowerCase())
      expect(new Set(wordings).size).toBe(options.questions)
    }
    const met = new Set(made.flatMap(({ questions }) => questions.map(({ id }) => kindOf(id))))
    expect(met.size).toBeGreaterThan(kinds.length * 0.7)
  })

  it('are the same for the same seed, and ask other questions in another pass', async () => {
    const [first] = made
    const again = await makeDatabase({ ...options, index: 0 })
    expect(again.database.questions).toEqual(first?.questions)
    const later = await makeDatabase({ ...options, index: 0, pass: 2 })
    expect(later.database.catalog).toEqual(first?.catalog)
    expect(later.database.questions).not.toEqual(first?.questions)
  }, 60_000)

  it('spell names in several styles', () => {
    const names = made.map(({ catalog }) => catalog.tables[0]?.columns[0]?.name ?? '')
    expect(new Set(names.map((name) => /[A-Z]/.test(name))).size).toBeGreaterThan(0)
    expect(
      new Set(made.map(({ catalog }) => catalog.tables.map(({ name }) => name).join())).size,
    ).toBe(made.length)
  })

  it('ask only for SQL that the grammar of their schema can write', () => {
    for (const { catalog, questions, linkValues } of made) {
      const values = questions
        .flatMap(({ wordings }) => linkValues(wordings[0]))
        .map(({ column, value }) => ({ ...column, value }))
      const accepts = gbnfMatcher(
        joinFreeGrammar({ dialect: 'duckdb', tables: catalog.tables, values }),
      )
      const unwritable = questions
        .map(({ joinFree }) => joinFree)
        .filter((sql) => sql !== 'none' && !accepts(` ${sql}`))
      expect(unwritable).toEqual([])
    }
  }, 60_000)

  it('show the model the times that the SQL is about', () => {
    const packs = made.flatMap((database) =>
      buildPacks(database, { seed: 1, pass: 1, varied: false, countTokens }),
    )
    const rows = packs.flatMap(({ rows }) => rows)
    const dated = rows.filter(({ target }) => /[<>]=? '\d{4}-/.test(target))
    expect(dated.length).toBeGreaterThan(30)
    for (const { suffix, target } of dated) {
      const [, hint = ''] = /^Dates: (.*)$/m.exec(suffix) ?? []
      for (const [, day = ''] of target.matchAll(/ '(\d{4}-\d\d-\d\d)'/g))
        expect(hint).toContain(day)
    }
  })

  it('give the prompt that the generator would give', () => {
    const [database] = made
    const [question] = database?.questions ?? []
    if (!database || !question) throw new Error('nothing was made')
    const { catalog } = database
    const [wording] = question.wordings
    const links = database.linkValues(wording)
    const asked = localPrompt(
      {
        catalog,
        question: wording,
        items: readNames({ question: wording, catalog, valueLinks: links, asOf: '2025-12-31' }),
        links,
        periods: database.readPeriods?.(wording),
      },
      countTokens,
    )
    const packs = buildPacks(database, { seed: 1, pass: 1, varied: false, countTokens })
    const row = packs.flatMap(({ rows }) => rows).find(({ id }) => id === question.id)
    expect(row?.suffix).toBe(asked.suffix)
  })
})

/** Ids end in the kind's name. */
function kindOf(id: string): string {
  return id.replace(/^.*-\d+-/, '')
}
