/** What a gold SQL reads, where retrieval ranked it, and how much of it was among the first. */
import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../data/catalog.js'
import { goldParts } from '../../../data/evaluation/gold-parts.js'
import { recallOf } from '../../../data/evaluation/part-reports.js'
import { retrievalRanks } from '../../../data/evaluation/retrieval-ranks.js'

const catalog = catalogOf({
  singer: ['singer_id', 'name', 'age'],
  concert: ['concert_id', 'title', 'year'],
  performance: ['concert_id', 'singer_id'],
})

function catalogOf(tables: Readonly<Record<string, readonly string[]>>): Catalog {
  const facts = { type: 'TEXT', kind: 'text', nullable: true, unique: false, samples: [] } as const
  return {
    dialect: 'sqlite',
    tables: Object.entries(tables).map(([name, columns]) => ({
      name,
      columns: columns.map((column) => ({ ...facts, name: column })),
      primaryKey: [],
      rowCount: 0,
    })),
    relationships: [],
    version: '1',
  }
}

const columnsOf = (sql: string) =>
  goldParts(sql, catalog)?.columns.map(({ table, column }) => `${table}.${column}`)

describe('what a gold SQL reads', () => {
  it('is told through aliases, in the spelling of the catalog', () => {
    const sql =
      'SELECT T1.NAME, count(*) FROM Singer AS T1 JOIN performance T2 ON T1.singer_id = T2.singer_id GROUP BY T1.name'
    expect(goldParts(sql, catalog)?.tables).toEqual(['singer', 'performance'])
    expect(columnsOf(sql)).toEqual(['singer.name', 'singer.singer_id', 'performance.singer_id'])
  })

  it('includes what nested queries and both sides of a set operation read', () => {
    const nested =
      'SELECT name FROM singer WHERE singer_id NOT IN (SELECT singer_id FROM performance)'
    expect(goldParts(nested, catalog)?.tables).toEqual(['singer', 'performance'])
    const both = 'SELECT name FROM singer UNION SELECT title FROM concert'
    expect(columnsOf(both)).toEqual(['singer.name', 'concert.title'])
  })

  it('takes a comma for a join in FROM only', () => {
    expect(goldParts('SELECT name, concert FROM singer', catalog)?.tables).toEqual(['singer'])
    expect(goldParts('SELECT name FROM singer, concert', catalog)?.tables).toEqual([
      'singer',
      'concert',
    ])
  })

  it('is unknown for a text that names no table, or is no SQL', () => {
    expect(goldParts('SELECT 1', catalog)).toBeUndefined()
    expect(goldParts("SELECT 'open FROM singer", catalog)).toBeUndefined()
  })
})

describe('recall', () => {
  const retrieved = {
    catalog,
    tables: ['concert', 'singer'],
    columns: [
      [{ table: 'singer', column: 'age' }],
      [
        { table: 'singer', column: 'singer_id' },
        { table: 'performance', column: 'singer_id' },
      ],
      [{ table: 'singer', column: 'name' }],
    ],
  }
  const gold =
    'SELECT T1.name FROM singer AS T1 JOIN performance AS T2 ON T1.singer_id = T2.singer_id'

  it('counts ranks from 1, and knows what was not found', () => {
    expect(retrievalRanks(gold, retrieved)).toEqual({ tables: [2, null], columns: [3, 2, 2] })
    expect(retrievalRanks('SELECT 1', retrieved)).toBeUndefined()
  })

  it('is the share of gold parts among the first k, over all questions', () => {
    const recall = recallOf([
      { tables: [1, 4], columns: [2] },
      { tables: [null], columns: [11, 5] },
    ])
    const shares = (tallies: typeof recall.tables) =>
      Object.values(tallies).map(({ right, total }) => `${right}/${total}`)
    expect(shares(recall.tables)).toEqual(['1/3', '1/3', '2/3', '2/3'])
    expect(shares(recall.columns)).toEqual(['0/3', '1/3', '2/3', '2/3'])
  })
})
