/** Packs of training rows, built by the prompt code that answers questions. */
import { describe, expect, it } from 'vitest'
import { readNames } from '../../../agents/entities/read-names.js'
import { localPrompt } from '../../../agents/generators/local/local-prompt.js'
import { buildPacks } from '../../../agents/training/build-packs.js'
import type { TrainingDatabase } from '../../../agents/training/training-question.js'
import { forDialect, isNeutral } from '../../../data/join-free/dialect-target.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { retailCatalog } from '../../support/retail-catalog.js'

const index = createValueIndex(retailCatalog)
const countTokens = (text: string) => text.split(/\s+/).length

const shop: TrainingDatabase = {
  name: 'shop',
  catalog: retailCatalog,
  questions: [
    {
      id: 'one',
      wordings: ['How many stores are in Porto?', 'How many shops are in Porto?'],
      joinFree: "select count(*) from stores where stores.city = 'Porto'",
      tables: ['stores'],
    },
    {
      id: 'two',
      wordings: ['Which regions are there?'],
      joinFree: 'select regions.region_name',
      tables: ['regions'],
    },
    {
      id: 'three',
      wordings: ['Which products are dear?'],
      joinFree: 'select products.product_name where products.list_price > 100',
      tables: ['products'],
    },
  ],
  linkValues: (question) => index.link(question),
}

function itemsOf(question: string) {
  const valueLinks = index.link(question)
  return readNames({ question, catalog: retailCatalog, valueLinks, asOf: '2025-12-31' })
}

/** By question. */
const needed: Readonly<Record<string, { readonly table: string; readonly columns: string[] }>> = {
  one: { table: 'stores', columns: ['city'] },
  two: { table: 'regions', columns: ['region_name'] },
  three: { table: 'products', columns: ['product_name', 'list_price'] },
}

/** Eighty passes: enough for every variation to come up. */
const allPacks = Array.from({ length: 80 }, (_, at) =>
  buildPacks(shop, { seed: 1, pass: at + 1, varied: true, countTokens }),
).flat()

const ownNames = new Set(
  retailCatalog.tables.flatMap(({ name, columns }) => [name, ...columns.map((one) => one.name)]),
)

function hasOwnNames({ prefix }: { readonly prefix: string }) {
  const [, ...lines] = prefix
    .trim()
    .replaceAll(/ \(.*?\)/g, '')
    .split('\n')
  const names = lines.flatMap((line) => line.split(/: |, /)).map((text) => text.split(' ')[0] ?? '')
  return names.every((name) => ownNames.has(name))
}

function manyPacks() {
  return allPacks.filter(hasOwnNames)
}

describe('training packs', () => {
  it('hold, unvaried, exactly what the generator would ask', () => {
    const [pack] = buildPacks(shop, { seed: 1, pass: 1, varied: false, countTokens })
    const question = 'How many stores are in Porto?'
    const asked = localPrompt(
      { catalog: retailCatalog, question, items: itemsOf(question), links: index.link(question) },
      countTokens,
    )
    expect(pack?.prefix).toBe(asked.prefix)
    expect(pack?.rows.find((row) => row.id === 'one')).toEqual({
      id: 'one',
      suffix: asked.suffix,
      target: " select count(*) from stores where stores.city = 'Porto'",
    })
  })

  it('are the same for the same seed and pass, and others for another pass', () => {
    const build = (pass: number) => buildPacks(shop, { seed: 1, pass, varied: true, countTokens })
    expect(build(3)).toEqual(build(3))
    expect(build(3)).not.toEqual(build(4))
  })

  it('keep the tables that answered questions need, whatever bystanders go', () => {
    const packs = manyPacks()
    for (const { prefix, rows } of packs) {
      for (const { id } of rows.filter(({ target }) => target !== ' none')) {
        expect(prefix).toContain(`\n${needed[id]?.table}:`)
      }
    }
    expect(packs.some(({ prefix }) => !prefix.includes('\nreturns:'))).toBe(true)
  })

  it('show the tables in several orders and name several engines', () => {
    const packs = manyPacks()
    const firstLines = new Set(packs.map(({ prefix }) => prefix.split('\n')[1]?.split(':')[0]))
    expect(firstLines.size).toBeGreaterThan(3)
    expect(new Set(packs.map(({ dialect }) => dialect)).size).toBe(3)
    for (const { prefix, dialect } of packs) expect(prefix.split('\n')[0]).toBe(dialect)
  })

  it('show about half of the schemas under other names', () => {
    const share = manyPacks().length / allPacks.length
    expect(share).toBeGreaterThan(0.35)
    expect(share).toBeLessThan(0.75)
  })

  it.each(['Names:', 'Values:'])('give %s to most questions, not to all', (line) => {
    const suffixes = manyPacks().flatMap(({ rows }) =>
      rows.filter(({ id }) => id === 'one').map(({ suffix }) => suffix),
    )
    const hinted = suffixes.filter((suffix) =>
      suffix.split('\n').some((each) => each.startsWith(line)),
    )
    expect(hinted.length).toBeGreaterThan(suffixes.length / 2)
    expect(hinted.length).toBeLessThan(suffixes.length)
  })

  it('answer "none" exactly where the schema lacks a table or column that the SQL needs', () => {
    const rows = manyPacks().flatMap(({ prefix, rows }) => rows.map((row) => ({ ...row, prefix })))
    const lacking = { table: 0, column: 0 }
    for (const { id, target, prefix } of rows) {
      const { table, columns } = needed[id] ?? { table: '', columns: [] }
      const line = prefix.split('\n').find((each) => each.startsWith(`${table}:`))
      const lacks = columns.some((column) => !line?.includes(` ${column}`))
      expect(target === ' none').toBe(lacks)
      if (lacks) lacking[line === undefined ? 'table' : 'column'] += 1
    }
    expect(Math.min(lacking.table, lacking.column)).toBeGreaterThan(0)
  })

  it('ask the original wording in the first pass and others later', () => {
    const suffixes = (pass: number) =>
      buildPacks(shop, { seed: 1, pass, varied: true, countTokens })
        .flatMap(({ rows }) => rows)
        .map(({ suffix }) => suffix)
        .join('\n')
    expect(suffixes(1)).not.toContain('shops')
    expect(Array.from({ length: 8 }, (_, at) => suffixes(at + 2)).join('\n')).toContain('shops')
  })
})

