/** Explains a SELECT step by step in plain words, read from its parse tree and nothing else. */
import type { Query, SqlNode } from '../../data/join-free/sql-tree.js'
import { sayCondition } from './condition-words.js'
import { sayExpression } from './expression-words.js'
import { humanise, sentenceCase, shorten } from './humanise.js'
import { joinWords } from './join-words.js'
import { readSqlShape, shapeOf } from './read-sql-shape.js'
import type { Expression, SelectItem, SelectShape, Source, SqlShape } from './sql-shape.js'

/** A longer step would no longer be read. */
const maxStepLength = 400

const setWords: Readonly<Record<string, string>> = {
  union: 'Put the rows of both together, each different row once',
  'union all': 'Put the rows of both together',
  intersect: 'Keep only rows that both have',
  except: 'Take away the rows of the second from those of the first',
}

/** One sentence per step, in the order the steps happen; empty when the text is no single SELECT. */
export function explainSql(sql: string): readonly string[] {
  const shape = readSqlShape(sql)
  return shape ? explainShape(shape).map((step) => shorten(`${step}.`, maxStepLength)) : []
}

function explainShape(shape: SqlShape): readonly string[] {
  return [
    ...shape.common.map(({ name, query }) => `First prepare ${name}: ${sayShape(query)}`),
    ...shape.selects.flatMap((select, index) => [
      ...explainSelect(select),
      ...(index > 0 ? [setStep(shape.operators[index - 1])] : []),
    ]),
    ...orderStep(shape),
    ...limitStep(shape),
  ]
}

/** A sub-query in one line. */
function sayQuery(query: Query): string {
  return sayShape(shapeOf(query))
}

function sayShape(shape: SqlShape): string {
  return explainShape(shape)
    .map((step) => step.charAt(0).toLowerCase() + step.slice(1))
    .join('; ')
}

function explainSelect(select: SelectShape): readonly string[] {
  return [
    ...select.sources.map((source, index) => sourceStep(source, index, select.sources)),
    ...conditionStep('Keep only rows where', select.filters),
    ...groupStep(select),
    ...conditionStep('Keep only groups where', select.having),
    ...itemStep(select),
  ]
}

function sourceStep(source: Source, index: number, sources: readonly Source[]): string {
  const name = source.query
    ? `the result of a sub-query (${sayShape(source.query)})`
    : (source.table ?? '')
  if (index === 0)
    return source.query ? `Start from ${name}` : `Read ${called(name, source, sources)}`
  if (source.conditions.length === 0) {
    return source.join === 'cross' ? `Combine with every row of ${name}` : `Join ${name}`
  }
  const keep = {
    left: ', keeping rows without a match',
    right: `, keeping all of ${name}`,
    full: ', keeping rows of both without a match',
  }
  const kept = keep[source.join as keyof typeof keep] ?? ''
  return `Join ${called(name, source, sources)} ${sayMatch(source, sources)}${kept}`
}

function called(name: string, { alias, table }: Source, sources: readonly Source[]): string {
  const twice = sources.filter((source) => source.table === table).length > 1
  return alias && twice ? `${name} as ${alias}` : name
}

/** `on region id` when both sides are called so, else `where … is …`. */
function sayMatch({ conditions }: Source, sources: readonly Source[]): string {
  const keys = conditions.map(({ nodes }) => equalNames(nodes))
  if (keys.every((key) => key !== undefined && key.left.column === key.right.column)) {
    return `on the same ${joinWords(keys.map((key) => humanise(key?.left.column ?? '')))}`
  }
  const tableOf = (name: string) => tableBehind(name, sources)
  const said = conditions.map(({ nodes }, index) => {
    const key = keys[index]
    if (!key) return sayCondition(nodes, sayQuery)
    const [left, right] = [key.left, key.right].map(
      ({ table, column }) => humanise(column) + (table && ` of ${tableOf(table)}`),
    )
    return `${left} is ${right}`
  })
  return `where ${joinWords(said)}`
}

