/** Says SQL conditions in words: comparisons, lists, patterns, empties and their combinations. */
import { isSymbol, type SqlNode, wordOf } from '../../data/join-free/sql-tree.js'
import { type SayQuery, sayExpression, unquote } from './expression-words.js'
import { splitAt, splitConditions, textOf } from './sql-expression.js'

const comparisonWords: Readonly<Record<string, string>> = {
  '=': 'is',
  '==': 'is',
  '<>': 'is not',
  '!=': 'is not',
  '>': 'is more than',
  '>=': 'is at least',
  '<': 'is less than',
  '<=': 'is at most',
}

const dateComparisonWords: Readonly<Record<string, string>> = {
  '>': 'is after',
  '>=': 'is on or after',
  '<': 'is before',
  '<=': 'is on or before',
}

export function sayCondition(nodes: readonly SqlNode[], say: SayQuery): string {
  const choices = splitAtOr(nodes)
  if (choices.length > 1) return choices.map((choice) => sayCondition(choice, say)).join(' or ')
  const parts = splitConditions(nodes)
  if (parts.length > 1) return parts.map((part) => sayCondition(part, say)).join(' and ')
  const [first] = nodes
  if (wordOf(first) === 'not') return `it is not so that ${sayCondition(nodes.slice(1), say)}`
  if (first?.type === 'group' && nodes.length === 1) return `(${sayCondition(first.nodes, say)})`
  if (wordOf(first) === 'exists') return sayExists(nodes[1], say)
  return sayComparison(nodes, say) ?? sayWordCondition(nodes, say) ?? sayBare(nodes, say)
}

function splitAtOr(nodes: readonly SqlNode[]): readonly (readonly SqlNode[])[] {
  const parts: SqlNode[][] = [[]]
  for (const node of nodes) {
    if (wordOf(node) === 'or') parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts
}

function sayComparison(nodes: readonly SqlNode[], say: SayQuery): string | undefined {
  const at = nodes.findIndex((node) => node.type === 'text' && comparisonWords[node.text])
  const operator = nodes[at]
  if (at < 1 || operator?.type !== 'text') return undefined
  const left = nodes.slice(0, at)
  const right = nodes.slice(at + 1)
  const [one, other] = [sayExpression(left, say), sayExpression(right, say)]
  if (one === other)
    return `${one}${ofTable(left)} ${comparisonWords[operator.text]} ${other}${ofTable(right)}`
  const words = isDate(right) ? dateComparisonWords : comparisonWords
  const verb = words[operator.text] ?? comparisonWords[operator.text]
  return `${one} ${verb} ${other}`
}

/** Two columns of one name are told apart by their tables. */
function ofTable([node]: readonly SqlNode[]): string {
  const table = node?.type === 'name' ? node.parts.at(-2)?.name : undefined
  return table ? ` of ${table}` : ''
}

function isDate(nodes: readonly SqlNode[]): boolean {
  return nodes.some((node) => node.type === 'text' && /^'\d{4}-\d{2}-\d{2}/.test(node.text))
}

/** BETWEEN, IN, LIKE and IS, each with an optional NOT. */
function sayWordCondition(nodes: readonly SqlNode[], say: SayQuery): string | undefined {
  const at = nodes.findIndex((node) =>
    ['between', 'in', 'like', 'ilike', 'is'].includes(wordOf(node) ?? ''),
  )
  if (at < 1) return undefined
  const word = wordOf(nodes[at])
  const negated = wordOf(nodes[at - 1]) === 'not' || wordOf(nodes[at + 1]) === 'not'
  const subject = sayExpression(nodes.slice(0, wordOf(nodes[at - 1]) === 'not' ? at - 1 : at), say)
  const rest = nodes.slice(wordOf(nodes[at + 1]) === 'not' ? at + 2 : at + 1)
  const not = negated ? ' not' : ''
  if (word === 'is') return sayIs(subject, rest, not)
  if (word === 'in') return `${subject} is${not} ${sayList(rest, say)}`
  if (word === 'between') {
    const and = rest.findIndex((node) => wordOf(node) === 'and')
    const [low, high] = [rest.slice(0, and), rest.slice(and + 1)]
    return `${subject} is${not} between ${sayExpression(low, say)} and ${sayExpression(high, say)}`
  }
  return `${subject} ${sayPattern(rest, negated)}`
}

function sayIs(subject: string, rest: readonly SqlNode[], not: string): string {
  if (wordOf(rest[0]) === 'null') return `${subject} is${not} empty`
  return `${subject} is${not} ${textOf(rest).toLowerCase()}`
}

function sayList([list]: readonly SqlNode[], say: SayQuery): string {
  if (list?.type === 'query') return `in the result of a sub-query (${say(list.query)})`
  const items = list?.type === 'group' ? splitAt(list.nodes, ',') : []
  return `one of ${items.map((item) => sayExpression(item, say)).join(', ')}`
}

function sayPattern(nodes: readonly SqlNode[], negated: boolean): string {
  const [literal] = nodes
  const pattern = literal?.type === 'text' ? unquote(literal.text) : ''
  const core = pattern.replace(/^%|%$/g, '')
  if (!pattern || /[%_]/.test(core))
    return `${negated ? 'does not match' : 'matches'} ${textOf(nodes)}`
  const [starts, ends] = [pattern.startsWith('%'), pattern.endsWith('%')]
  const verbs =
    starts && ends
      ? ['contains', 'contain']
      : starts
        ? ['ends with', 'end with']
        : ends
          ? ['starts with', 'start with']
          : ['is', 'be']
  return `${negated ? `does not ${verbs[1]}` : verbs[0]} "${core}"`
}

function sayExists(node: SqlNode | undefined, say: SayQuery): string {
  return node?.type === 'query'
    ? `a sub-query finds a row (${say(node.query)})`
    : 'a sub-query finds a row'
}

function sayBare(nodes: readonly SqlNode[], say: SayQuery): string {
  const isName = nodes.length === 1 && nodes[0]?.type === 'name'
  if (isName && !isSymbol(nodes[0], '*')) return `${sayExpression(nodes, say)} is true`
  return textOf(nodes)
}
