/** Template questions on schemas never seen: their SQL runs, finds something, and is about what the words name. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeTemplateQuestions,
  passOfTemplate,
} from '../../../agents/training/make-template-questions.js'
import type { TrainingQuestion } from '../../../agents/training/training-question.js'
import { templates } from '../../../data/generator/templates/all-templates.js'
import { readSchema } from '../../../data/generator/templates/read-schema.js'
import {
  isMany,
  manyOf,
  oneOf,
  readName,
  readNoun,
} from '../../../data/generator/templates/read-words.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import { encodeJoinFree } from '../../../data/join-free/encode-join-free.js'
import {
  type MadeDatabase,
  type MadeTable,
  makeDatabase,
} from '../../../data/training/made-database.js'
import { joinFreeGrammar } from '../../../models/grammar/join-free-grammar.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'

const text = (name: string) => ({ name, type: 'TEXT' }) as const
const whole = (name: string) => ({ name, type: 'INTEGER' }) as const

/** Theatres of cities, their plays, and actors who are cast in them. */
const theatres: readonly MadeTable[] = [
  {
    name: 'City',
    columns: [whole('City_ID'), text('City_Name'), text('Country'), whole('Population')],
    primaryKey: 'City_ID',
    rows: [
      [1, 'Lyon', 'France', 520_000],
      [2, 'Nice', 'France', 340_000],
      [3, 'Graz', 'Austria', 290_000],
      [4, 'Linz', 'Austria', 210_000],
    ],
  },
  {
    name: 'theatres',
    columns: [
      whole('theatre_id'),
      text('name'),
      whole('city_id'),
      whole('openYear'),
      whole('Num_Seats'),
      text('t1x'),
    ],
    primaryKey: 'theatre_id',
    foreignKeys: [{ column: 'city_id', table: 'City', to: 'City_ID' }],
    rows: [
      [1, 'Old House', 1, 1890, 900, 'q'],
      [2, 'New House', 1, 1990, 450, 'q'],
      [3, 'Blue Room', 2, 2004, 120, 'r'],
      [4, 'River Stage', 3, 1990, 450, null],
      [5, 'Hill Stage', 3, 1934, 300, 's'],
    ],
  },
  {
    name: 'play',
    columns: [
      whole('play_id'),
      text('title'),
      text('genre'),
      whole('theatre_id'),
      whole('homeTickets'),
      whole('webTickets'),
      text('critic'),
    ],
    primaryKey: 'play_id',
    foreignKeys: [{ column: 'theatre_id', table: 'theatres', to: 'theatre_id' }],
    rows: [
      [1, 'The Long Winter', 'drama', 1, 300, 120, 'Ana Ruiz'],
      [2, 'A Late Guest', 'comedy', 1, 210, 380, null],
      [3, 'Red Harbour', 'drama', 2, 90, 60, 'Ana Ruiz'],
      [4, 'Two Doors', 'comedy', 3, 40, 55, 'Max Oder'],
      [5, 'Night Train', 'crime', 4, 150, 150, null],
      [6, 'Silent Glass', 'drama', 4, 75, 200, 'Ida Kern'],
    ],
  },
  {
    name: 'actor',
    columns: [whole('actor_id'), text('fname'), text('lname'), whole('age')],
    primaryKey: 'actor_id',
    rows: [
      [1, 'Rosa', 'Blum', 24],
      [2, 'Otto', 'Frei', 61],
      [3, 'Lena', 'Voss', 43],
      [4, 'Paul', 'Adler', 35],
    ],
  },
  {
    name: 'cast_in',
    columns: [whole('actor_id'), whole('play_id')],
    foreignKeys: [
      { column: 'actor_id', table: 'actor', to: 'actor_id' },
      { column: 'play_id', table: 'play', to: 'play_id' },
    ],
    rows: [
      [1, 1],
      [1, 2],
      [1, 6],
      [2, 1],
      [2, 3],
      [3, 4],
      [3, 5],
      [3, 5],
    ],
  },
]

let made: MadeDatabase
let questions: readonly TrainingQuestion[]
const ask = (wishes: { seed?: number; pass?: number; count?: number } = {}) =>
  makeTemplateQuestions({
    name: 'theatres',
    catalog: made.catalog,
    run: made.run,
    count: 600,
    seed: 1,
    pass: 1,
    ...wishes,
  })

beforeAll(async () => {
  made = await makeDatabase(theatres)
  questions = (await ask()).questions
}, 60_000)
afterAll(() => made.close())

const wordingOf = ({ wordings }: TrainingQuestion) => wordings[0].toLowerCase()

