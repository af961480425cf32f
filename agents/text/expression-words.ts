/** Says SQL expressions in words; whatever has no words of its own is shown as SQL. */
import { isSymbol, type Query, type SqlNode, wordOf } from '../../data/join-free/sql-tree.js'
import { formatDate } from './format-value.js'
import { humanise } from './humanise.js'
import { splitAt, textOf } from './sql-expression.js'

/** Says a sub-query; handed in by the explainer, which knows how. */
export type SayQuery = (query: Query) => string

const aggregateWords: Readonly<Record<string, string>> = {
  sum: 'the total of',
  avg: 'the average of',
  mean: 'the average of',
  min: 'the lowest',
  max: 'the highest',
  median: 'the median of',
  string_agg: 'a list of',
  list: 'a list of',
}

const operatorWords: Readonly<Record<string, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divided by',
  '//': 'divided by',
  '||': 'joined with',
}

const dateParts = new Set(
  'year quarter month week day hour dayofweek isodow dayname monthname'.split(' '),
)
/** Calls that change how a value looks but not what it is. */
const lookThrough = new Set([
  'round',
  'cast',
  'try_cast',
  'lower',
  'upper',
  'trim',
  'nullif',
  'any_value',
  'date',
])

export function sayExpression(nodes: readonly SqlNode[], say: SayQuery): string {
  const [first, second] = nodes
  if (first === undefined) return ''
  const cast = nodes.findIndex((node) => isSymbol(node, '::'))
  if (cast > 0) return sayExpression(nodes.slice(0, cast), say)
  if (wordOf(first) === 'distinct') return `different ${sayExpression(nodes.slice(1), say)}`
  if (wordOf(first) === 'case') return sayCase(nodes, say)
  if (nodes.some((node) => wordOf(node) === 'over')) return textOf(nodes)
  const operator = nodes.findIndex(
    (node, index) => index > 0 && node.type === 'text' && operatorWords[node.text] !== undefined,
  )
  if (operator > 0) return sayOperation(nodes, operator, say)
  if (nodes.length === 1) return sayNode(first, say)
  if (second?.type === 'group' && nodes.length === 2) return sayCall(nodes, say)
  if (second?.type === 'group' && wordOf(nodes[2]) === 'filter')
    return `${sayCall(nodes.slice(0, 2), say)} of some rows`
  const median = medianOf(nodes)
  if (median) return `the median of ${sayExpression(median, say)}`
  if (second?.type === 'text' && second.kind === 'string' && nodes.length === 2) {
    return formatDate(unquote(second.text))
  }
  return textOf(nodes)
}

function sayOperation(nodes: readonly SqlNode[], at: number, say: SayQuery): string {
  const left = sayExpression(nodes.slice(0, at), say)
  const right = sayExpression(nodes.slice(at + 1), say)
  const [node] = nodes.slice(at)
  return `${left} ${operatorWords[node?.type === 'text' ? node.text : ''] ?? ''} ${right}`
}

function sayNode(node: SqlNode, say: SayQuery): string {
  if (node.type === 'name') return sayName(node.parts.map(({ name }) => name))
  if (node.type === 'query') return `the result of a sub-query (${say(node.query)})`
  if (node.type === 'group') return sayGroup(node.nodes, say)
  return node.kind === 'string' ? sayText(unquote(node.text)) : node.text
}

/** Brackets stay where leaving them out would change what is computed. */
function sayGroup(nodes: readonly SqlNode[], say: SayQuery): string {
  const said = sayExpression(nodes, say)
  const isOperation = nodes.some((node) => node.type === 'text' && operatorWords[node.text])
  return isOperation ? `(${said})` : said
}

function sayName(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  if (last === '*')
    return parts.length > 1 ? `all columns of ${humanise(parts[0] ?? '')}` : 'all columns'
  return humanise(last)
}

function sayText(text: string): string {
  const date = formatDate(text)
  return date === text ? `"${text}"` : date
}

export function unquote(literal: string): string {
  return literal.replace(/^\w?'|'$/g, '').replaceAll("''", "'")
}