describe('a failed attempt in a pack', () => {
  const failure = {
    sql: 'select sum(products.product_name) where products.list_price > 100',
    reason: 'No function matches sum(VARCHAR).',
  }
  const tried = {
    ...shop,
    questions: shop.questions.map((question) =>
      question.id === 'three' ? { ...question, failure } : question,
    ),
  }
  const shown = `Wrong: ${failure.sql}\nBecause: ${failure.reason}\nQuestion: `
  const packs = Array.from({ length: 60 }, (_, at) =>
    buildPacks(tried, { seed: 1, pass: at + 1, varied: true, countTokens }),
  ).flat()
  const retried = packs.flatMap(({ dialect, rows }) =>
    rows.filter(({ suffix }) => suffix.includes('Wrong:')).map((row) => ({ ...row, dialect })),
  )

  it('stands before the question that has one, sometimes', () => {
    expect(retried.length).toBeGreaterThan(5)
    expect(retried.length).toBeLessThan(packs.length / 2)
    for (const { id, suffix } of retried) {
      expect(id).toBe('three')
      expect(suffix).toContain(shown)
    }
  })

  it('comes up more often in the packs for chats, as does what the schema lacks', () => {
    const passes = Array.from({ length: 200 }, (_, at) => ({ seed: 1, pass: at + 1, countTokens }))
    const rowsOf = (asInChat: boolean) =>
      passes.flatMap((pass) =>
        buildPacks(tried, { ...pass, varied: true, asInChat }).flatMap(({ rows }) => rows),
      )
    const [chat, usual] = [rowsOf(true), rowsOf(false)]
    const count = (rows: typeof chat, isMeant: (row: (typeof chat)[number]) => boolean) =>
      rows.filter(isMeant).length
    for (const isMeant of [
      ({ suffix }: (typeof chat)[number]) => suffix.includes('Wrong:'),
      ({ target }: (typeof chat)[number]) => target === ' none',
    ]) {
      expect(count(chat, isMeant)).toBeGreaterThan(count(usual, isMeant))
    }
  })

  it('is answered with the right SQL, under the name of the engine that refused it', () => {
    for (const { target, dialect } of retried) {
      expect(target).toBe(' select products.product_name where products.list_price > 100')
      expect(dialect).toBe(retailCatalog.dialect)
    }
  })

  it('never comes up where nothing is varied', () => {
    const [pack] = buildPacks(tried, { seed: 1, pass: 1, varied: false, countTokens })
    expect(pack?.rows.map(({ suffix }) => suffix).join()).not.toContain('Wrong:')
  })
})

describe('join-free SQL for another engine', () => {
  it('says LIKE without regard to case as the engine does, and leaves values alone', () => {
    const sql = "select t.a where t.b like '%like%'"
    expect(forDialect(sql, 'duckdb')).toBe("select t.a where t.b ilike '%like%'")
    expect(forDialect(sql, 'postgres')).toBe("select t.a where t.b ilike '%like%'")
    expect(forDialect(sql, 'sqlite')).toBe(sql)
  })

  it('is the same SQL unless a function is one engine’s own', () => {
    expect(isNeutral("select max(t.a) where t.b in ('strftime(x)')")).toBe(true)
    expect(isNeutral('select t.a where t.b not in (select u.b)')).toBe(true)
    expect(isNeutral("select strftime('%Y', t.a)")).toBe(false)
  })
})

it('of the database that the adapter is for show its schema as it is asked about', () => {
  const served = { ...shop, isServed: true }
  const packs = Array.from({ length: 20 }, (_, at) =>
    buildPacks(served, { seed: 1, pass: at + 1, varied: true, countTokens }),
  ).flat()
  const [asked] = buildPacks(shop, { seed: 1, pass: 1, varied: false, countTokens })
  expect(new Set(packs.map(({ prefix }) => prefix))).toEqual(new Set([asked?.prefix]))
  const rows = packs.flatMap(({ rows }) => rows)
  expect(rows.filter(({ target }) => target === ' none')).toEqual([])
  const hinted = rows.filter(({ suffix }) => suffix.includes('Values: '))
  expect(hinted.length).toBeGreaterThan(0)
  expect(hinted.length).toBeLessThan(rows.filter(({ id }) => id === 'one').length)
})
