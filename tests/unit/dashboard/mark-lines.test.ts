/** Which lines of two statements differ. */
import { expect, it } from 'vitest'
import { commonLines, sqlLines } from '../../../src/dashboard/set-up/generators/mark-lines.js'

function marked(sql: string, other: string): readonly string[] {
  const lines = sqlLines(sql)
  const isCommon = commonLines(lines, sqlLines(other))
  return lines.flatMap((line, at) => (isCommon[at] ? [] : line.map(({ text }) => text).join('')))
}

const total = 'SELECT sum(amount) FROM sales'

it('marks nothing where only the way of writing differs', () => {
  expect(marked(total, 'SELECT  sum(amount)\n   FROM sales')).toEqual([])
})

it('marks the lines that the other statement does not have', () => {
  const north = `${total} WHERE region = 'North' ORDER BY 1`
  expect(marked(north, `${total} ORDER BY 1`)).toEqual(["WHERE region = 'North' "])
  expect(marked(`${total} ORDER BY 1`, north)).toEqual([])
})

it('keeps the lines of a text and of comments', () => {
  expect(sqlLines("SELECT 'a\nb'")).toHaveLength(2)
  expect(sqlLines('SELECT 1 -- one\nFROM t')).toHaveLength(2)
})

it('marks nothing in statements of many hundred lines', () => {
  const long = (name: string) =>
    Array.from({ length: 500 }, (_, at) => `${name}${at} --`).join('\n')
  expect(marked(long('a'), long('b'))).toEqual([])
})
