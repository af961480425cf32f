/** Fusing what was found by meaning with what was found by words. */
import { describe, expect, it } from 'vitest'
import { buildDocuments } from '../../../rag/documents.js'
import type { RetrievedDocument } from '../../../rag/knowledge.js'
import { rankTables } from '../../../rag/rank-tables.js'
import { retrieveContext, type VectorHit } from '../../../rag/retriever.js'
import { createWordIndex } from '../../../rag/word-index.js'
import { retailCatalog } from '../../support/retail-catalog.js'

const all = buildDocuments(retailCatalog)
const retrieval = {
  catalog: retailCatalog,
  documents: new Map(all.map((document) => [document.id, document])),
  words: createWordIndex(all),
}

function retrieve(question: string, hits: readonly VectorHit[] = [], linked: string[] = []) {
  return retrieveContext(retrieval, question, hits, linked)
}

describe('retrieveContext', () => {
  it('ranks a document found both ways over one found one way', () => {
    const hits = [
      { id: 'table:returns', distance: 0.2 },
      { id: 'table:stores', distance: 0.3 },
    ]
    const { documents } = retrieve('store table', hits)
    expect(documents[0]).toMatchObject({ id: 'table:stores', distance: 0.3 })
    expect(documents.find(({ id }) => id === 'table:returns')?.distance).toBe(0.2)
  })

  it('leaves the distance out where only words were shared', () => {
    expect(retrieve('payment method').documents[0]?.distance).toBeUndefined()
  })

  it('passes over a hit whose document is gone', () => {
    const { documents } = retrieve('', [{ id: 'table:dropped', distance: 0 }])
    expect(documents).toEqual([])
  })

  it('keeps its token budget, counting four characters a token', () => {
    const hits = all.map(({ id }) => ({ id, distance: 0.5 }))
    const { documents } = retrieve('stores', hits)
    const characters = documents.reduce(
      (sum, { text, sql = '' }) => sum + text.length + sql.length,
      0,
    )
    expect(characters).toBeLessThanOrEqual(6_000)
    expect(characters).toBeGreaterThan(4_000)
  })

  it('gives the same answer every time', () => {
    const hits = all.map(({ id }) => ({ id, distance: 0.5 }))
    expect(retrieve('sales by city', hits)).toEqual(retrieve('sales by city', hits))
  })

  it.each([
    ['How many customers are there by segment?', ['customers']],
    ['revenue by region', ['sales', 'regions', 'stores']],
    ['returned items by reason', ['returns']],
    ['quantity sold per category', ['sale_lines', 'categories', 'products']],
    ['active shops', ['stores']],
  ])('by words alone, finds for "%s" the tables %s', (question, tables) => {
    expect(retrieve(question).tables).toEqual(expect.arrayContaining(tables))
  })

  it('finds no tables for a question about nothing stored', () => {
    expect(retrieve('hello').tables).toEqual([])
  })
})

describe('rankTables', () => {
  it('adds the tables on the way between two that are far apart', () => {
    const tables = rankTables(retailCatalog, [found('table:regions'), found('table:returns')])
    expect(tables.slice(0, 2).toSorted()).toEqual(['regions', 'returns'])
    expect(tables.slice(2).toSorted()).toEqual(['sale_lines', 'sales', 'stores'])
  })

  it('adds tables whose stored values the question names', () => {
    expect(rankTables(retailCatalog, [], ['categories'])).toEqual(['categories'])
    expect(rankTables(retailCatalog, [found('table:products')], ['categories'])).toContain(
      'categories',
    )
  })

  it('leaves far weaker tables out', () => {
    const weak = { ...found('table:customers'), score: 0.01 }
    expect(rankTables(retailCatalog, [found('table:products'), weak])).toEqual(['products'])
  })
})

function found(id: string): RetrievedDocument {
  const document = retrieval.documents.get(id)
  if (!document) throw new Error(`no document ${id}`)
  return { ...document, score: 1 }
}
