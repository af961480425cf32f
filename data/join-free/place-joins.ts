/** Decides how little of a select's FROM must be said for the completer to find the same joins again. */

import { findTable } from '../catalog.js'
import { isStar } from './aggregation.js'
import type { Instance } from './column-scope.js'
import { completeSelect } from './complete-select.js'
import { namesIn } from './conditions.js'
import { readFromSources } from './from-sources.js'
import { readGoldFrom } from './gold-from.js'
import { word } from './gold-items.js'
import type { Names } from './instance-names.js'
import { nameChoices } from './instance-names.js'
import type { Conjunct } from './join-conditions.js'
import { joinShape, readEquality, splitConjuncts } from './join-conditions.js'
import { longClauses, rename, shortClauses } from './join-forms.js'
import { JoinFreeError } from './join-free-error.js'
import { splitItems } from './list-items.js'
import type { GoldSelect } from './read-gold-select.js'
import { nodesOf } from './read-gold-select.js'
import type { Sources, Surroundings } from './select-scope.js'
import { namedTables, readListed, withOwnCopies } from './select-scope.js'
import type { Clause, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'

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
  return best ?? { names, clauses: longClauses(select, names) }
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
  // Retrieval may rank other tables first: what it then decides must not matter.
  const others = surroundings.catalog.tables.map(({ name }) => name).filter((name) => !isOwn(name))
  const rankings = [[], others]
  const formOf = (listed: readonly string[], equalities: readonly Conjunct[]) => {
    const clauses = shortClauses(select, names, listed, equalities)
    const isFound = rankings.every(
      (rankedTables) => completedShape(clauses, { ...surroundings, rankedTables }) === wanted,
    )
    if (!isFound) return undefined
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
  // What `*` stands for is read off FROM.
  const items = splitItems(nodesOf(clauses, 'SELECT').filter((node) => wordOf(node) !== 'distinct'))
  if (items.some(isStar)) return [keys]
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

// Beyond this many silent tables only none and all of them are tried.
const maxSubsetKeys = 6

/** Fewest first. */
function subsets(keys: readonly string[]): readonly (readonly string[])[] {
  if (keys.length > maxSubsetKeys) return [[], keys]
  const [first, ...rest] = keys
  if (first === undefined) return [[]]
  const others = subsets(rest)
  const all = [...others, ...others.map((subset) => [first, ...subset])]
  return all.sort((left, right) => left.length - right.length)
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
