/** Finding the one statement, without an engine. */
import { describe, expect, it } from 'vitest'
import { singleSelect } from '../../../../data/sqlite/single-select.js'

describe('The search for the one statement', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    [' SELECT 1 ; -- that was all', ' SELECT 1 '],
    ['SELECT \';\' AS [a;b], "c;d", `e;f` /* ; */', 'SELECT \';\' AS [a;b], "c;d", `e;f` /* ; */'],
    ["SELECT 'open ; SELECT 2", "SELECT 'open ; SELECT 2"],
  ])('takes %j', (text, sql) => {
    expect(singleSelect(text)).toEqual({ ok: true, sql })
  })

  it('looks at each character once, however many brackets are open', () => {
    const start = performance.now()
    for (let times = 0; times < 10; times += 1) {
      expect(singleSelect(`SELECT ${'['.repeat(19_900)}`)).toMatchObject({ ok: true })
    }
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
