/** The text that LoRA adapters are trained on. A change of what stands here asks for new adapters. */
import { describe, expect, it } from 'vitest'
import type { Period } from '../../../agents/entities/entities.js'
import { localPrompt } from '../../../agents/generators/local/local-prompt.js'
import type { Catalog } from '../../../data/catalog.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { column, relationship, retailCatalog, table } from '../../support/retail-catalog.js'

const words = (text: string) => text.split(/\s+/).length

function promptOf(question: string, catalog: Catalog = retailCatalog) {
  return localPrompt({ catalog, question, links: createValueIndex(catalog).link(question) }, words)
}

/** The tables' lines of a catalog of these columns and keys. */
function linesOf(tables: Catalog['tables'], relationships: Catalog['relationships'] = []) {
  const { prefix } = promptOf('?', { ...retailCatalog, tables, relationships })
  return prefix.trimEnd().split('\n').slice(1)
}

describe('the prompt of the local model', () => {
  it('is frozen, letter by letter', () => {
    const { prefix, suffix } = promptOf('How many Porto stores of the North closed?')
    expect(prefix + suffix).toBe(`duckdb
regions: region_id int key, region_name
stores: store_id int key, store_name, city (Porto, Lisbon, São Paulo), region_id int -> regions, status (active, closed), opened_on date
categories: category_id int key, category_name (Groceries, Electronics, Men’s Shoes)
products: product_id int key, product_name, category_id int -> categories, list_price int
customers: customer_id int key, customer_name, segment (consumer, business, student), city (Porto, Lisbon, Berlin)
sales: sale_id int key, sold_on date, store_id int -> stores, customer_id int -> customers, payment_method (card, cash, mobile), total_amount int
sale_lines: sale_line_id int key, sale_id int -> sales, product_id int -> products, quantity int, line_amount int
returns: return_id int key, sale_line_id int -> sale_lines, returned_on date, reason (damaged, wrong size, changed mind)
Values: stores.city = 'Porto', customers.city = 'Porto', regions.region_name = 'North', stores.status = 'closed'
Question: How many Porto stores of the North closed?
SQL:`)
  })

  it('has one part for the schema and one for the question, cut at a line break', () => {
    const one = promptOf('How many stores?')
    const other = promptOf('Which products sell best?')
    expect(one.prefix).toBe(other.prefix)
    expect(one.prefix.endsWith('\n')).toBe(true)
    expect(one.suffix).toBe('Question: How many stores?\nSQL:')
  })

  it('names types alike for every engine', () => {
    const typed = (type: string, kind: 'number' | 'text' | 'timestamp' | 'boolean' | 'other') =>
      column(type.toLowerCase().replaceAll(/\W/g, ''), kind, { type })
    const columns = [
      typed('BIGINT', 'number'),
      typed('int(11)', 'number'),
      typed('DECIMAL(12,2)', 'number'),
      typed('double precision', 'number'),
      typed('VARCHAR(255)', 'text'),
      typed('timestamp with time zone', 'timestamp'),
      typed('BOOL', 'boolean'),
      typed('INTEGER[]', 'other'),
    ]
    expect(linesOf([{ ...table('t', 1, columns), primaryKey: [] }])).toEqual([
      't: bigint int, int11 int, decimal122 real, doubleprecision real, varchar255, timestampwithtimezone time, bool bool, integer other',
    ])
  })

  it('gives samples only of what sorts rows into kinds, none cut short', () => {
    const names = ['Ada', 'Grace', 'Edith']
    const columns = [
      column('name', 'text', { values: names }),
      column('title', 'text', { values: ['Dr', 'Prof', 'a very long title indeed', 'Mr', 'Ms'] }),
      column('country', 'text', { values: ['Norway'] }),
      column('city', 'text', { samples: ['Bergen'] }),
    ]
    expect(linesOf([{ ...table('people', 3, columns), primaryKey: [] }])).toEqual([
      'people: name, title, country, city',
    ])
    expect(linesOf([{ ...table('people', 40, columns), primaryKey: [] }])).toEqual([
      'people: name (Ada, Grace, Edith), title (Dr, Prof, Mr), country, city',
    ])
  })

  it('says where a key leads: to a table, or to a column when that is not the whole key', () => {
    const key = { ...relationship('visit.ship', 'call.ship'), further: [{ from: 'no', to: 'no' }] }
    const tables = [
      { ...table('call', 1, [column('ship', 'text'), column('no', 'number')]), primaryKey: [] },
      table('visit', 1, [column('id', 'number'), column('ship', 'text'), column('no', 'number')]),
      table('note', 1, [column('id', 'number'), column('visit', 'number')]),
    ]
    expect(linesOf(tables, [key, relationship('note.visit', 'visit.id')])).toEqual([
      'call: ship, no int',
      'visit: id int key, ship -> call.ship, no int -> call.no',
      'note: id int key, visit int -> visit',
    ])
  })

  it('writes the times a question names as conditions, and nothing where no column holds dates', () => {
    const year = { start: '2024-01-01', end: '2025-01-01', label: '2024' }
    const since = { start: '2024-07-01', end: '9999-12-31', label: 'since July 2024' }
    const before = { start: '0001-01-01', end: '2020-01-01', label: 'before 2020' }
    const ask = (periods: readonly Period[], catalog: Catalog = retailCatalog) =>
      localPrompt({ catalog, question: 'How many?', links: [], periods }, words).suffix
    expect(ask([year, since, before, year])).toBe(
      "Dates: >= '2024-01-01' and < '2025-01-01', >= '2024-07-01', < '2020-01-01'\nQuestion: How many?\nSQL:",
    )
    expect(ask([])).toBe('Question: How many?\nSQL:')
    const timeless = { ...retailCatalog, tables: [table('t', 1, [column('year', 'number')])] }
    expect(ask([year], timeless)).toBe('Question: How many?\nSQL:')
  })

  it('leaves the least alike examples out when there is no room for all', () => {
    const examples = ['far', 'near'].map((question) => ({
      question: `${question} ${'and '.repeat(120)}`,
      sql: `select ${'1, '.repeat(190)}1`,
    }))
    const task = { catalog: retailCatalog, question: 'How many?', links: [], examples }
    const roomy = localPrompt(task, words)
    const tight = localPrompt(task, (text) => words(text) * 3)
    expect(roomy.suffix).toMatch(/far(.|\n)*near/)
    expect(tight.suffix).not.toContain('far')
    expect(tight.suffix).toContain('near')
  })
})
