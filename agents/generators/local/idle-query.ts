/** Queries that cannot be what was asked, whatever the data: they repeat their own condition, or contradict themselves. */

const word = String.raw`(?:"(?:[^"]|"")*"|[A-Za-z_]\w*)`
const column = `${word}\\.${word}`
const literal = String.raw`(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?)`
const text = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g
/** One that all rows must meet, as long as no other is joined to it by OR. */
const condition = new RegExp(`\\b(?:where|and) (${column}) (=|<>|!=|<=?|>=?) ${literal}`, 'g')
const columns = new RegExp(column, 'g')
const selected = new RegExp(`^select (?:distinct )?((?:${column}(?:, )?)+)(?= where | from )`)

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
