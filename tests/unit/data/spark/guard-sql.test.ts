/** The gate of words in front of Spark: what it refuses without asking the server, and what it lets through, and how. */
import { describe, expect, it } from 'vitest'
import { checkPlan } from '../../../../data/spark/check-plan.js'
import { guardSql } from '../../../../data/spark/guard-sql.js'
import { allowedSparkSql } from './allowed-spark-sql.js'
import { refusedSparkSql } from './refused-spark-sql.js'

/** As the guard writes it, or its code. */
function guarded(sql: string): string {
  const outcome = guardSql(sql)
  return outcome.ok ? outcome.sql : outcome.failure.code
}

describe('the guard of Spark', () => {
  it('is tried with many attacks, each another, and with questions of people', () => {
    expect(new Set(refusedSparkSql).size).toBe(refusedSparkSql.length)
    expect(refusedSparkSql.length).toBeGreaterThan(120)
    expect(allowedSparkSql.length).toBeGreaterThan(40)
  })

  it('refuses every attack before the server sees a word of it', () => {
    const passed = refusedSparkSql.filter((sql) => !/^sql_(refused|invalid)$/.test(guarded(sql)))
    expect(passed).toEqual([])
  })

  it('lets through what people ask', () => {
    const refused = allowedSparkSql.filter((sql) => !guardSql(sql).ok)
    expect(refused).toEqual([])
  })

  it.each([
    ['SELECT /*+ REPARTITION(9) */ 1 -- x', 'SELECT 1'],
    ['SELECT "a""b", `c``d` FROM t;', 'SELECT `a"b` , `c``d` FROM t'],
    ["SELECT 'it''s \\' --' FROM t", "SELECT 'it''s \\' --' FROM t"],
    ['SELECT a.b>=1', 'SELECT a . b >= 1'],
  ])('writes %s anew as %s', (sql, written) => {
    expect(guarded(sql)).toBe(written)
  })

  it('keeps line breaks of texts out of the plan that is checked', () => {
    expect(guardSql("SELECT 'a\nb\\nc\\\\nd'")).toMatchObject({
      sql: "SELECT 'a\nb\\nc\\\\nd'",
      analysed: "SELECT 'a b c\\\\nd'",
    })
  })

  it('names a function that may have been meant', () => {
    expect(guardSql('SELECT date_formt(a) FROM t')).toMatchObject({
      failure: { code: 'sql_refused', hints: expect.arrayContaining(['date_format']) },
    })
  })
})

describe('the check of a plan', () => {
  const plan = (...lines: string[]) =>
    [
      '== Parsed Logical Plan ==',
      '',
      '== Analyzed Logical Plan ==',
      'a: int',
      ...lines,
      '',
      '== Optimized Logical Plan ==',
      '',
    ].join('\n')

  it('takes known nodes over tables with a name', () => {
    const told = plan(
      'GlobalLimit 5',
      '+- LocalLimit 5',
      '   +- Filter (count(1)#37L > cast(scalar-subquery#32 [] as bigint))',
      '      :  +- Project [0 AS 0#38]',
      '      :     +- OneRowRelation',
      '      +- SubqueryAlias spark_catalog.default.t',
      '         +- Relation spark_catalog.default.t[a#35,b#36] parquet',
    )
    expect(checkPlan(told)).toBeUndefined()
  })

  it.each([
    [plan('Project [a#1]', '+- Relation [a#1] csv')],
    [plan('ScriptTransformation id, [x#1]', '+- OneRowRelation')],
    [plan('DropTable false, false')],
    [plan("Project ['a", 'Relation x.y[', "b' AS c]", '+- DropTable')],
    ['no plan'],
  ])('refuses %j', (told) => {
    expect(checkPlan(told)).toMatchObject({ code: 'sql_refused' })
  })

  it('asks nothing about what stands below a view', () => {
    const told = plan(
      'Project [a#1]',
      '+- SubqueryAlias spark_catalog.default.v',
      '   +- View (`spark_catalog`.`default`.`v`, [a#1])',
      '      +- Whatever its owner wrote',
    )
    expect(checkPlan(told)).toBeUndefined()
    expect(checkPlan(`${plan('View (`v`, [a#1])', '+- x', 'DropTable')}`)).toBeDefined()
  })
})
