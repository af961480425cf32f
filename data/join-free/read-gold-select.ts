/** Reads one select of hand-written SQL into columns with their tables, joins and filters apart. */
import type { Catalog } from '../catalog.js'
import { findTable } from '../catalog.js'
import type { ColumnScope, Instance } from './column-scope.js'
import { findColumnOf } from './column-scope.js'
import { plainForm } from './gold-forms.js'
import type { GoldSource } from './gold-from.js'
import { readGoldFrom } from './gold-from.js'
import { positionsAsItems, withoutAliases } from './gold-items.js'
import { normaliseLiterals } from './gold-literals.js'
import type { Conjunct } from './join-conditions.js'
import { joinConjuncts, readEquality, splitConjuncts } from './join-conditions.js'
import { JoinFreeError } from './join-free-error.js'
import { outputsOf } from './output-columns.js'
import { qualifyNodes } from './qualify-columns.js'
import type { Clause, SqlNode } from './sql-tree.js'

export interface GoldSelect {
  readonly sources: readonly (GoldSource & { readonly instance: Instance })[]
  /** All but FROM, each column named by its instance's key. */
  readonly clauses: readonly Clause[]
  /** `a.x = b.y` of inner joins, whether written in ON or in WHERE. */
  readonly equalities: readonly Conjunct[]
  /** An outer join: its conditions stay with it. */
  readonly outer: boolean
}

export interface ReadOptions {
  readonly catalog: Catalog
  /** The selects around this one. */
  readonly scope: ColumnScope
  /** Its output columns are read by name. */
  readonly keepAliases: boolean
}

export function readGoldSelect(clauses: readonly Clause[], options: ReadOptions): GoldSelect {
  const from = readGoldFrom(nodesOf(clauses, 'FROM'))
  const withInstances = from.map((source, index) => ({
    ...source,
    instance: instanceOf(source, index, options.catalog),
  }))
  const instances = withInstances.map(({ instance }) => instance)
  const scope = [instances, ...options.scope]
  const columnOf = (node: SqlNode | undefined) => {
    const [table, column] = node?.type === 'name' ? node.parts : []
    const instance = scope.flat().find(({ key }) => key === table?.name)
    return instance && findColumnOf(instance, column?.name ?? '')?.column
  }
  const { items, aliases } = withoutAliases(
    nodesOf(clauses, 'SELECT'),
    (nodes) => qualifyNodes(nodes, { scope, aliases: new Map(), aliasesFirst: false }),
    options.keepAliases,
  )
  const read = (nodes: readonly SqlNode[], aliasesFirst: boolean) =>
    normaliseLiterals(qualifyNodes(nodes, { scope, aliases, aliasesFirst }), columnOf)
  const rest = clauses
    .filter(({ keyword }) => !['SELECT', 'FROM', 'WHERE'].includes(keyword))
    .map(({ keyword, nodes }) => {
      const isPositional = keyword === 'ORDER BY' || keyword === 'GROUP BY'
      const named = read(nodes, keyword === 'ORDER BY')
      return { keyword, nodes: isPositional ? positionsAsItems(named, items) : named }
    })
  const outer = from.some(({ join }) => join !== '' && join !== 'join')
  const sources = withInstances.map((source) => ({ ...source, on: read(source.on, false) }))
  const { equalities, filters } = splitJoins(
    [
      ...(outer ? [] : sources.flatMap(({ on }) => splitConjuncts(on))),
      ...splitConjuncts(read(nodesOf(clauses, 'WHERE'), false)),
    ],
    new Set(outer ? [] : instances.map(({ key }) => key)),
  )
  const select = { keyword: 'SELECT', nodes: normaliseLiterals(items, columnOf) }
  const where = filters.length > 0 ? [{ keyword: 'WHERE', nodes: joinConjuncts(filters) }] : []
  return { sources, clauses: plainForm([select, ...where, ...rest]), equalities, outer }
}

function splitJoins(conjuncts: readonly Conjunct[], keys: ReadonlySet<string>) {
  const isJoin = (conjunct: Conjunct) =>
    readEquality(conjunct, (name) => keys.has(name)) !== undefined
  return {
    equalities: conjuncts.filter(isJoin),
    filters: conjuncts.filter((conjunct) => !isJoin(conjunct)),
  }
}

function instanceOf(source: GoldSource, index: number, catalog: Catalog): Instance {
  // No name of a table starts so: a key is never taken for one.
  const key = `\u0000${index}`
  if ('query' in source.origin) {
    const outputs = outputsOf(source.origin.query, catalog)
    return { key, visible: (source.alias ?? key).toLowerCase(), outputs }
  }
  const table = findTable(catalog, source.origin.table)
  if (table === undefined) throw new JoinFreeError(`There is no table "${source.origin.table}".`)
  return { key, visible: (source.alias ?? source.origin.table).toLowerCase(), table, outputs: [] }
}

export function nodesOf(clauses: readonly Clause[], keyword: string): readonly SqlNode[] {
  return clauses.find((clause) => clause.keyword === keyword)?.nodes ?? []
}
