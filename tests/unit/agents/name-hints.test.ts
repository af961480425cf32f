/** Which tables and columns of a question the model is shown. */
import { describe, expect, it } from 'vitest'
import { readNames } from '../../../agents/entities/read-names.js'
import { nameHintsFor } from '../../../agents/generators/local/name-hints.js'
import type { Catalog } from '../../../data/catalog.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { column, retailCatalog, table } from '../../support/retail-catalog.js'

function hintsOf(question: string, catalog: Catalog = retailCatalog, offered = catalog) {
  const valueLinks = createValueIndex(catalog).link(question)
  const items = readNames({ question, catalog, valueLinks, asOf: '2025-12-31' })
  return nameHintsFor(items, offered).map((hint) => [hint.table, hint.column].join('.'))
}

const people: Catalog = {
  ...retailCatalog,
  tables: ['customers', 'staff', 'guests', 'patients'].map((name) =>
    table(name, 9, [
      column(`${name}_number`, 'number', { unique: true }),
      column('first_name', 'text'),
      column('date_of_birth', 'date'),
    ]),
  ),
  relationships: [],
}

describe('the name hints', () => {
  it('are the tables and columns that the question names, in its order', () => {
    expect(hintsOf('Show the list price of each product, and its category')).toEqual([
      'products.list_price',
      'products.',
      'categories.',
    ])
  })

  it('name a column of the tables that the question names, however many others have it', () => {
    expect(hintsOf('What is the date of birth of each guest?', people)).toEqual([
      'guests.date_of_birth',
      'guests.',
    ])
  })

  it('are at most three for a name that says nothing of whose it is', () => {
    expect(hintsOf('Which first name is the commonest?', people)).toEqual([
      'customers.first_name',
      'staff.first_name',
      'guests.first_name',
    ])
  })

  it('know other words for a name', () => {
    expect(hintsOf('How many clients are there?')).toEqual(['customers.'])
  })

  it('leave stored values to the value hints', () => {
    expect(hintsOf('How many stores are there in Porto?')).toEqual(['stores.'])
  })

  it('come once, however often the question names them', () => {
    expect(hintsOf('Stores by city, and the city with most stores')).toEqual([
      'stores.',
      'stores.city',
    ])
  })

  it('are only of what the model is shown', () => {
    const offered = { ...retailCatalog, tables: retailCatalog.tables.slice(0, 3) }
    expect(hintsOf('Products by category', retailCatalog, offered)).toEqual(['categories.'])
  })
})
