/** Walks the parser's tree: every kind of node and part must be on a list, and every table known. */
import type { QueryFailure } from '../database.js'
import { denied, onlySelect, unknownName } from '../guard/refusal.js'
import { nearestNames } from '../join-free/nearest-names.js'
import { allowedNodes, tableParts, tokenParts } from './allowed-nodes.js'
import { type KnownNames, knowsTable } from './known-names.js'

type TreeNode = Readonly<Record<string, unknown>>

const hintCount = 5
const maxNodes = 200_000

export function checkTree(tree: unknown, names: KnownNames): QueryFailure | undefined {
  if (!isNode(tree) || Object.keys(tree).join() !== 'Query') {
    return denied(onlySelect, ['Write one SELECT statement.'])
  }
  const commonTables = new Set(namesOfCommonTables(tree))
  const waiting: unknown[] = [tree]
  for (let count = 0; waiting.length > 0; count += 1) {
    if (count > maxNodes) {
      return denied('The SQL is nested too deeply or too long.', ['Ask for less at once.'])
    }
    const node = waiting.pop()
    if (Array.isArray(node)) waiting.push(...node)
    else if (isNode(node)) {
      const failure = checkNode(node, names, commonTables)
      if (failure !== undefined) return failure
      waiting.push(...partsOf(node).map(([, part]) => part))
    }
  }
  return undefined
}

function checkNode(
  node: TreeNode,
  names: KnownNames,
  commonTables: ReadonlySet<string>,
): QueryFailure | undefined {
  for (const [kind, part] of partsOf(node)) {
    if (!allowedNodes.has(kind)) return refuseKind(kind)
    // In FROM, `Table` is a node with parts of its own; a result of that name there is not.
    const failure = kind === 'Table' ? checkTable(part, names, commonTables) : undefined
    if (failure !== undefined) return failure
  }
  return undefined
}

function refuseKind(kind: string): QueryFailure {
  if (kind === 'locks') return denied(onlySelect, ['Leave out FOR UPDATE and FOR SHARE.'])
  return denied(`This kind of SQL is not allowed (${kind}).`, [])
}

/** A name without a schema reaches nothing but the database of the address, whatever common tables there are. */
function checkTable(
  table: unknown,
  names: KnownNames,
  commonTables: ReadonlySet<string>,
): QueryFailure | undefined {
  if (!isNode(table)) return refuseKind('Table')
  const unknownPart = partsOf(table).find(([part]) => !tableParts.has(part))?.[0]
  if (unknownPart !== undefined) return refuseKind(`Table ${unknownPart}`)
  const path = pathOf(table.name)
  const [name = '', schema, ...further] = path.toReversed()
  const isHere = schema === undefined || schema === names.database
  if (path.length === 0 || further.length > 0 || !isHere) {
    return denied(`"${path.join('.')}" is not one of the tables of this data.`, [])
  }
  const isCommon = schema === undefined && commonTables.has(name.toLowerCase())
  const isNothing = schema === undefined && name.toLowerCase() === 'dual'
  if (isCommon || isNothing || knowsTable(names, name)) return undefined
  const hints = nearestNames(name, [...names.tables.keys()], hintCount)
  return unknownName(`There is no table "${name}".`, hints)
}

/** Parts that say something, other than words of the text again. */
function partsOf(node: TreeNode): readonly (readonly [string, unknown])[] {
  return Object.entries(node).filter(([kind, part]) => !tokenParts.has(kind) && !isEmpty(part))
}

function isEmpty(part: unknown): boolean {
  return (
    part === null || part === false || part === '' || (Array.isArray(part) && part.length === 0)
  )
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Nothing where a part is more than a name. */
function pathOf(name: unknown): readonly string[] {
  if (!Array.isArray(name)) return []
  const parts = name.map((part) => (part as { Identifier?: { value?: unknown } }).Identifier?.value)
  return parts.every((part) => typeof part === 'string') ? parts : []
}

function* namesOfCommonTables(tree: unknown): Generator<string> {
  const waiting: unknown[] = [tree]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (Array.isArray(node)) waiting.push(...node)
    else if (isNode(node)) {
      for (const table of Array.isArray(node.cte_tables) ? node.cte_tables : []) {
        const { value } = (table as { alias?: { name?: { value?: unknown } } }).alias?.name ?? {}
        if (typeof value === 'string') yield value.toLowerCase()
      }
      waiting.push(...partsOf(node).map(([, part]) => part))
    }
  }
}
