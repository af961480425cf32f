/** Decides how little of a select's FROM must be said for the completer to find the same joins again. */

import { findTable } from '../catalog.js'
import type { Instance } from './column-scope.js'
import { completeSelect } from './complete-select.js'
import { namesIn } from './conditions.js'
import { tableName } from './from-clauses.js'
import { readFromSources } from './from-sources.js'
import { readGoldFrom } from './gold-from.js'
import { word } from './gold-items.js'
import type { Names } from './instance-names.js'
import { nameChoices } from './instance-names.js'
import type { Conjunct } from './join-conditions.js'
import { joinConjuncts, joinShape, readEquality, splitConjuncts } from './join-conditions.js'
import { JoinFreeError } from './join-free-error.js'
import type { GoldSelect } from './read-gold-select.js'
import { nodesOf } from './read-gold-select.js'
import type { Sources, Surroundings } from './select-scope.js'
import { namedTables, readListed, withOwnCopies } from './select-scope.js'
import type { Clause, NameNode, SqlNode } from './sql-tree.js'

export interface PlacedSelect {
  readonly clauses: readonly Clause[]
  /** The instances, each with its final name as key. */
  readonly instances: readonly Instance[]
  /** What the completer will see around nested queries. */
  readonly visible: Sources
}

/** The long form where no shorter one is completed to the same joins. */
export function placeJoins(select: GoldSelect, surroundings: Surroundings): PlacedSelect {
  const choices = nameChoices(
    select.sources.map(({ instance }) => instance),
    surroundings.catalog,
    takenNames(select, surroundings),
  )
  const { names, clauses } = shortestForm(select, choices, surroundings)
  return {
    clauses,
    instances: select.sources.map(({ instance }) => renamedInstance(instance, names)),
    visible: new Map([...surroundings.outer, ...visibleIn(clauses, surroundings)]),
  }
}

/** What the completer will see of this select from inside its nested queries. */
function visibleIn(clauses: readonly Clause[], surroundings: Surroundings): Sources {
  const from = readFromSources(nodesOf(clauses, 'FROM'))
  const own = withOwnCopies(clauses, from, surroundings)
  const listed = readListed(from, own)
  return new Map([...listed, ...namedTables(clauses, from, listed, own)])
}

/** Names of enclosing selects that this one uses, or that would be taken for theirs. */
function takenNames(
  { clauses }: GoldSelect,
  { catalog, outer }: Surroundings,
): ReadonlySet<string> {
  const written = new Set(
    clauses
      .flatMap(({ nodes }) => namesIn(nodes))
      .map(({ node }) => node.parts[0]?.name.toLowerCase() ?? ''),
  )
  const isTaken = (name: string) => written.has(name) || findTable(catalog, name) === undefined
  return new Set([...outer.keys()].filter(isTaken))
}

function renamedInstance(instance: Instance, names: Names): Instance {
  return { ...instance, key: names.get(instance.key) ?? instance.key }
}

interface Form {
  readonly names: Names
  readonly clauses: readonly Clause[]
}

function shortestForm(
  select: GoldSelect,
  choices: readonly Names[],
  surroundings: Surroundings,
): Form {
  const forms = choices.flatMap((names) => shortForm(select, names, surroundings) ?? [])
  const [best] = [...forms].sort((left, right) => left.said - right.said)
  const names = choices[0] ?? new Map()
  return best ?? { names, clauses: longForm(select, names) }
}

/** Undefined when no list of tables and conditions makes the completer find the joins. */
function shortForm(
  select: GoldSelect,
  names: Names,
  surroundings: Surroundings,
): (Form & { readonly said: number }) | undefined {
  if (select.outer) return undefined
  const own = new Set(names.values())
  const isOwn = (name: string) => own.has(name)
  const wanted = joinShape(
    own,
    select.equalities.flatMap((conjunct) => readEquality(rename(conjunct, names), isOwn) ?? []),
  )
  const formOf = (listed: readonly string[], equalities: readonly Conjunct[]) => {
    const clauses = writeClauses(select, names, listed, equalities)
    if (completedShape(clauses, surroundings) !== wanted) return undefined
    return { names, clauses, said: equalities.length + listed.length }
  }
  const lists = listsToTry(select)
  for (const listed of lists) {
    const form = formOf(listed, [])
    if (form !== undefined) return form
  }
  for (const listed of lists) {
    if (formOf(listed, select.equalities) === undefined) continue
    const needed = select.equalities.reduce<readonly Conjunct[]>((kept, equality) => {
      const fewer = kept.filter((other) => other !== equality)
      return formOf(listed, fewer) === undefined ? kept : fewer
    }, select.equalities)
    return formOf(listed, needed)
  }
  return undefined
}

/** Shortest first: tables that no column names may be on the way anyway; then every table. */
function listsToTry({ sources, clauses }: GoldSelect): readonly (readonly string[])[] {
  const named = new Set(
    clauses.flatMap(({ nodes }) => namesIn(nodes)).map(({ node }) => node.parts[0]?.name),
  )
  const keys = sources.map(({ instance }) => instance.key)
  const derived = sources
    .filter(({ origin }) => 'query' in origin)
    .map(({ instance }) => instance.key)
  const silent = keys.filter((key) => !named.has(key) && !derived.includes(key))
  const lists = subsets(silent).map((subset) => inOrder(keys, [...derived, ...subset]))
  return [...lists, keys]
}

