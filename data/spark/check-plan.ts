/** Checks the tree that Spark made of a statement: every node must be of a known kind, and every relation one of the data's own. */
import type { QueryFailure } from '../database.js'
import { denied } from '../guard/refusal.js'

/** Nodes of Spark's analysed plans that read, choose, combine and order rows, and do nothing else. */
const allowedNodes = new Set(
  'Aggregate CTERelationDef CTERelationRef Deduplicate Distinct Except Expand Filter Generate GlobalLimit Intersect Join LateralJoin LocalLimit LocalRelation Offset OneRowRelation Pivot Project Range Relation HiveTableRelation RelationV2 DataSourceV2Relation Sample Sort SubqueryAlias Tail UnionLoop UnionLoopRef Union UnresolvedSubqueryColumnAliases Unpivot Window WithCTE WithWindowDefinition InlineCTE Repartition'.split(
    ' ',
  ),
)

const analysed = '== Analyzed Logical Plan =='
const optimised = '== Optimized Logical Plan =='

/** Of what Spark explained: undefined when it may run. A plan that cannot be read is refused. */
export function checkPlan(explained: string): QueryFailure | undefined {
  const start = explained.indexOf(analysed)
  const end = explained.indexOf(optimised, start)
  if (start < 0 || end < 0) return denied('The plan of the statement cannot be read.', [])
  const [, , ...lines] = explained.slice(start, end).split('\n')
  let viewDepth: number | undefined
  for (const line of lines.filter((text) => text.trim() !== '')) {
    const [, lead = '', node = ''] = /^([\s:+|-]*)(.*)$/.exec(line) ?? []
    const depth = lead.length
    if (viewDepth !== undefined && depth > viewDepth) continue
    viewDepth = undefined
    // What a view reads is what its owner had in mind.
    if (/^View \(/.test(node)) viewDepth = depth
    else if (!isAllowed(node)) {
      const kind = /^'?(\w+)/.exec(node)?.[1] ?? 'unreadable'
      return denied(`This kind of SQL is not allowed (${kind}).`, [])
    }
  }
  return undefined
}

/** Files that are read by their path are relations without a name. */
function isAllowed(node: string): boolean {
  const kind = /^(\w+)/.exec(node)?.[1] ?? ''
  if (kind === 'Relation') return /^Relation [^[\s]+\.[^[\s]+\[/.test(node)
  return allowedNodes.has(kind)
}
