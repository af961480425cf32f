import { describe, expect, it } from 'vitest'
import { valueHintsFor } from '../../../agents/generators/local/value-hints.js'
import type { Catalog } from '../../../data/catalog.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { column, retailCatalog, table } from '../../support/retail-catalog.js'

function hintsOf(question: string, catalog: Catalog = retailCatalog, offered = catalog) {
  return valueHintsFor(createValueIndex(catalog).link(question), offered).map(
    (hint) => `${hint.table}.${hint.column} = ${hint.value}`,
  )
}

function withValues(columns: Readonly<Record<string, readonly string[]>>): Catalog {
  const named = Object.entries(columns).map(([name, values]) => column(name, 'text', { values }))
  return { ...retailCatalog, tables: [table('things', 9, named)], relationships: [] }
}

describe('the value hints', () => {
  it('spell values as they are stored', () => {
    expect(hintsOf('How many grocery products did SENIOR customers buy?')).toEqual([
      'categories.category_name = Groceries',
      'customers.segment = senior',
    ])
  })

  it('put what the question really says before guesses at a spelling', () => {
    expect(hintsOf('Electronnics bought by business customers')).toEqual([
      'customers.segment = business',
      'categories.category_name = Electronics',
    ])
  })

  it('give at most three columns for one phrase', () => {
    const columns = ['a', 'b', 'c', 'd', 'e'].map((name) => [name, ['Kestrel']])
    expect(hintsOf('Where is Kestrel?', withValues(Object.fromEntries(columns)))).toHaveLength(3)
  })

  it('are six at most', () => {
    const birds = ['Kestrel', 'Osprey', 'Merlin', 'Harrier', 'Buzzard', 'Falcon', 'Condor', 'Kite']
    expect(hintsOf(birds.join(' or '), withValues({ bird: birds }))).toHaveLength(6)
  })

  it('name a value once, however often the question does', () => {
    const question = 'Do customers in Norway (Norway is a country) buy more than others in Norway?'
    expect(hintsOf(question, withValues({ country: ['Norway'] }))).toEqual([
      'things.country = Norway',
    ])
  })

  it('leave numbers and dates to the question', () => {
    const catalog = withValues({ code: ['90210', 'AB-12'], day: ['2014-05-03'] })
    expect(hintsOf("Things of '90210', 'AB-12' and '2014-05-03'", catalog)).toEqual([
      'things.code = AB-12',
    ])
  })

  it('are only of columns that the model is shown', () => {
    const offered = { ...retailCatalog, tables: retailCatalog.tables.slice(0, 3) }
    expect(hintsOf('Porto', retailCatalog, offered)).toEqual(['stores.city = Porto'])
  })
})
