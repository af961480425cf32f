/** Writes FROM and JOIN clauses for the tables a select needs. */
import type { Catalog, ColumnReference, Relationship } from '../catalog.js'
import type { ConnectedTables } from './connect-tables.js'
import { connectTables } from './connect-tables.js'
import { JoinFreeError } from './join-free-error.js'
import type { Clause, NameNode, SqlNode } from './sql-tree.js'
import type { StatedJoin } from './stated-joins.js'

export interface NeededSources {
  readonly catalog: Catalog
  readonly rankedTables: readonly string[]
  /** `table.column` in lower case, for every column the select names. */
  readonly namedColumns: ReadonlySet<string>
  /** Catalog tables by their own names. */
  readonly tables: readonly string[]
  /** Sub-queries and common tables, which no key connects. */
  readonly others: readonly { readonly name: string; readonly nodes: readonly SqlNode[] }[]
  readonly conditions: readonly ReadonlySet<string>[]
  readonly equalities: readonly StatedJoin[]
}

interface Part {
  readonly names: readonly string[]
  readonly first: readonly SqlNode[]
  readonly joins: readonly Clause[]
}

/** Throws a JoinFreeError naming two tables that neither a key nor a condition connects. */
export function writeFromClauses(needed: NeededSources): readonly Clause[] {
  const { catalog, tables, others, conditions } = needed
  const connected = connectTables(catalog, tables, needed)
  const parts = [
    ...connected.map((part) => writePart(part)),
    ...others.map(({ name, nodes }): Part => ({ names: [name], first: nodes, joins: [] })),
  ]
  return linkParts(parts, conditions).flatMap((part, index) => [
    { keyword: index === 0 ? 'FROM' : 'CROSS JOIN', nodes: part.first },
    ...part.joins,
  ])
}

/** Joins for tables that a long-form FROM forgot, from those of its tables that `visible` names. */
export function writeFurtherJoins(
  needed: NeededSources,
  visible: ReadonlyMap<string, string>,
): readonly Clause[] {
  const { catalog, tables, conditions } = needed
  if (tables.length === 0) return []
  const [first, ...rest] = connectTables(catalog, tables, {
    ...needed,
    // Aliases of the long form may stand for one table twice: what they state is not about tables.
    equalities: [],
    connected: [...visible.keys()],
  })
  const joined = new Set(visible.keys())
  const joins = (first?.relationships ?? []).map((relationship) =>
    writeJoin(relationship, joined, visible),
  )
  const names = [...visible.values(), ...joined]
  const parts = [{ names, first: [], joins }, ...rest.map((part) => writePart(part))]
  return linkParts(parts, conditions).flatMap((part, index) => [
    ...(index === 0 ? [] : [{ keyword: 'CROSS JOIN', nodes: part.first }]),
    ...part.joins,
  ])
}

/** Starts at the table with the most detail, so that each join looks up what a row belongs to. */
function writePart({ tables, relationships }: ConnectedTables): Part {
  const parents = new Set(relationships.map(({ to }) => to.table))
  const root = tables.find((table) => !parents.has(table)) ?? tables[0] ?? ''
  const joined = new Set([root])
  const waiting = [...relationships]
  const joins: Clause[] = []
  while (waiting.length > 0) {
    const index = waiting.findIndex(
      ({ from, to }) => joined.has(from.table) || joined.has(to.table),
    )
    const [relationship] = waiting.splice(Math.max(index, 0), 1)
    if (relationship !== undefined) joins.push(writeJoin(relationship, joined))
  }
  return { names: [...joined], first: [tableName(root)], joins }
}

function writeJoin(
  { from, to, further = [] }: Relationship,
  joined: Set<string>,
  visible: ReadonlyMap<string, string> = new Map(),
): Clause {
  const added = joined.has(from.table) ? to.table : from.table
  joined.add(added)
  const pairs = [{ from: from.column, to: to.column }, ...further]
  const nodes = pairs.flatMap((pair, index) => [
    word(index === 0 ? 'ON' : 'AND'),
    columnName({ table: from.table, column: pair.from }, visible),
    { type: 'text' as const, kind: 'symbol' as const, text: '=' },
    columnName({ table: to.table, column: pair.to }, visible),
  ])
  return { keyword: 'JOIN', nodes: [tableName(added), ...nodes] }
}

/** Orders the parts so that a condition links each to one before it. */
function linkParts(
  parts: readonly Part[],
  conditions: readonly ReadonlySet<string>[],
): readonly Part[] {
  const [first, ...waiting] = parts
  if (first === undefined) return []
  const linked = [first]
  while (waiting.length > 0) {
    const index = waiting.findIndex((part) => linked.some((other) => share(part, other)))
    if (index < 0) throw unconnected(first, waiting[0] ?? first)
    linked.push(...waiting.splice(index, 1))
  }
  return linked

  function share(left: Part, right: Part): boolean {
    return conditions.some((names) => [left, right].every((part) => namesAny(part, names)))
  }
}

function namesAny(part: Part, names: ReadonlySet<string>): boolean {
  return part.names.some((name) => names.has(name.toLowerCase()))
}

function unconnected(left: Part, right: Part): JoinFreeError {
  const [one, other] = [left.names[0] ?? '', right.names[0] ?? '']
  return new JoinFreeError(`No key connects the tables "${one}" and "${other}".`, [
    `Ask about "${one}" and "${other}" one at a time, or say which columns match.`,
  ])
}

export function tableName(table: string): NameNode {
  return { type: 'name', parts: [{ name: table, quoted: true }] }
}

function columnName(
  { table, column }: ColumnReference,
  visible: ReadonlyMap<string, string>,
): NameNode {
  const parts = [visible.get(table) ?? table, column].map((name) => ({ name, quoted: true }))
  return { type: 'name', parts }
}

function word(name: string): NameNode {
  return { type: 'name', parts: [{ name, quoted: false }] }
}
