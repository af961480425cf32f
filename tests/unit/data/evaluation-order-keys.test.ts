/** How a gold with ORDER BY is rewritten so that its ties show. */
import { describe, expect, it } from 'vitest'
import { isOrdered, withOrderKeys } from '../../../data/evaluation/order-keys.js'

describe('order keys of a gold', () => {
  it('move into the select list, and the limit is told apart', () => {
    expect(
      withOrderKeys('SELECT name FROM t ORDER BY size DESC NULLS LAST, lower(name, 1) LIMIT 5'),
    ).toEqual({
      sql: 'SELECT name, size, lower(name, 1) FROM t ORDER BY size DESC NULLS LAST, lower(name, 1)',
      keyCount: 2,
      limit: 5,
    })
  })

  it('are looked for at the outer level only', () => {
    const inner = 'SELECT name FROM (SELECT name FROM t ORDER BY size LIMIT 3)'
    expect(withOrderKeys(inner)).toBeUndefined()
    expect(withOrderKeys("SELECT name FROM t WHERE note = 'x order by y limit 3'")).toBeUndefined()
    expect(
      withOrderKeys("SELECT extract(year FROM day) FROM t WHERE a = ')' ORDER BY sum(b);"),
    ).toEqual({
      sql: "SELECT extract(year FROM day), sum(b) FROM t WHERE a = ')' ORDER BY sum(b)",
      keyCount: 1,
    })
  })

  it('are left alone where a further column would change the meaning', () => {
    expect(withOrderKeys('SELECT DISTINCT name FROM t ORDER BY name')).toBeUndefined()
    expect(withOrderKeys('SELECT a FROM t UNION SELECT b FROM u ORDER BY a')).toBeUndefined()
    expect(withOrderKeys('SELECT a, b FROM t ORDER BY 2')).toBeUndefined()
    expect(withOrderKeys('SELECT a FROM t ORDER BY b LIMIT 5 OFFSET 5')).toBeUndefined()
  })

  it('make the order count by the words alone, as the official evaluator has it', () => {
    expect(isOrdered('select a from t order  by a')).toBe(true)
    expect(isOrdered('SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 1)')).toBe(true)
    expect(isOrdered('SELECT border FROM t')).toBe(false)
  })
})
