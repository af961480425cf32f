import { describe, expect, it } from 'vitest'
import { readQuestion } from '../../../agents/entities/read-question.js'
import { buildQuery } from '../../../agents/generators/rules/build-query.js'
import { suggestQuestions } from '../../../agents/text/suggest.js'
import type { Catalog } from '../../../data/catalog.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { column, retailCatalog, table } from '../../support/retail-catalog.js'

const filmCatalog: Catalog = {
  dialect: 'sqlite',
  version: 'films-1',
  relationships: [],
  tables: [
    table('films', 900, [
      column('film_id', 'number', { unique: true }),
      column('title', 'text', { samples: ['Alien'] }),
      column('language', 'text', { values: ['English', 'French', 'Japanese'] }),
    ]),
  ],
}

const catalogs: Readonly<Record<string, Catalog>> = { retail: retailCatalog, films: filmCatalog }

function read(catalog: Catalog, question: string) {
  const valueLinks = createValueIndex(catalog).link(question)
  return readQuestion({ question, catalog, valueLinks, asOf: '2025-12-31' }).entities
}

/** Why the rules cannot write SQL for the question; undefined when they can. */
function complaint(catalog: Catalog, question: string): string | undefined {
  const entities = read(catalog, question)
  if (entities.unknownWords.length > 0) return `unknown: ${entities.unknownWords.join(', ')}`
  if (entities.ambiguities.length > 0) return `ambiguous: ${entities.ambiguities[0]?.phrase}`
  const built = buildQuery(entities, catalog)
  return built.ok ? undefined : built.reason
}

describe('suggestQuestions', () => {
  for (const [name, catalog] of Object.entries(catalogs)) {
    it.each(suggestQuestions(catalog, { limit: 20 }))(
      `suggests only what the rules can answer on ${name}: %s`,
      (question) => {
        expect(complaint(catalog, question)).toBeUndefined()
      },
    )
  }

  it.each([
    'Total sales in 2024 by region',
    'Total sales by month in 2025',
    'How many stores are there by status?',
    'Top 3 customers by sales',
    'Total sales by payment method for North',
    'Average list price by category',
    'Total quantity by product',
  ])('follows “%s” up with questions the rules can answer', (question) => {
    const entities = read(retailCatalog, question)
    const questions = suggestQuestions(retailCatalog, {
      question,
      entities,
      limit: 6,
      answer: {
        columns: [{ name: 'region_name', type: 'VARCHAR', kind: 'text' }],
        rows: [['North'], ['South']],
      },
    })
    expect(questions.length).toBeGreaterThanOrEqual(3)
    expect(questions.map((one) => complaint(retailCatalog, one)).filter(Boolean)).toEqual([])
  })

  it('gives the same questions every time, none twice', () => {
    const questions = suggestQuestions(retailCatalog, { limit: 20 })
    expect(suggestQuestions(retailCatalog, { limit: 20 })).toEqual(questions)
    expect(new Set(questions).size).toBe(questions.length)
  })

  it('gives three unless told otherwise', () => {
    expect(suggestQuestions(retailCatalog)).toHaveLength(3)
  })

  it('never suggests the question just asked', () => {
    const [first = ''] = suggestQuestions(retailCatalog)
    expect(suggestQuestions(retailCatalog, { question: `${first.toUpperCase()}?` })).not.toContain(
      first,
    )
  })

  it('leaves out what cannot be answered', () => {
    const questions = suggestQuestions(retailCatalog, {
      canAnswer: (one) => one.startsWith('How many'),
    })
    expect(questions.length).toBeGreaterThan(0)
    expect(questions.every((one) => one.startsWith('How many'))).toBe(true)
  })

  it('looks closer at the first group of the answer', () => {
    const entities = read(retailCatalog, 'Total sales by region in 2024')
    const answer = {
      columns: [{ name: 'region_name', type: 'VARCHAR', kind: 'text' as const }],
      rows: [['West'], ['East']],
    }
    const questions = suggestQuestions(retailCatalog, { entities, answer, limit: 5 })
    expect(questions).toContain('Total sales for West by month in 2024')
  })

  it('has nothing to suggest for a database without tables', () => {
    expect(suggestQuestions({ ...retailCatalog, tables: [], relationships: [] })).toEqual([])
  })
})
