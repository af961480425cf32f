/** Logical forms of WikiSQL: read back from SQL, and compared as the paper compares them. */
import { describe, expect, it } from 'vitest'
import { summariseForms } from '../../../data/evaluation/wikisql/form-report.js'
import { sqlOfForm } from '../../../data/evaluation/wikisql/form-table.js'
import { judgeForm } from '../../../data/evaluation/wikisql/judge-form.js'
import { compareForms, type LogicalForm } from '../../../data/evaluation/wikisql/logical-form.js'
import type { FormQuestion } from '../../../data/evaluation/wikisql/read-form-questions.js'
import { readLogicalForm } from '../../../data/evaluation/wikisql/read-logical-form.js'

const names = ['Player', 'No.', 'School/Club Team', 'Points']
const columns = names.map((name) => ({ name, type: name === 'Points' ? 'real' : 'text' }) as const)
const read = (sql: string) => readLogicalForm(sql, names)

/** Which schools have players above 12 points who wear number 3? */
const gold: LogicalForm = {
  column: 2,
  conditions: [
    { column: 1, operator: '=', value: '3' },
    { column: 3, operator: '>', value: '12' },
  ],
}
const asWritten = `SELECT records."School/Club Team" FROM records WHERE records."No." = '3' AND records."Points" > 12`

function compare(sql: string, to: LogicalForm = gold) {
  return compareForms(to, read(sql))
}

describe('SQL as a logical form', () => {
  it('is one column, its aggregate and conditions', () => {
    expect(read(asWritten)).toEqual({ column: 2, isDistinct: false, conditions: gold.conditions })
    expect(read(`select max(points) as most from records as r where 'Ann' = r.player;`)).toEqual({
      aggregate: 'MAX',
      column: 3,
      isDistinct: false,
      conditions: [{ column: 0, operator: '=', value: 'Ann' }],
    })
    expect(read('SELECT count(*) FROM records')).toEqual({
      aggregate: 'COUNT',
      isDistinct: false,
      conditions: [],
    })
  })

  it('turns a comparison round that begins with its value, and keeps signs and quotes', () => {
    const sql = `SELECT player FROM records WHERE (-3.5 < points) AND player = 'O''Neal'`
    expect(read(sql)?.conditions).toEqual([
      { column: 3, operator: '>', value: '-3.5' },
      { column: 0, operator: '=', value: "O'Neal" },
    ])
  })

  it.each([
    'SELECT player, points FROM records',
    'SELECT points + 1 FROM records',
    'SELECT player FROM records ORDER BY points LIMIT 1',
    'SELECT player FROM records GROUP BY player',
    'SELECT player FROM records UNION SELECT player FROM records',
    'SELECT a.player FROM records AS a JOIN records AS b ON a.points = b.points',
    'WITH t AS (SELECT 1) SELECT player FROM records',
    'SELECT nobody FROM records',
    'SELECT 6',
    'not SQL at all (',
  ])('is none: %s', (sql) => {
    expect(read(sql)).toBeUndefined()
  })

  it.each([
    'points BETWEEN 1 AND 2',
    "player = 'Ann' OR points > 3",
    "player LIKE 'A%'",
    'points >= 3',
    'points = (SELECT max(points) FROM records)',
    'points > points',
    "lower(player) = 'ann'",
    "NOT player = 'Ann'",
  ])('has no conditions to compare, but its column: %s', (where) => {
    const form = read(`SELECT player FROM records WHERE ${where}`)
    expect(form).toMatchObject({ column: 0 })
    expect(form?.conditions).toBeUndefined()
  })
})

