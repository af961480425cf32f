/** Warehouses made from themes for training. */
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../data/random.js'
import { makeWarehouse } from '../../../data/training/warehouses/make-warehouse.js'
import { nameStyles } from '../../../data/training/warehouses/name-style.js'
import { openWarehouse } from '../../../data/training/warehouses/open-warehouse.js'
import { readTheme } from '../../../data/training/warehouses/read-theme.js'
import { allThemes } from '../../../data/training/warehouses/themes.js'

const shipyard = `shipyard
  dock/docks/at: dock name =list{North Dock, South Dock}; opened past 5..9 @opened/open
  order/orders: -> dock; placed on day; price/prices money 10..90 ~revenue, income; state! {open, done} ?; weight real 1..2; rush flag`

describe('themes', () => {
  it('are read from their notation', () => {
    const { name, tables } = readTheme(shipyard)
    expect(name).toBe('shipyard')
    expect(tables.map(({ noun, plural, preposition }) => [noun, plural, preposition])).toEqual([
      ['dock', 'docks', 'at'],
      ['order', 'orders', 'of'],
    ])
    const [dock, order] = tables
    expect(dock?.columns[0]).toMatchObject({ kind: 'label', values: ['North Dock', 'South Dock'] })
    expect(dock?.columns[1]).toMatchObject({ kind: 'past', verb: 'opened/open', range: [5, 9] })
    expect(order?.references).toEqual([{ to: 'dock', nullable: false }])
    expect(order?.columns.map(({ words }) => words)).toEqual([
      'placed on',
      'price',
      'state',
      'weight',
      'rush',
    ])
    expect(order?.columns[1]).toMatchObject({ plural: 'prices', synonyms: ['revenue', 'income'] })
    expect(order?.columns[2]).toMatchObject({
      leads: true,
      nullable: true,
      values: ['open', 'done'],
    })
  })

  it('say what is wrong with a column that has no kind', () => {
    expect(() => readTheme('x\n  a/as: something odd')).toThrow('something odd')
  })

  it('are many, each with something that happens and somebody or something it happens to', () => {
    const themes = allThemes()
    expect(themes.length).toBeGreaterThanOrEqual(30)
    expect(new Set(themes.map(({ name }) => name)).size).toBe(themes.length)
    for (const { tables } of themes) {
      expect(tables.some(({ columns }) => columns.some(({ kind }) => kind === 'label'))).toBe(true)
      const events = tables.filter(({ columns, references }) => {
        return (
          references.length > 0 && columns.some(({ kind }) => kind === 'day' || kind === 'moment')
        )
      })
      expect(events.length).toBeGreaterThan(0)
    }
  })
})

describe('made warehouses', () => {
  it('hold the rows and keys they were made with, in every style of names', async () => {
    for (const style of nameStyles) {
      const warehouse = makeWarehouse(readTheme(shipyard), style, createRandom(5))
      const database = await openWarehouse(warehouse)
      const { tables, relationships } = database.catalog
      expect(tables.map(({ name }) => name).sort()).toEqual(
        warehouse.tables.map(({ name }) => name).sort(),
      )
      for (const { name, rows } of warehouse.tables) {
        expect(tables.find((table) => table.name === name)?.rowCount).toBe(rows.length)
      }
      const [dock, order] = warehouse.tables
      expect(relationships.map(({ from, to }) => [from, to])).toEqual([
        [
          { table: order?.name, column: order?.references[0]?.name },
          { table: dock?.name, column: dock?.key },
        ],
      ])
      database.close()
    }
  })

  it('keep every small number within its type', () => {
    const smallest = allThemes().flatMap((theme, index) => {
      const style = nameStyles[index % nameStyles.length]
      if (!style) throw new Error('there is no style')
      return [1, 2, 3].flatMap((seed) =>
        makeWarehouse(theme, style, createRandom(seed)).tables.flatMap(({ columns }) =>
          columns.filter(({ type }) => type === 'SMALLINT'),
        ),
      )
    })
    expect(smallest.length).toBeGreaterThan(20)
    for (const { values } of smallest) {
      expect(values.every((value) => Math.abs(Number(value)) <= 32_767)).toBe(true)
    }
  })

  it('are the same for the same seed', () => {
    const [theme] = allThemes()
    const [style] = nameStyles
    if (!theme || !style) throw new Error('there is nothing to make')
    const make = (seed: number) => JSON.stringify(makeWarehouse(theme, style, createRandom(seed)))
    expect(make(7)).toBe(make(7))
    expect(make(7)).not.toBe(make(8))
  })
})
