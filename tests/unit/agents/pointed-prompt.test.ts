/** Prompts by pointers: nothing is lost on the way to them and back, and the grammar can write every answer. */
import { beforeAll, describe, expect, it } from 'vitest'
import { readNames } from '../../../agents/entities/read-names.js'
import { localPrompt } from '../../../agents/generators/local/local-prompt.js'
import { pointPrompt } from '../../../agents/generators/pointers/pointed-prompt.js'
import { pointAtWords } from '../../../agents/generators/pointers/question-pointers.js'
import { pointAtSchema } from '../../../agents/generators/pointers/schema-pointers.js'
import { buildPacks } from '../../../agents/training/build-packs.js'
import type { TrainingDatabase } from '../../../agents/training/training-question.js'
import { makeDatabase } from '../../../agents/training/warehouses/make-databases.js'
import type { Catalog, Column } from '../../../data/catalog.js'
import { joinFreeGrammar } from '../../../models/grammar/join-free-grammar.js'
import { gbnfMatcher } from '../../support/gbnf-matcher.js'

const countTokens = (text: string) => text.split(/\s+/).length
const germany = {
  start: 22,
  end: 28,
  phrase: 'German',
  column: { table: 'customers', column: 'country' },
  value: 'Germany',
  similarity: 0.9,
}

describe('the words of a question', () => {
  const words = pointAtWords('How many orders have GERMAN customers in "New York"?', [
    { ...germany, start: 21, end: 27 },
  ])

  it('stand behind a pointer each, in lower case', () => {
    expect(words.text()).toContain('xa how xb many')
    expect(words.text()).toContain('xd have ja german')
  })

  it('have pointers of another kind where they begin with a capital that tells something', () => {
    const named = pointAtWords('Which Harbour does Ada Lind run?', [])
    expect(named.text()).toBe('xa which ja harbour xb does jb ada jc lind xc run xd ?')
    expect(named.spell(named.point('Ada Lind'))).toBe('Ada Lind')
    expect(pointAtWords('WHO RUNS YSTAD?', []).text()).toBe('xa who xb runs xc ystad xd ?')
  })

  it('are parted from what makes them possessive', () => {
    const owned = pointAtWords("O'Hara's and the dogs' bowls", [])
    expect(owned.text()).toBe("xa o'hara xb 's xc and xd the xe dogs xf ' xg bowls")
  })

  it('are pointed at by what they spell and by what they were linked with', () => {
    expect(words.point('Germany')).toBe('ja')
    expect(words.spell('ja')).toBe('Germany')
    expect(words.spell(words.point('new york'))).toBe('New York')
    expect(words.spell(words.point('%New York%'))).toBe('%New York%')
  })

  it('leave texts that the question does not hold', () => {
    expect(words.point('cancelled')).toBe('cancelled')
    expect(words.spell('cancelled')).toBe('cancelled')
    expect(words.spell('zz-xa')).toBe('zz-xa')
    expect(words.spell('xe-xa')).toBe('xe-xa')
  })

  it('are spelled where a question has more of them than there are pointers', () => {
    const long = pointAtWords(`${'so '.repeat(100)}what about Lisbon`, [])
    expect(long.point('Lisbon')).toBe('Lisbon')
    expect(long.text()).toContain('what about Lisbon')
  })
})

describe('a question by pointers', () => {
  const column = (name: string): Column => {
    return { name, type: 'TEXT', kind: 'text', nullable: true, unique: false, samples: [] }
  }
  const catalog: Catalog = {
    dialect: 'duckdb',
    tables: [
      {
        name: 'customers',
        columns: [column('first_name'), column('country')],
        primaryKey: [],
        rowCount: 2,
      },
    ],
    relationships: [],
    version: '1',
  }
  const question = 'First names of German customers'
  const links = [{ ...germany, start: 15, end: 21 }]
  const items = readNames({ question, catalog, valueLinks: links, asOf: '2025-12-31' })
  const { form } = pointPrompt({ question, links }, catalog, pointAtSchema())

  it('notes behind its words what they name and where they are stored', () => {
    const { suffix } = localPrompt({ catalog, question, items, links }, countTokens, form)
    expect(suffix).toBe(
      '⟦question⟧xa first xb names = za.qaa xc of ja german @ za.qab xd customers = za⟦sql⟧',
    )
  })

  it('lists first what it says in other words', () => {
    const asked = {
      question: 'What are German ones called?',
      links: [{ ...germany, start: 9, end: 15 }],
    }
    const other = pointPrompt(asked, catalog, pointAtSchema())
    const task = { ...asked, catalog, items }
    const { suffix } = localPrompt(task, countTokens, other.form)
    expect(suffix).toBe(
      '⟦question⟧Names: za.qaa, za\nxa what xb are ja german @ za.qab xc ones xd called xe ?⟦sql⟧',
    )
  })
})