/** The table behind an alias, unless the table is read twice and only the alias tells which. */
function tableBehind(name: string, sources: readonly Source[]): string {
  const source = sources.find(({ alias }) => alias?.toLowerCase() === name.toLowerCase())
  const twice = sources.filter(({ table }) => table === source?.table).length > 1
  return twice ? name : (source?.table ?? name)
}

function equalNames(nodes: readonly SqlNode[]) {
  const [only] = nodes
  if (nodes.length === 1 && only?.type === 'group') return equalNames(only.nodes)
  const [left, equals, right] = nodes
  const isUsing = nodes.length === 1 && left?.type === 'name'
  if (isUsing) return { left: nameOf(left), right: nameOf(left) }
  const isEqual = nodes.length === 3 && equals?.type === 'text' && equals.text === '='
  if (!isEqual || left?.type !== 'name' || right?.type !== 'name') return undefined
  return { left: nameOf(left), right: nameOf(right) }
}

function nameOf({ parts }: Extract<SqlNode, { type: 'name' }>) {
  return { table: parts.at(-2)?.name ?? '', column: parts.at(-1)?.name ?? '' }
}

function conditionStep(lead: string, conditions: readonly Expression[]): readonly string[] {
  if (conditions.length === 0) return []
  return [`${lead} ${joinWords(conditions.map(({ nodes }) => sayCondition(nodes, sayQuery)))}`]
}

function groupStep({ groupBy }: SelectShape): readonly string[] {
  if (groupBy.length === 0) return []
  return [
    `Group the rows by ${joinWords(groupBy.map(({ nodes }) => sayExpression(nodes, sayQuery)))}`,
  ]
}

function itemStep({ items, groupBy, distinct }: SelectShape): readonly string[] {
  const computed = items.filter(({ aggregated }) => aggregated)
  if (computed.length > 0) {
    const lead = groupBy.length > 0 ? 'For each group, compute' : 'Compute'
    return [`${lead} ${joinWords(computed.map(sayItem))}`]
  }
  if (items.length === 0) return []
  const shown = joinWords(items.map(sayItem))
  return [distinct ? `Show each different ${shown} once` : `Show ${shown}`]
}

function sayItem({ nodes, alias }: SelectItem): string {
  const said =
    nodes.length === 1 && nodes[0]?.type === 'text' && nodes[0].text === '*'
      ? 'all columns'
      : sayExpression(nodes, sayQuery)
  const name = alias ? humanise(alias) : ''
  return name === '' || said.endsWith(name) ? said : `${said} as ${name}`
}

function setStep(operator: string | undefined): string {
  return setWords[operator ?? ''] ?? `Combine both by ${operator}`
}

function orderStep({ orderBy, selects }: SqlShape): readonly string[] {
  if (orderBy.length === 0) return []
  const items = selects[0]?.items ?? []
  const said = orderBy.map(({ nodes, text, descending }) => {
    const item = /^\d+$/.test(text) ? items[Number(text) - 1] : undefined
    const named = item ?? items.find(({ alias }) => alias?.toLowerCase() === text.toLowerCase())
    const name = item?.alias ? humanise(item.alias) : sayExpression(item?.nodes ?? nodes, sayQuery)
    const ranks = named?.aggregated || /\(/.test(text)
    if (ranks) return `${name}, ${descending ? 'highest first' : 'lowest first'}`
    return `${name} in ${descending ? 'descending' : 'ascending'} order`
  })
  return [`Sort by ${said.join(', then by ')}`]
}

function limitStep({ limit, offset }: SqlShape): readonly string[] {
  const skip = offset ? [`Skip the first ${offset} rows`] : []
  if (!limit) return skip
  return [
    ...skip,
    limit === '1' ? 'Return only the first row' : `Return at most ${limit} rows`,
  ].map(sentenceCase)
}
