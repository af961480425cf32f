/** A predicted SQL against gold SQL, by the official rules of Spider and BIRD and on test suites. */
import { describe, expect, it } from 'vitest'
import { equalByBird } from '../../../data/evaluation/bird-rules.js'
import { tolerantCells } from '../../../data/evaluation/compare-cells.js'
import type { Rows } from '../../../data/evaluation/compare-results.js'
import { GoldError, type ScoredDatabase, scoreSql } from '../../../data/evaluation/score-sql.js'
import { equalBySpider, toSpiderSql } from '../../../data/evaluation/spider-rules.js'

/** Gives these rows for these texts, and fails for every other. */
function databaseOf(results: Readonly<Record<string, Rows>>): ScoredDatabase {
  return {
    run: async (sql) => {
      const rows = results[sql]
      return rows ? { ok: true, rows, truncated: false } : { ok: false, message: 'no such table' }
    },
  }
}

const database = databaseOf({ gold: [['a'], ['b']], same: [['b'], ['a']], other: [['a']] })
const score = (predicted: string, golds = ['gold'], input = {}) =>
  scoreSql(predicted, golds, { database, keepDistinct: false, ...input })

describe('scoring', () => {
  it('runs both and says by whose rules the prediction is right', async () => {
    expect(await score('same')).toEqual({ spider: true, bird: true })
    expect(await score('other')).toEqual({ spider: false, bird: false })
    expect(await score('other', ['gold', 'other'])).toEqual({ spider: true, bird: true })
  })

  it('tells why a prediction does not run, and counts it as wrong', async () => {
    expect(await score('nonsense')).toEqual({
      failure: 'no such table',
      spider: false,
      bird: false,
    })
  })

  it('throws when the gold itself does not run', async () => {
    await expect(score('same', ['lost'])).rejects.toThrow(GoldError)
  })

  it('is right on a test suite only when it is right on every variant', async () => {
    const lucky = databaseOf({ gold: [['a']], same: [['a']], other: [['a']] })
    const input = { variants: [lucky, database] }
    expect(await score('same', ['gold'], input)).toMatchObject({ testSuite: true })
    expect(await score('other', ['gold'], { variants: [lucky] })).toMatchObject({ testSuite: true })
    expect(await score('other', ['gold'], input)).toMatchObject({ testSuite: false })
  })

  it('needs one gold SQL that agrees on all variants, not another one on each', async () => {
    const one = databaseOf({ x: [[1]], y: [[2]], found: [[1]] })
    const two = databaseOf({ x: [[1]], y: [[2]], found: [[2]] })
    const input = { database: one, variants: [one, two] }
    expect(await score('found', ['x', 'y'], input)).toMatchObject({ testSuite: false })
  })

  it('never takes a result that was cut off for a right one', async () => {
    const cut: ScoredDatabase = {
      run: async (sql) => ({ ok: true, rows: [['a']], truncated: sql === 'same' }),
    }
    expect(await score('same', ['gold'], { database: cut })).toEqual({ spider: false, bird: false })
  })
})

describe("BIRD's rules", () => {
  it('ignore duplicates and row order, and heed the order of columns', () => {
    expect(equalByBird([[1], [2], [1]], [[2], [1]])).toBe(true)
    expect(equalByBird([[1, 'a']], [['a', 1]])).toBe(false)
    expect(equalByBird([[1]], [[1], [2]])).toBe(false)
    expect(equalByBird([[3]], [[4]], tolerantCells)).toBe(false)
    expect(equalByBird([[0.1 + 0.2], [7]], [[7], [0.3], [0.3]], tolerantCells)).toBe(true)
  })
})

describe("Spider's rules", () => {
  it('heed row order when ORDER BY stands anywhere in the gold', () => {
    const [predicted, gold] = [[[1], [2]] as const, [[2], [1]] as const]
    expect(equalBySpider(predicted, gold, 'SELECT a FROM t')).toBe(true)
    expect(equalBySpider(predicted, gold, 'SELECT a FROM t ORDER BY a')).toBe(false)
  })

  it('tell text from number, as Python does', () => {
    expect(equalBySpider([['1']], [[1]], '')).toBe(false)
    expect(equalBySpider([[1.0]], [[1]], '')).toBe(true)
  })

  it('take DISTINCT out, but not of what is quoted, and cut at a semicolon', () => {
    const spider = (sql: string) => toSpiderSql(sql, { keepDistinct: false })
    expect(spider("SELECT DISTINCT a FROM t WHERE b = 'distinct; x'; DROP TABLE t")).toBe(
      "SELECT  a FROM t WHERE b = 'distinct; x'",
    )
    expect(spider('SELECT is_distinct FROM t')).toBe('SELECT is_distinct FROM t')
    expect(toSpiderSql('SELECT DISTINCT a', { keepDistinct: true })).toBe('SELECT DISTINCT a')
  })

  it('join operators that were taken apart, and set this year to 2020', () => {
    expect(toSpiderSql('a > = 1 AND b ! = YEAR(CURDATE())', { keepDistinct: true })).toBe(
      'a >= 1 AND b != 2020',
    )
  })
})