function sayCall(nodes: readonly SqlNode[], say: SayQuery): string {
  const name = wordOf(nodes[0]) ?? ''
  const group = nodes[1]
  if (group?.type !== 'group') return textOf(nodes)
  const parts = splitAt(group.nodes, ',')
  const [argument = [], next = []] = parts
  if (name === 'count') return sayCount(argument, say)
  const aggregate = aggregateWords[name]
  if (aggregate) return `${aggregate} ${sayExpression(argument, say)}`
  const part = datePart(name, parts)
  if (part) return `the ${part.name} of ${sayExpression(part.of, say)}`
  if (name === 'coalesce' || name === 'ifnull') {
    return `${sayExpression(argument, say)} (${sayExpression(next, say)} where empty)`
  }
  if (lookThrough.has(name)) return sayExpression(withoutType(argument), say)
  return textOf(nodes)
}

/** PostgreSQL has no name for it: `percentile_cont(0.5) within group (order by x)`. */
function medianOf([name, share, within, , order]: readonly SqlNode[]):
  | readonly SqlNode[]
  | undefined {
  const isHalf = share?.type === 'group' && textOf(share.nodes) === '0.5'
  if (wordOf(name) !== 'percentile_cont' || !isHalf || wordOf(within) !== 'within') return undefined
  return order?.type === 'group' ? order.nodes.slice(2) : undefined
}

function sayCount(argument: readonly SqlNode[], say: SayQuery): string {
  if (argument.length === 0 || isSymbol(argument[0], '*')) return 'the number of rows'
  return `the number of ${sayExpression(argument, say)} values`
}

/** SQLite has no name for weekdays: `case strftime('%w', d) when '0' then 'Sunday' …`. */
function sayCase([, call, group]: readonly SqlNode[], say: SayQuery): string {
  const parts = group?.type === 'group' ? splitAt(group.nodes, ',') : []
  const isWeekday = wordOf(call) === 'strftime' && textOf(parts[0] ?? []) === "'%w'"
  return isWeekday
    ? `the weekday of ${sayExpression(parts[1] ?? [], say)}`
    : 'a value chosen by cases'
}

/** What SQLite's `date(d, …)` makes of a date: `'start of month'` alone, or moved on to a quarter or a week. */
function periodOf(modifiers: string): string | undefined {
  if (modifiers.includes("'start of month'")) return /% 3/.test(modifiers) ? 'quarter' : 'month'
  if (modifiers.includes("'start of year'")) return 'year'
  return modifiers.includes("'weekday 1'") ? 'week' : undefined
}

/** `date_trunc('month', d)`, `extract(month from d)`, `month(d)`, `strftime(d, '%Y-%m')`, `to_char(d, 'YYYY-MM')`, `date(d, 'start of month')`. */
function datePart(name: string, parts: readonly (readonly SqlNode[])[]) {
  const [first = [], second = []] = parts
  const [literal] = first
  if (dateParts.has(name)) return { name, of: first }
  if ((name === 'date_trunc' || name === 'date_part') && literal?.type === 'text') {
    return { name: unquote(literal.text), of: second }
  }
  if (name === 'extract' && wordOf(first[1]) === 'from') {
    return { name: wordOf(literal) ?? '', of: first.slice(2) }
  }
  if (name === 'date') {
    const period = periodOf(parts.slice(1).map(textOf).join(', '))
    return period && { name: period, of: first }
  }
  if (name === 'to_char')
    return { name: /Day/.test(textOf(second)) ? 'weekday' : 'month', of: first }
  if (name !== 'strftime') return undefined
  const pattern = [...first, ...second].find(
    (node) => node.type === 'text' && node.kind === 'string',
  )
  const of = pattern === literal ? second : first
  const text = textOf(pattern ? [pattern] : [])
  const grain = text === "'%w'" ? 'weekday' : /%[md]/.test(text) ? 'month' : 'year'
  return { name: grain, of }
}

/** The `AS type` of a cast. */
function withoutType(nodes: readonly SqlNode[]): readonly SqlNode[] {
  const as = nodes.findIndex((node) => wordOf(node) === 'as')
  return as < 0 ? nodes : nodes.slice(0, as)
}
