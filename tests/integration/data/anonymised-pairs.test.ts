/** Nobody who is in a database is in what is generated from it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../data/database.js'
import { markColumns, markOf } from '../../../data/generator/anonymise/column-marks.js'
import type { Pair } from '../../../data/generator/pair.js'
import { parseSettings } from '../../../data/generator/settings/read-settings.js'
import { openSqliteDatabase } from '../../../data/sqlite/sqlite-database.js'
import { generatePairs } from '../../../src/generate-pairs.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

const people = [
  ['Zora Quill', 'zora.quill@mail.test', '+44 20 7946 0991', '17 Harrowgate Lane'],
  ['Yann Prask', 'y.prask@post.test', '+44 20 7946 0992', '4 Ostrava Mews'],
  ['Ulla Ferren', 'ulla@ferren.test', '+44 20 7946 0993', '99 Kestrel Row'],
  ['Tomo Verrick', 'tomo.v@verrick.test', '+44 20 7946 0994', '1 Dunlin Close'],
] as const
const remarks = [
  'Prefers to be called in the evening because of her night shifts',
  'Asked twice about the broken zip of the green rucksack he bought',
  'Wants every parcel left with the neighbour in the bakery downstairs',
  'Moved abroad in spring and pays with a card of her brother now',
] as const
const statements = [
  `CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, customer_name TEXT, email TEXT,
    phone TEXT, address TEXT, remark TEXT, segment TEXT, credit INTEGER)`,
  ...people.map(
    ([name, email, phone, address], at) =>
      `INSERT INTO customers VALUES (${at + 1}, '${name}', '${email}', '${phone}', '${address}', '${remarks[at]}', '${at % 2 ? 'private' : 'business'}', ${(at + 1) * 100})`,
  ),
  `CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (customer_id),
    ordered_on DATE, amount INTEGER)`,
  ...Array.from(
    { length: 24 },
    (_, at) =>
      `INSERT INTO orders VALUES (${at + 1}, ${(at % 4) + 1}, '2024-0${(at % 9) + 1}-11', ${200 + at * 10})`,
  ),
]
/** Whole values, and the words of them that tell who somebody is. */
const secrets = [
  ...people.flat(),
  ...people.flatMap(([name, , , address]) => [...name.split(' '), address.split(' ')[1] ?? '']),
  ...remarks,
]
const allPhases =
  'builtins schema_docs single_table joins complex_sqls schema_relationship sample_data'

let folder: string
let path: string
let database: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-anonymous-'))
  path = join(folder, 'shop.sqlite')
  writeSqliteFile(path, statements)
  database = await openSqliteDatabase(path, { label: 'shop' })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

async function generateInto(out: string, phases: readonly string[], more = '') {
  const list = phases.map((name) => `  - {name: ${name}, count: 40}\n`).join('')
  const read = parseSettings(`output_dir: ${join(folder, out)}\n${more}phases:\n${list}`, 'test')
  if (!read.ok) throw new Error(read.problems.join(' '))
  return generatePairs({ settings: read.settings, source: path, home: join(folder, 'home') })
}

async function samplesIn(out: string): Promise<Pair[]> {
  const text = await readFile(join(folder, out, 'sample_data.jsonl'), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

/** Each cell that was written beside the one that is stored. */
async function cellPairs(pairs: readonly Pair[]) {
  const cells: { column: string; stored: unknown; written: unknown }[] = []
  for (const { sql = '', data = [], tables } of pairs) {
    const outcome = await database.query(sql)
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const { columns, rows } = outcome.result
    for (const [row, values] of rows.entries()) {
      for (const [at, stored] of values.entries()) {
        const name = columns[at]?.name ?? ''
        cells.push({ column: `${tables[0]}.${name}`, stored, written: data[row]?.[name] })
      }
    }
  }
  return cells
}

it('no stored value of a marked column is in any file, logs and parts among them', async () => {
  const generated = await generateInto('all', allPhases.split(' '))
  expect(generated).toMatchObject({ ok: true })
  const names = await readdir(join(folder, 'all'), { recursive: true })
  const files = names.filter((name) => /\.(jsonl|log)$/.test(name))
  expect(files.length).toBeGreaterThanOrEqual(10)
  for (const name of files) {
    const text = (await readFile(join(folder, 'all', name), 'utf8')).toLowerCase()
    expect(
      secrets.filter((secret) => text.includes(secret.toLowerCase())),
      name,
    ).toEqual([])
  }
}, 120_000)

it('questions name people only where that is allowed', async () => {
  await generateInto('named', ['joins'], 'anonymise_questions: false\n')
  const text = await readFile(join(folder, 'named/joins.jsonl'), 'utf8')
  expect(people.some(([name]) => text.includes(name))).toBe(true)
}, 60_000)

it('the same value has the same stand-in, keys join, and no key is a stored one', async () => {
  await generateInto('keys', ['sample_data'])
  const cells = await cellPairs(await samplesIn('keys'))
  const keys = cells.filter(({ column }) => column.endsWith('.customer_id'))
  expect(new Set(keys.map(({ column }) => column)).size).toBe(2)
  const standIns = new Map(keys.map(({ stored, written }) => [stored, written]))
  expect(standIns.size).toBe(4)
  expect(new Set(standIns.values()).size).toBe(4)
  for (const { stored, written } of keys) expect(written).toBe(standIns.get(stored))
  for (const written of standIns.values()) expect(written).toBeGreaterThan(4)
  const names = cells.filter(({ column }) => column === 'customers.customer_name')
  expect(new Set(names.map(({ stored, written }) => `${stored} ${written}`)).size).toBe(4)
}, 60_000)

it('what is not marked stays, unless numbers are to be moved', async () => {
  await generateInto('plain', ['sample_data'])
  await generateInto('moved', ['sample_data'], 'jitter_numbers: 0.1\n')
  const plain = (await cellPairs(await samplesIn('plain'))).filter(({ column }) =>
    /segment|amount|credit|ordered_on/.test(column),
  )
  expect(plain.length).toBeGreaterThan(50)
  for (const { stored, written } of plain) expect(written).toBe(stored)
  const moved = (await cellPairs(await samplesIn('moved'))).filter(({ column }) =>
    /amount|credit/.test(column),
  )
  for (const { stored, written } of moved) {
    expect(Math.abs(Number(written) - Number(stored))).toBeLessThanOrEqual(Number(stored) * 0.1 + 1)
  }
  const changed = moved.filter(({ stored, written }) => stored !== written)
  expect(changed.length).toBeGreaterThan(moved.length * 0.8)
}, 60_000)

it('finds the marks by names, keys and contents, and takes what is stated instead', async () => {
  const catalog = await database.introspect()
  const found = markColumns(catalog, { 'customers.segment': 'text', 'Customers.Phone': 'none' })
  if (!found.ok) throw new Error(found.message)
  const marks = [
    'customer_id',
    'customer_name',
    'email',
    'phone',
    'address',
    'remark',
    'segment',
    'credit',
  ]
  expect(marks.map((column) => markOf(found.marks, 'customers', column))).toEqual([
    'id',
    'name',
    'email',
    'none',
    'address',
    'text',
    'text',
    'none',
  ])
})

it('a mark of a column that there is not is refused before anything is written', async () => {
  const generated = await generateInto(
    'wrong',
    ['sample_data'],
    'anonymise_columns:\n  customers.nick: name\n',
  )
  expect(generated).toMatchObject({
    ok: false,
    message: 'anonymise_columns: there is no column customers.nick.',
  })
})