describe('template questions', () => {
  it('are as many as were asked for, each once, of nearly every template', () => {
    expect(questions).toHaveLength(600)
    expect(new Set(questions.map(wordingOf)).size).toBe(600)
    const met = new Set(questions.map(({ id }) => id.replace(/^template-1-\d+-/, '')))
    const unmet = templates.map(([name]) => name).filter((name) => !met.has(name))
    expect(unmet.length).toBeLessThan(templates.length * 0.08)
  })

  it('have SQL that completes, runs and finds something', async () => {
    for (const { joinFree, tables } of questions) {
      const completed = completeJoinFree(joinFree, made.catalog)
      if (!completed.ok) throw new Error(`${joinFree}: ${completed.message}`)
      expect(completed.tables).toEqual(tables)
      const outcome = await made.run(completed.sql)
      expect(outcome.ok && outcome.rows.length, joinFree).toBeGreaterThan(0)
    }
  })

  it('say in SQL what the encoder would say', () => {
    for (const { joinFree } of questions) {
      const completed = completeJoinFree(joinFree, made.catalog)
      const encoded = completed.ok && encodeJoinFree(completed.sql, made.catalog)
      expect(encoded).toEqual({ ok: true, joinFree })
    }
  })

  it('ask only for SQL that the grammar of their schema can write', () => {
    const index = createValueIndex(made.catalog)
    const values = questions
      .flatMap(({ wordings }) => index.link(wordings[0]))
      .map(({ column, value }) => ({ ...column, value }))
    const { tables } = made.catalog
    const accepts = gbnfMatcher(joinFreeGrammar({ dialect: 'sqlite', tables, values }))
    const unwritable = questions
      .map(({ joinFree }) => joinFree)
      .filter((sql) => !accepts(` ${sql}`))
    expect(unwritable).toEqual([])
  }, 60_000)

  it('name the columns and values that their SQL is about', () => {
    const schema = readSchema(made.catalog)
    const columns = schema.tables
      .flatMap((table) => table.columns)
      .filter(({ role }) => role !== 'key')
    for (const question of questions) {
      const wording = wordingOf(question)
      const { joinFree } = question
      for (const { sql, words, plural } of columns) {
        if (!new RegExp(`${sql}(?!\\w)`).test(joinFree.replace(/group by [\w., ]+/, ''))) continue
        const counted = words.replace(/^number of /, '')
        const said = [words, plural, counted].some((each) => wording.includes(each))
        const together = /first and last names?/.test(wording) && /^(first|last) name$/.test(words)
        const implied = words === 'name' || words === 'title'
        expect(said || together || implied, `${wording} | ${joinFree} | ${words}`).toBe(true)
      }
      for (const [, value = ''] of joinFree.matchAll(/'%?([^'%]+)%?'/g)) {
        expect(wording).toContain(value.toLowerCase())
      }
      for (const [, number = ''] of joinFree.matchAll(/[<>=] (\d{3,})/g)) {
        expect(wording).toContain(number)
      }
    }
  })

  it('name a table where another has a column of the same words', () => {
    const asked = questions.filter(({ joinFree }) =>
      /^select (City.City_Name|theatres.name)\b/.test(joinFree),
    )
    expect(asked.length).toBeGreaterThan(20)
    const unsaid = asked
      .filter((question) => !/\b(city|cities|theatres?)\b/.test(wordingOf(question)))
      .map(({ wordings }) => wordings[0])
    expect(unsaid).toEqual([])
  })

  it('leave alone what nobody could read, and ids of other tables', () => {
    const all = questions.map(({ joinFree }) => joinFree).join('\n')
    expect(all).not.toContain('t1x')
    expect(all).not.toMatch(
      /select (distinct )?(play\.theatre_id|theatres\.city_id)(?! (where|group|\)|$))[,\s]/m,
    )
  })

  it('show an owner once where several of its rows are found', () => {
    const owners = questions.filter(({ id }) => /-(by child|by grandchild|with any)$/.test(id))
    expect(owners.length).toBeGreaterThan(10)
    for (const { joinFree } of owners) expect(joinFree).toMatch(/^select distinct /)
  })

  it('are the same for the same seed, and others in another pass', async () => {
    const [first, again, later] = [
      await ask({ count: 40 }),
      await ask({ count: 40 }),
      await ask({ count: 40, pass: 2 }),
    ]
    expect(again).toEqual(first)
    const known = new Set(first.questions.map(wordingOf))
    expect(
      later.questions.filter((question) => known.has(wordingOf(question))).length,
    ).toBeLessThan(8)
    expect(later.questions.map(passOfTemplate)).toEqual(Array.from({ length: 40 }, () => 2))
    expect(passOfTemplate({ id: 'train_spider-7' })).toBeUndefined()
  })

  it('are none where no table can be read', async () => {
    const odd = await makeDatabase([
      {
        name: 't1',
        columns: [text('c1'), whole('c2')],
        rows: [
          ['a', 1],
          ['b', 2],
        ],
      },
    ])
    const task = { name: 'odd', catalog: odd.catalog, run: odd.run, count: 5, seed: 1, pass: 1 }
    expect((await makeTemplateQuestions(task)).questions).toEqual([])
    odd.close()
  })
})

describe('words of names', () => {
  it.each([
    ['Num_Employees', 'number of employees'],
    ['deptName', 'department name'],
    ['LName', 'last name'],
    ['number_in_series', 'number in series'],
    ['constructor', 'constructor'],
    ['date_of_birth', 'date of birth'],
  ])('%s is read as %s', (name, words) => {
    expect(readName(name)).toBe(words)
  })

  it.each(['t1', 'pPos', 'HS', 'xcvb', 'col_2', 'most_popular_in', 'end_min'])(
    '%s is not read',
    (name) => {
      expect(readName(name)).toBeUndefined()
    },
  )

  it.each([
    ['singer_in_concert', 'singer in concert', 'singers in concert'],
    ['People', 'person', 'people'],
    ['Ref_Document_Types', 'document type', 'document types'],
    ['courses', 'course', 'courses'],
    ['Addresses', 'address', 'addresses'],
  ])('%s holds a %s, or several %s', (table, noun, plural) => {
    expect(readNoun(table)).toEqual({ noun, plural })
  })

  it('say one of what is meant as one, and know what are many', () => {
    expect(['languages', 'bikes available', 'sales order'].map(oneOf)).toEqual([
      'language',
      'bikes available',
      'sales order',
    ])
    expect(['wheels', 'number of wheels', 'status', 'docks available'].map(isMany)).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('say many of what is counted, and nothing twice', () => {
    expect(['date of birth', 'country', 'points', 'staff', 'child'].map(manyOf)).toEqual([
      'dates of birth',
      'countries',
      'points',
      'staff',
      'children',
    ])
  })
})
