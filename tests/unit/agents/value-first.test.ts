/** Conditions with the value in front, and back. */
import { describe, expect, it } from 'vitest'
import { putColumnsFirst, putValuesFirst } from '../../../agents/generators/pointers/value-first.js'

const nowhere = () => undefined
const places: Readonly<Record<string, number>> = { "'xb'": 1, "'xf-xg'": 5, '7': 9 }
const placed = (literal: string) => places[literal]

describe('a value before its column', () => {
  it.each([
    ["select za.qaa where za.qab = 'xb'", "select za.qaa where 'xb' = za.qab"],
    ['select za.qaa where za_2.qab > -7.5', 'select za.qaa where -7.5 < za_2.qab'],
    [
      "select za.qaa where (za.qab <= 7 or za.qac != 'it''s')",
      "select za.qaa where (7 >= za.qab or 'it''s' != za.qac)",
    ],
    [
      "select za.qaa where za.qab in (select zb.qac where zb.qad = 'xb') and za.qae < 7",
      "select za.qaa where za.qab in (select zb.qac where 'xb' = zb.qad) and 7 > za.qae",
    ],
    [
      'select sum(case when za.qab = 1 then 1 else 0 end)',
      'select sum(case when 1 = za.qab then 1 else 0 end)',
    ],
  ])('turns %s', (sql, turned) => {
    expect(putValuesFirst(sql, nowhere)).toBe(turned)
    expect(putColumnsFirst(turned)).toBe(sql)
  })

  it.each([
    "select za.qaa where za.qab >= '2024-01-01' and za.qab < '2024-02'",
    'select za.qaa where za.qab = zb.qac',
    'select za.qaa where za.qab > 2 * za.qac',
    'select za.qaa where za.qab + za.qac > 5',
    "select za.qaa where za.qab between 3 and 5 and za.qac like '%xb%'",
    "select za.qaa where za.qab in ('where za.qac = 5', 'xb')",
    'select za.qaa group by za.qaa having count(*) > 3',
    'select t.first from (select za.qaa as first) as t where t.position <= 3',
  ])('leaves %s', (sql) => {
    expect(putValuesFirst(sql, nowhere)).toBe(sql)
    expect(putColumnsFirst(sql)).toBe(sql)
  })

  it('leaves what a text says', () => {
    const said = "select za.qaa where 'where 5 = za.qab' = za.qac"
    expect(putColumnsFirst(said)).toBe("select za.qaa where za.qac = 'where 5 = za.qab'")
    expect(putColumnsFirst('select za.qaa where 5 = za.qab + 3')).toContain('5 = za.qab + 3')
  })

  it('stands in the order of the question, where all conditions must hold', () => {
    const asked = "where za.qac = 'cancelled' and za.qad = 7 and za.qae = 'xf-xg' and za.qab = 'xb'"
    expect(putValuesFirst(`${asked} order by za.qaa`, placed)).toBe(
      "where 'xb' = za.qab and 'xf-xg' = za.qae and 7 = za.qad and 'cancelled' = za.qac order by za.qaa",
    )
    const either = "where za.qad = 7 or za.qab = 'xb'"
    expect(putValuesFirst(either, placed)).toBe("where 7 = za.qad or 'xb' = za.qab")
    const mixed = "where za.qad = 7 and (za.qab = 'xb' or za.qac = 'xb')"
    expect(putValuesFirst(mixed, placed)).toBe(
      "where 7 = za.qad and ('xb' = za.qab or 'xb' = za.qac)",
    )
  })
})