describe('made training databases by pointers', () => {
  const made: TrainingDatabase[] = []

  beforeAll(async () => {
    for (const index of [0, 61]) {
      made.push((await makeDatabase({ seed: 3, pass: 1, questions: 30, index })).database)
    }
  }, 60_000)

  function pointed({ catalog, questions, linkValues }: TrainingDatabase) {
    return questions.map(({ wordings: [question], joinFree }) => {
      const links = linkValues(question)
      const prompt = pointPrompt({ question, links }, catalog, pointAtSchema())
      const tables = prompt.tables(catalog.tables)
      return { joinFree, prompt, tables, written: prompt.toPointers(joinFree) }
    })
  }

  /** Conditions that all must hold. */
  function inAnyOrder(sql: string) {
    const [before = '', where = '', ...after] = sql.split(/( where .*?)(?=\)|$| group | order )/)
    return [before, where.replace(' where ', '').split(' and ').toSorted(), ...after]
  }

  it('come back as the SQL that they were, but for the order of conditions', () => {
    for (const database of made) {
      for (const { joinFree, prompt, written } of pointed(database)) {
        const back = prompt.toNames(written).toLowerCase()
        expect(inAnyOrder(back)).toEqual(inAnyOrder(joinFree.toLowerCase()))
        if (joinFree !== 'none') expect(written).not.toBe(joinFree)
      }
    }
  })

  it('have answers that the grammar over pointers can write', () => {
    for (const database of made) {
      const all = pointed(database)
      const tables = all[0]?.tables ?? []
      const accepts = gbnfMatcher(
        joinFreeGrammar({ dialect: 'duckdb', tables, values: [], valueFirst: true }),
      )
      // All share one schema, which is pointed at in the same order.
      const refused = all
        .map(({ written }) => written)
        .filter((sql) => sql !== 'none' && !accepts(` ${sql}`))
      expect(refused).toEqual([])
    }
  }, 60_000)

  it('name no table or column in what a model reads or writes', () => {
    const [database] = made
    if (!database) throw new Error('nothing was made')
    const packs = buildPacks(database, {
      seed: 1,
      pass: 1,
      varied: true,
      pointed: true,
      countTokens,
    })
    const [pack] = packs
    expect(pack?.prefix).toMatch(/^⟦schema⟧\w+\nz[a-z] /)
    for (const { rows } of packs) {
      for (const { suffix, target } of rows) {
        expect(suffix).toMatch(/^⟦question⟧[\s\S]*⟦sql⟧$/)
        expect(target).toMatch(/^ (none$|select )/)
        expect(target).not.toMatch(/\b(?!t\b|z[a-z])[a-z]\w*\.(?!value|first|second|position)\w/)
      }
    }
    const again = buildPacks(database, {
      seed: 2,
      pass: 1,
      varied: true,
      pointed: true,
      countTokens,
    })
    expect(again[0]?.prefix).not.toBe(pack?.prefix)
  })
})

describe('the columns that a question spells in full', () => {
  const column = (name: string): Column => {
    return { name, type: 'TEXT', kind: 'text', nullable: true, unique: false, samples: [] }
  }
  const asked = (names: readonly string[], question: string) => {
    const catalog: Catalog = {
      dialect: 'sqlite',
      tables: [{ name: 'records', columns: names.map(column), primaryKey: [], rowCount: 0 }],
      relationships: [],
      version: '1',
    }
    const pointed = pointPrompt(
      { question, links: [] },
      catalog,
      pointAtSchema((list) => list),
    )
    const items = readNames({ question, catalog, valueLinks: [], asOf: '2020-01-01' })
    const task = { catalog, question, links: [] }
    const textOf = (task: Parameters<typeof localPrompt>[0]) =>
      localPrompt(task, countTokens, pointed.form).suffix
    return { named: textOf({ ...task, items }), unnamed: textOf(task) }
  }

  it('are noted with their numbers and signs, and not what shares a word with them', () => {
    const parts = ['Part 1', 'Part 2', 'Part 3', 'Change (%)']
    const { named } = asked(parts, 'Which part 1 has a part #3 of "sufun" and a change of 2?')
    expect(named).toContain('xb part xc 1 = za.qaa xd has')
    expect(named).toContain('xf part xg # xh 3 = za.qac xi of')
    expect(named).toMatch(/change = za\.qad/)
    expect(named).not.toContain('qab')
  })

  it('are noted behind their words where a sign stands between them', () => {
    const { named } = asked(['Player', 'School/Club Team'], 'Which school/club team had Lind?')
    expect(named).toContain('xb school xc / xd club xe team = za.qab')
    expect(named).not.toContain('Names:')
  })

  it('are not noted where no names are to be shown', () => {
    const { unnamed } = asked(['Part 1', 'Part 2'], 'What is part 2 of ten?')
    expect(unnamed).not.toContain('za.qab')
  })
})
