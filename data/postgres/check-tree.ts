/** Walks PostgreSQL's own parse tree: every kind of node, part, table, function, type and operator must be on a list. */
import type { QueryFailure } from '../database.js'
import { denied, onlySelect } from '../guard/refusal.js'
import { allowedNodes, kindOfPart } from './allowed-nodes.js'
import { checkField, checkFunction, checkOperator, checkTable, checkType } from './check-names.js'
import type { KnownNames } from './known-names.js'
import { type RelationColumns, relationColumns } from './relation-columns.js'

type TreeNode = Readonly<Record<string, unknown>>

interface Walk {
  readonly names: KnownNames
  /** Names of the common tables in scope. */
  readonly commonTables: ReadonlySet<string>
  readonly columns: RelationColumns
  readonly depth: number
  readonly count: { nodes: number }
}

/** Levels of the tree; one level of SQL nesting takes two to five. */
const maxDepth = 800
const maxNodes = 40_000

const timeValues = /^SVFOP_(CURRENT_DATE|(CURRENT_|LOCAL)TIME(STAMP)?(_N)?)$/

export function checkTree(tree: object, names: KnownNames): QueryFailure | undefined {
  const columns = relationColumns(tree, names.tables)
  try {
    const walk = { names, columns, commonTables: new Set<string>(), depth: 0 }
    return visit(tree, { ...walk, count: { nodes: 0 } })
  } catch (error) {
    if (error instanceof TooMuch) return tooMuch
    throw error
  }
}

class TooMuch extends Error {}

const tooMuch = denied('The SQL is nested too deeply or too long.', ['Ask for less at once.'])

/** A node comes as an object whose one key is its kind. */
function visit(value: unknown, walk: Walk): QueryFailure | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (walk.depth > maxDepth || ++walk.count.nodes > maxNodes) throw new TooMuch()
  const deeper = { ...walk, depth: walk.depth + 1 }
  if (Array.isArray(value)) return firstFailure(value, (item) => visit(item, deeper))
  const [[kind, node] = [], ...others] = Object.entries(value)
  if (kind === undefined) return undefined
  if (others.length > 0 || typeof node !== 'object' || node === null) return refuseKind(kind)
  return enter(kind, node as TreeNode, deeper)
}

function enter(kind: string, node: TreeNode, walk: Walk): QueryFailure | undefined {
  const parts = allowedNodes.get(kind)
  if (parts === undefined) return refuseKind(kind)
  const unknown = Object.keys(node).find((part) => !parts.has(part))
  if (unknown !== undefined) return refuseKind(kind, unknown)
  const failure = checks[kind]?.(node, walk)
  if (failure !== undefined || kind === 'A_Const') return failure
  const { failure: inCommon, scope } = visitCommonTables(node.withClause, walk)
  if (inCommon !== undefined) return inCommon
  return firstFailure(Object.entries(node), ([part, child]) => {
    if (part === 'withClause') return undefined
    const known = kindOfPart[part] ?? kindOfPart[`${kind} ${part}`]
    if (known === undefined || typeof child !== 'object') return visit(child, scope)
    if (walk.depth > maxDepth) throw new TooMuch()
    return enter(known, child as TreeNode, { ...scope, depth: scope.depth + 1 })
  })
}

const checks: Readonly<Record<string, (node: TreeNode, walk: Walk) => QueryFailure | undefined>> = {
  RangeVar: ({ relname, schemaname }, { names, commonTables }) =>
    checkTable(text(relname), textOrNothing(schemaname), names, commonTables),
  FuncCall: ({ funcname }, { names }) => checkFunction(pathOf(funcname), names),
  TypeName: (node, { names }) => checkType(pathOf(node.names), names),
  A_Expr: ({ name }) => checkOperator(pathOf(name)),
  SubLink: ({ operName }) => (operName === undefined ? undefined : checkOperator(pathOf(operName))),
  ColumnRef: ({ fields }, { names, columns }) => {
    const path = pathOf(fields)
    return firstFailure(path.slice(1), (name, at) =>
      checkField(name, names, columns.get(path[at] ?? '')?.has(name) ?? false),
    )
  },
  A_Indirection: ({ indirection }, { names }) =>
    firstFailure(pathOf(indirection), (name) => checkField(name, names, false)),
  SQLValueFunction: ({ op }) =>
    timeValues.test(text(op))
      ? undefined
      : denied('What tells about the connection and not about the data is not allowed.', []),
  RangeTableSample: ({ method }) =>
    /^(bernoulli|system)$/.test(pathOf(method).join('.'))
      ? undefined
      : denied('TABLESAMPLE takes BERNOULLI or SYSTEM only.', []),
}

const writes = /^(Insert|Update|Delete|Merge)Stmt$/

function refuseKind(kind: string, part = ''): QueryFailure {
  if (kind === 'ParamRef') {
    return denied('The SQL has an open parameter.', ['Write the value itself.'])
  }
  if (writes.test(kind) || part === 'intoClause') return denied(onlySelect, [])
  if (part === 'lockingClause') return denied(onlySelect, ['Leave out FOR UPDATE and FOR SHARE.'])
  const shown = [kind, part].filter((word) => word !== '').join(' ')
  return denied(`This kind of SQL is not allowed (${shown}).`, [])
}

/** In WITH RECURSIVE each common table sees all; else those before it. The query sees all of them. */
function visitCommonTables(clause: unknown, walk: Walk) {
  const { ctes = [], recursive = false } = (clause ?? {}) as {
    ctes?: TreeNode[]
    recursive?: boolean
  }
  const nameOf = (entry: TreeNode) => text((entry.CommonTableExpr as TreeNode | undefined)?.ctename)
  let scope = recursive ? withTables(walk, ctes.map(nameOf)) : walk
  if (clause !== undefined && Object.keys(clause as object).some((part) => !isClausePart(part))) {
    return { failure: refuseKind('WithClause'), scope }
  }
  for (const entry of ctes) {
    const failure = visit(entry, scope)
    if (failure !== undefined) return { failure, scope }
    scope = withTables(scope, [nameOf(entry)])
  }
  return { failure: undefined, scope }
}

function isClausePart(part: string): boolean {
  return allowedNodes.get('WithClause')?.has(part) ?? false
}

function withTables(walk: Walk, names: readonly string[]): Walk {
  return { ...walk, commonTables: new Set([...walk.commonTables, ...names]) }
}

/** The names of a list of nodes; an asterisk has none. */
function pathOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((node: { readonly String?: { readonly sval?: string } }) =>
    node.String === undefined ? [] : [node.String.sval ?? ''],
  )
}

function firstFailure<Item>(
  items: readonly Item[],
  check: (item: Item, at: number) => QueryFailure | undefined,
): QueryFailure | undefined {
  for (const [at, item] of items.entries()) {
    const failure = check(item, at)
    if (failure !== undefined) return failure
  }
  return undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