function inOrder(keys: readonly string[], chosen: readonly string[]): readonly string[] {
  return keys.filter((key) => chosen.includes(key))
}

/** Fewest first. */
function subsets(keys: readonly string[]): readonly (readonly string[])[] {
  const [first, ...rest] = keys
  if (first === undefined) return [[]]
  const others = subsets(rest)
  const all = [...others, ...others.map((subset) => [first, ...subset])]
  return all.sort((left, right) => left.length - right.length)
}

function writeClauses(
  select: GoldSelect,
  names: Names,
  listed: readonly string[],
  equalities: readonly Conjunct[],
): readonly Clause[] {
  const comma: SqlNode = { type: 'text', kind: 'symbol', text: ',' }
  const from = select.sources
    .filter(({ instance }) => listed.includes(instance.key))
    .flatMap((source, index) => [...(index > 0 ? [comma] : []), ...listedNodes(source, names)])
  return assemble(select, names, from, equalities)
}

function assemble(
  { clauses }: GoldSelect,
  names: Names,
  from: readonly SqlNode[],
  equalities: readonly Conjunct[],
): readonly Clause[] {
  const filters = splitConjuncts(nodesOf(clauses, 'WHERE'))
  const where = joinConjuncts([...equalities, ...filters])
  const rest = clauses.filter(({ keyword }) => keyword !== 'SELECT' && keyword !== 'WHERE')
  return [
    { keyword: 'SELECT', nodes: nodesOf(clauses, 'SELECT') },
    ...(from.length > 0 ? [{ keyword: 'FROM', nodes: from }] : []),
    ...(where.length > 0 ? [{ keyword: 'WHERE', nodes: where }] : []),
    ...rest,
  ].map(({ keyword, nodes }) => ({ keyword, nodes: rename(nodes, names) }))
}

/** A copy needs no alias: its name tells the table. */
function listedNodes(source: GoldSelect['sources'][number], names: Names): readonly SqlNode[] {
  if ('query' in source.origin) return sourceNodes(source, names)
  return [tableName(names.get(source.instance.key) ?? '')]
}

function sourceNodes(
  { origin, instance }: GoldSelect['sources'][number],
  names: Names,
): readonly SqlNode[] {
  const name = names.get(instance.key) ?? ''
  const alias = [word('as'), tableName(name)]
  if ('query' in origin) return [{ type: 'query', query: origin.query }, ...alias]
  const table = instance.table?.name ?? ''
  return name === table ? [tableName(table)] : [tableName(table), ...alias]
}

/** Every source with its alias; the equalities stand at the first join that can say them. */
function longForm(select: GoldSelect, names: Names): readonly Clause[] {
  const seen = new Set<string>()
  let waiting = select.equalities
  const from = select.sources.flatMap((source, index) => {
    seen.add(source.instance.key)
    const ready = waiting.filter(
      (conjunct) => readEquality(conjunct, (key) => seen.has(key)) !== undefined,
    )
    waiting = waiting.filter((conjunct) => !ready.includes(conjunct))
    const on = select.outer ? source.on : joinConjuncts(ready)
    const join =
      index === 0 ? '' : on.length > 0 || source.join !== 'join' ? source.join : 'cross join'
    const words = join.split(' ').filter(Boolean).map(word)
    return [...words, ...sourceNodes(source, names), ...(on.length > 0 ? [word('on'), ...on] : [])]
  })
  return assemble(select, names, from, waiting)
}

function completedShape(
  clauses: readonly Clause[],
  surroundings: Surroundings,
): string | undefined {
  try {
    const completed = completeSelect(clauses, surroundings, (query) => query)
    const sources = readGoldFrom(fromNodes(completed))
    const names = new Set(sources.map(({ origin, alias }) => alias ?? tableOf(origin)))
    const conjuncts = [
      ...sources.flatMap(({ on }) => splitConjuncts(on)),
      ...splitConjuncts(nodesOf(completed, 'WHERE')),
    ]
    return joinShape(
      names,
      conjuncts.flatMap((conjunct) => readEquality(conjunct, (name) => names.has(name)) ?? []),
    )
  } catch (error) {
    if (error instanceof JoinFreeError) return undefined
    throw error
  }
}

function tableOf(origin: ReturnType<typeof readGoldFrom>[number]['origin']): string {
  return 'table' in origin ? origin.table : ''
}

/** FROM and the JOIN clauses after it, as one FROM would say it. */
function fromNodes(clauses: readonly Clause[]): readonly SqlNode[] {
  return clauses.flatMap(({ keyword, nodes }) => {
    if (keyword === 'FROM') return nodes
    const words = keyword.toLowerCase().split(' ')
    return words.at(-1) === 'join' ? [...words.map(word), ...nodes] : []
  })
}

function rename(nodes: readonly SqlNode[], names: Names): readonly SqlNode[] {
  return nodes.map((node) => {
    if (node.type === 'group') return { ...node, nodes: rename(node.nodes, names) }
    return node.type === 'name' ? renamed(node, names) : node
  })
}

function renamed(node: NameNode, names: Names): NameNode {
  const [first, ...rest] = node.parts
  const name = names.get(first?.name ?? '')
  return name === undefined ? node : { ...node, parts: [{ name, quoted: true }, ...rest] }
}
