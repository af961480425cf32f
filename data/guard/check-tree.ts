/** Walks the engine's own parse tree: every kind of node, table and function must be on a list. */
import type { QueryFailure } from '../database.js'
import { checkFunction, checkTable, checkTableFunction } from './check-names.js'
import type { GuardRules } from './guard-sql.js'
import { denied } from './refusal.js'

type TreeNode = Readonly<Record<string, unknown>>

interface Walk {
  readonly rules: GuardRules
  /** Lower-case names of the common tables in scope. */
  readonly commonTables: ReadonlySet<string>
  readonly depth: number
  /** Sub-queries and lambdas around the node. */
  readonly scopes: number
  readonly count: { nodes: number }
}

/** JSON levels; one level of SQL nesting takes two to five. Deep nesting stalls the engine's binder. */
const maxDepth = 300
const maxNodes = 20_000
/** Planning time grows about fourfold with each sub-query in a sub-query (8: 0.2 s, 12: 43 s). */
const maxScopes = 7

const expressionClasses = new Set(
  'BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION LAMBDA LAMBDA_REF OPERATOR POSITIONAL_REFERENCE STAR SUBQUERY WINDOW'.split(
    ' ',
  ),
)

const otherNodes = new Set(
  'SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE BASE_TABLE SUBQUERY JOIN TABLE_FUNCTION EXPRESSION_LIST EMPTY PIVOT SHOW_REF ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING'.split(
    ' ',
  ),
)

const typeDescription = /_TYPE_INFO$/
const showsTables = new Set(['', '"tables"'])

export function checkTree(tree: unknown, rules: GuardRules): QueryFailure | undefined {
  return visit(tree, { rules, commonTables: new Set(), depth: 0, scopes: 0, count: { nodes: 0 } })
}

function visit(value: unknown, walk: Walk): QueryFailure | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const scopes = walk.scopes + (opensScope(value) ? 1 : 0)
  if (walk.depth > maxDepth || scopes > maxScopes || ++walk.count.nodes > maxNodes) {
    return denied('The SQL is nested too deeply or too long.', ['Ask for less at once.'])
  }
  const deeper = { ...walk, depth: walk.depth + 1, scopes }
  if (Array.isArray(value)) return firstFailure(value, (item) => visit(item, deeper))
  const node = value as TreeNode
  return checkNode(node, deeper) ?? visitChildren(node, deeper)
}

function opensScope(value: object): boolean {
  return 'class' in value && (value.class === 'SUBQUERY' || value.class === 'LAMBDA')
}

function firstFailure<Item>(
  items: readonly Item[],
  check: (item: Item) => QueryFailure | undefined,
): QueryFailure | undefined {
  for (const item of items) {
    const failure = check(item)
    if (failure !== undefined) return failure
  }
  return undefined
}

function checkNode(node: TreeNode, walk: Walk): QueryFailure | undefined {
  if (node.id === 'VARIANT') return denied('The type VARIANT is not allowed.', [])
  if (typeof node.type !== 'string') return undefined
  const kind = typeof node.class === 'string' ? node.class : node.type
  const known = typeof node.class === 'string' ? expressionClasses.has(kind) : otherNodes.has(kind)
  if (!known && !typeDescription.test(kind)) return refuseKind(kind)
  return checks[kind]?.(node, walk)
}

const checks: Readonly<Record<string, (node: TreeNode, walk: Walk) => QueryFailure | undefined>> = {
  BASE_TABLE: (node, { rules, commonTables }) =>
    checkTable(
      text(node.table_name),
      [text(node.catalog_name), text(node.schema_name)],
      rules,
      commonTables,
    ),
  FUNCTION: (node, { rules }) =>
    node.export_state === true
      ? refuseKind('EXPORT_STATE')
      : checkFunction(text(node.function_name), rules),
  WINDOW: (node, { rules }) => checkFunction(text(node.function_name), rules),
  TABLE_FUNCTION: (node, { rules }) =>
    checkTableFunction(text((node.function as TreeNode)?.function_name), rules),
  SHOW_REF: (node) =>
    showsTables.has(text(node.table_name)) &&
    node.catalog_name === undefined &&
    node.schema_name === undefined
      ? undefined
      : denied('Only SHOW TABLES, DESCRIBE and SUMMARIZE are allowed of their kind.', []),
  // An enumeration lists its values; one of another database may have those of rows that are not to be seen.
  UNBOUND_TYPE_INFO: ({ name, catalog, schema = 'main' }) =>
    text(name).toUpperCase() === 'VARIANT' || catalog !== undefined || schema !== 'main'
      ? denied(`The type ${text(name)} is not allowed.`, [])
      : undefined,
}

function refuseKind(kind: string): QueryFailure {
  return kind === 'PARAMETER'
    ? denied('The SQL has an open parameter.', ['Write the value itself.'])
    : denied(`This kind of SQL is not allowed (${kind.toLowerCase().replaceAll('_', ' ')}).`, [])
}

function visitChildren(node: TreeNode, walk: Walk): QueryFailure | undefined {
  // The value of a constant is data: names in it are no names of the query.
  if (node.class === 'CONSTANT') return visit((node.value as TreeNode)?.type, walk)
  const { failure, scope } = visitCommonTables(node, walk)
  if (failure !== undefined) return failure
  if (node.type === 'RECURSIVE_CTE_NODE') return visitRecursion(node, scope)
  // The function of FROM has its own list; only what it is called with is left to look at.
  const parts = node.type === 'TABLE_FUNCTION' ? tableFunctionParts(node) : node
  return firstFailure(Object.entries(parts), ([key, child]) =>
    key === 'cte_map' ? undefined : visit(child, scope),
  )
}

/** What it begins with does not see it: there its name means what it means elsewhere. */
function visitRecursion({ left, ...others }: TreeNode, scope: Walk): QueryFailure | undefined {
  const inner = withTable(scope, text(others.cte_name))
  return (
    visit(left, scope) ??
    firstFailure(Object.entries(others), ([key, child]) =>
      key === 'cte_map' ? undefined : visit(child, inner),
    )
  )
}

function tableFunctionParts(node: TreeNode): TreeNode {
  const { class: _class, type: _type, ...called } = (node.function ?? {}) as TreeNode
  return { ...node, type: undefined, function: called }
}

/** Each common table sees those before it; the query sees all of them. */
function visitCommonTables(node: TreeNode, walk: Walk) {
  const map = (node.cte_map as { map?: readonly TreeNode[] } | undefined)?.map ?? []
  let scope = walk
  for (const entry of map) {
    const failure = visit(entry.value, scope)
    if (failure !== undefined) return { failure, scope }
    scope = withTable(scope, text(entry.key))
  }
  return { failure: undefined, scope }
}

function withTable(walk: Walk, name: string): Walk {
  return { ...walk, commonTables: new Set([...walk.commonTables, name.toLowerCase()]) }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