describe('logical forms', () => {
  const right = { aggregate: true, column: true, conditions: true, whole: true }

  it('are equal in any order of conditions, in any case of texts, with numbers by what they are worth', () => {
    expect(compare(asWritten)).toMatchObject(right)
    expect(
      compare(`SELECT "school/club team" FROM records WHERE points > 12.0 AND "No." = 3`),
    ).toMatchObject(right)
    const crowd: LogicalForm = {
      column: 0,
      conditions: [
        { column: 3, operator: '=', value: '24,637' },
        { column: 2, operator: '=', value: 'Butler CC (KS)' },
      ],
    }
    const sql = `SELECT player FROM records WHERE "School/Club Team" = 'butler cc (ks) ' AND points = 24637`
    expect(compare(sql, crowd)).toMatchObject(right)
  })

  it('take a condition that is said twice for one', () => {
    expect(compare(`${asWritten} AND records."No." = '3'`)).toMatchObject(right)
  })

  it.each([
    ['aggregate', asWritten.replace('records."School/Club Team"', 'count("School/Club Team")')],
    ['column', asWritten.replace('School/Club Team', 'Player')],
    ['column', asWritten.replace('SELECT ', 'SELECT DISTINCT ')],
    ['conditions', asWritten.replace("'3'", "'33'")],
    ['conditions', asWritten.replace('>', '<')],
    ['conditions', asWritten.replace('"No." =', '"Player" =')],
    ['conditions', asWritten.split(' AND ')[0] ?? ''],
    ['conditions', `${asWritten} AND player = 'Ann'`],
    ['conditions', asWritten.replace(' AND ', ' OR ')],
  ])('differ by the %s alone: %s', (part, sql) => {
    expect(compare(sql)).toMatchObject({ ...right, [part]: false, whole: false })
  })

  it('differ where rows are counted instead of the column, which is told apart', () => {
    const counted: LogicalForm = { aggregate: 'COUNT', column: 0, conditions: [] }
    const strict = { aggregate: true, column: false, whole: false, wholeWithAnyCount: true }
    expect(compare('SELECT count(*) FROM records', counted)).toMatchObject(strict)
    expect(compare('SELECT count(DISTINCT player) FROM records', counted)).toMatchObject(strict)
    expect(compare('SELECT count(points) FROM records', counted).wholeWithAnyCount).toBe(false)
    expect(compare('SELECT count(player) FROM records', counted)).toMatchObject(right)
    expect(
      compare('SELECT DISTINCT player FROM records', { ...counted, aggregate: undefined }).whole,
    ).toBe(false)
  })

  it('come out of SQL as they were put into it', () => {
    const hard: LogicalForm = {
      aggregate: 'AVG',
      column: 3,
      conditions: [
        { column: 0, operator: '=', value: `Shaq "Diesel" O'Neal, AND co.` },
        { column: 3, operator: '<', value: '1-0' },
      ],
    }
    expect(compareForms(hard, read(sqlOfForm(hard, columns)))).toMatchObject(right)
  })
})

describe('a report on logical forms', () => {
  const asked = (id: string, form: LogicalForm): FormQuestion => {
    return { id, tableId: 't', columns, question: 'Who?', gold: form }
  }

  it('counts what is right, by aggregate and number of conditions too', () => {
    const counted: LogicalForm = { aggregate: 'COUNT', column: 0, conditions: [] }
    const questions = [asked('a', gold), asked('b', counted), asked('c', counted), asked('d', gold)]
    const sqls = [asWritten, 'SELECT count(*) FROM records', 'SELECT player, points FROM records']
    const items = questions.map((question, at) => {
      const sql = sqls[at]
      const answer =
        sql === undefined ? { ok: false as const, reason: 'No.' } : { ok: true as const, sql }
      return judgeForm(question, { ...answer, ms: at })
    })
    expect(items.map(({ verdict }) => verdict)).toEqual(['right', 'wrong', 'no_form', 'unanswered'])
    expect(summariseForms(items, questions)).toMatchObject({
      right: { right: 1, total: 4 },
      rightWithAnyCount: { right: 2, total: 4 },
      aggregate: { right: 2 },
      column: { right: 1 },
      conditions: { right: 2 },
      read: { right: 2 },
      unanswered: 1,
      byAggregate: { 'no aggregate': { right: 1, total: 2 }, COUNT: { right: 0, total: 2 } },
      byConditions: { '0 conditions': { total: 2 }, '2 conditions': { right: 1, total: 2 } },
    })
  })
})
