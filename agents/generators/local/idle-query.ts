/** Queries that cannot be what was asked, whatever the data: they repeat their own condition, or contradict themselves. */
import { columnPattern, textPattern } from './join-free-patterns.js'

const literal = String.raw`(?:${textPattern}|-?\d+(?:\.\d+)?)`
const text = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g
/** One that all rows must meet, as long as no other is joined to it by OR. */
const condition = new RegExp(
  `\\b(?:where|and) (${columnPattern}) (=|<>|!=|<=?|>=?) ${literal}`,
  'g',
)
const columns = new RegExp(columnPattern, 'g')
const selected = new RegExp(
  `^select (?:distinct )?((?:${columnPattern}(?:, )?)+)(?= where | from )`,
)

/**
 * `select t.a where t.a = 'x'` tells nothing but "x", and `t.a = 'x' and t.a > 3` holds for nothing, or says one thing twice.
 * Of join-free SQL without sub-queries and OR; of other SQL it is never said.
 */
export function isIdle(joinFree: string): boolean {
  const bare = joinFree.replaceAll(text, 'x')
  if (/\bor\b|\bcase\b|.\bselect\b/.test(bare)) return false
  const compared = [...joinFree.matchAll(condition)].map(([, name = '', sign = '']) => ({
    name,
    sign,
  }))
  const fixed = new Set(compared.filter(({ sign }) => sign === '=').map(({ name }) => name))
  const isTwice = compared.some(
    ({ name }, at) => fixed.has(name) && compared.findIndex((other) => other.name === name) !== at,
  )
  const items = selected.exec(joinFree)?.[1]?.match(columns) ?? []
  return isTwice || (items.length > 0 && items.every((item) => fixed.has(item)))
}
