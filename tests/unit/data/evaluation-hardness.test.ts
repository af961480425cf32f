/** Spider's grades, checked against what its own evaluator says of the same SQL. */
import { describe, expect, it } from 'vitest'
import { type Hardness, hardnessOf } from '../../../data/evaluation/spider-hardness.js'

/** Graded by `eval_hardness` of the official evaluator on the schema of `department_management`. */
const graded: Readonly<Record<Hardness, readonly string[]>> = {
  easy: ['SELECT name FROM head', 'SELECT name FROM head WHERE age > 50'],
  medium: [
    'SELECT name, age FROM head WHERE age > 50',
    'SELECT born_state, count(*) FROM head GROUP BY born_state',
    'SELECT name FROM head WHERE age > 50 ORDER BY age',
    'SELECT name FROM head WHERE age BETWEEN 40 AND 60 OR age = 70',
    "SELECT T2.name FROM management AS T1 JOIN head AS T2 ON T1.head_id = T2.head_id WHERE T1.temporary_acting = 'Yes'",
  ],
  hard: [
    'SELECT born_state FROM head GROUP BY born_state HAVING count(*) >= 3 ORDER BY count(*) DESC LIMIT 1',
    'SELECT name FROM head WHERE age > (SELECT avg(age) FROM head)',
    'SELECT name FROM head WHERE head_id NOT IN (SELECT head_id FROM management)',
    "SELECT name, age FROM head WHERE age > 50 AND name LIKE '%a%' ORDER BY age",
    'SELECT born_state FROM head WHERE age > 60 UNION SELECT born_state FROM head WHERE age < 40',
    'SELECT max(age) , min(age) , avg(age) FROM head WHERE age > 1 AND age < 90',
  ],
  extra: [
    'SELECT T2.name, count(*) FROM management AS T1 JOIN head AS T2 ON T1.head_id = T2.head_id WHERE T2.age > 50 GROUP BY T2.name ORDER BY count(*) DESC LIMIT 3',
  ],
}

describe('hardness', () => {
  for (const [grade, sqls] of Object.entries(graded)) {
    it(`is ${grade} where the official evaluator says so`, () => {
      expect(sqls.map((sql) => [sql, hardnessOf(sql)])).toEqual(sqls.map((sql) => [sql, grade]))
    })
  }

  it('is not told of what is no SELECT or cannot be read', () => {
    expect(hardnessOf('DELETE FROM head')).toBeUndefined()
    expect(hardnessOf("SELECT name FROM head WHERE name = 'open")).toBeUndefined()
    expect(hardnessOf('')).toBeUndefined()
  })
})
