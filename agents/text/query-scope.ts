/** Says in a few words which rows a query is about: the values and periods of its filters. */
import { type SqlNode, wordOf } from '../../data/join-free/sql-tree.js'
import { sayCondition } from './condition-words.js'
import { unquote } from './expression-words.js'
import { formatDate } from './format-value.js'
import { textOf } from './sql-expression.js'
import type { Expression, SqlShape } from './sql-shape.js'

/** Longer scopes are left to the explanation of the SQL. */
const maxScopeParts = 4

/** ` in 2023`, ` (active, 2023)` or nothing; read from the SQL that ran, not from the question. */
export function sayScope(shape: SqlShape | undefined): string {
  const parts = scopeParts(shape)
  if (parts.length === 0 || parts.length > maxScopeParts) return ''
  const [only = ''] = parts
  const isPeriod = /^(?:[A-Z][a-z]+ )?\d{4}$/.test(only)
  return parts.length === 1 && isPeriod ? ` in ${only}` : ` (${parts.join(', ')})`
}

/** Every filter in full words, for answers without rows. */
export function sayFilters(shape: SqlShape | undefined): readonly string[] {
  const filters = shape?.selects[0]?.filters ?? []
  return filters.map(({ nodes }) => sayCondition(nodes, () => 'other rows'))
}

function scopeParts(shape: SqlShape | undefined): readonly string[] {
  const filters = shape?.selects[0]?.filters ?? []
  const bounds = filters.map(dateBound)
  return filters.flatMap((filter, index) => {
    const bound = bounds[index]
    if (!bound) return equalValue(filter) ?? sayCondition(filter.nodes, () => 'other rows')
    const start = bounds.find((other) => other?.column === bound.column && other.starts)
    const end = bounds.find((other) => other?.column === bound.column && !other.starts)
    const period = start && end ? periodLabel(start.date, end.date) : undefined
    if (!period) return sayCondition(filter.nodes, () => 'other rows')
    return bound.starts ? period : []
  })
}

/** `status = 'active'` → `active`, `year(sold_on) = 2023` → `2023`. */
function equalValue({ nodes }: Expression): string | undefined {
  const value = nodes.at(-1)
  const operator = nodes.at(-2)
  const isEqual = operator?.type === 'text' && operator.text === '='
  if (!isEqual || value?.type !== 'text') return undefined
  if (value.kind === 'string') return formatDate(unquote(value.text))
  const isYear = wordOf(nodes[0]) === 'year' || /year/i.test(textOf(nodes.slice(0, -2)))
  return value.kind === 'number' && isYear ? value.text : undefined
}

function dateBound({ nodes }: Expression) {
  const at = nodes.findIndex(
    (node) => node.type === 'text' && (node.text === '>=' || node.text === '<'),
  )
  const date = literalDate(nodes.slice(at + 1))
  if (at < 1 || !date) return undefined
  const [operator] = nodes.slice(at)
  return {
    column: textOf(nodes.slice(0, at)),
    starts: operator?.type === 'text' && operator.text === '>=',
    date,
  }
}

function literalDate(nodes: readonly SqlNode[]): string | undefined {
  const literal = nodes.find((node) => node.type === 'text' && node.kind === 'string')
  const text = literal?.type === 'text' ? unquote(literal.text) : ''
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : undefined
}

/** `2023` or `March 2023` for whole years and months, `2022 to 2024`, else the first and the last day. */
function periodLabel(start: string, end: string): string {
  const [year = 0, month = 0] = start.split('-').map(Number)
  const last = new Date(Date.parse(end) - 86_400_000).toISOString().slice(0, 10)
  const [lastYear = 0] = last.split('-').map(Number)
  if (start.endsWith('-01-01') && last.endsWith('-12-31')) {
    return year === lastYear ? String(year) : `${year} to ${lastYear}`
  }
  const next = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
  if (start.endsWith('-01') && end === next) return formatDate(start).replace(/^1 /, '')
  return start === last ? formatDate(start) : `${formatDate(start)} to ${formatDate(last)}`
}
