/** Looks into conditions: which tables stand together in one comparison. */
import type { Clause, NameNode, SqlNode } from './sql-tree.js'
import { wordOf } from './sql-tree.js'

/** Every name outside nested queries, with the node after it. */
export function namesIn(
  nodes: readonly SqlNode[],
): readonly { readonly node: NameNode; readonly next: SqlNode | undefined }[] {
  return nodes.flatMap((node, index) => {
    if (node.type === 'group') return namesIn(node.nodes)
    return node.type === 'name' ? [{ node, next: nodes[index + 1] }] : []
  })
}

/** The lower-case first parts of the dotted names in each single condition of the WHERE clauses. */
export function tablesByCondition(clauses: readonly Clause[]): readonly ReadonlySet<string>[] {
  return clauses
    .filter((clause) => clause.keyword === 'WHERE')
    .flatMap((clause) => splitConditions(clause.nodes))
    .map((condition) => new Set(namesIn(condition).flatMap(({ node }) => tableNamed(node))))
}

function tableNamed(node: NameNode): readonly string[] {
  const first = node.parts[0]
  return first === undefined || node.parts.length < 2 ? [] : [first.name.toLowerCase()]
}

/** Cuts at AND and OR, also inside brackets; the AND of BETWEEN does not cut. */
function splitConditions(nodes: readonly SqlNode[]): readonly (readonly SqlNode[])[] {
  const conditions: SqlNode[][] = [[]]
  let between = false
  for (const node of nodes) {
    const word = wordOf(node)
    if (word === 'between') between = true
    if (word === 'or' || (word === 'and' && !between)) conditions.push([])
    else conditions.at(-1)?.push(node)
    if (word === 'and') between = false
  }
  return conditions.flatMap((condition) => {
    const last = condition.at(-1)
    const onlyBrackets = condition.slice(0, -1).every((node) => wordOf(node) === 'not')
    return onlyBrackets && last?.type === 'group' ? splitConditions(last.nodes) : [condition]
  })
}
