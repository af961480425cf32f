/** Puts filters into SQL where its tables are read, so that sums, counts and ranks are those of the rows that remain. */
import type { Catalog } from '../catalog.js'
import { JoinFreeError } from '../join-free/join-free-error.js'
import { readQuery } from '../join-free/read-query.js'
import { renderQuery } from '../join-free/render-query.js'
import { readTokens, type SqlToken } from '../join-free/sql-tokens.js'
import {
  type Clause,
  isSymbol,
  type NameNode,
  type Query,
  readNodes,
  type SqlNode,
} from '../join-free/sql-tree.js'
import { type FilterPlan, planDates, planValues, type Restriction } from './plan-filters.js'
import type { FilteredSql, FilterVerdict, RowFilters } from './row-filters.js'
import { readScopes, type TableRead } from './table-reads.js'

const unreadable = 'The SQL is written in a way that no filter can be put into.'

/** One SELECT that has passed the guard before; what comes out has to pass it again. */
export function weaveFilters(sql: string, filters: RowFilters, catalog: Catalog): FilteredSql {
  const asked = askedOf(filters)
  if (asked.length === 0) return { sql, verdicts: [] }
  const read = readIfPlain(sql)
  if (!read) return { sql, verdicts: asked.map(({ filter }) => refused(filter, unreadable)) }
  const { query, names } = read
  const scopes = readScopes(query, catalog)
  const planned = asked.map(({ filter, plan }) => ({
    filter,
    plan: plan({ catalog, scopes, names }),
  }))
  const restrictions = planned.flatMap(({ plan }) => (plan.ok ? plan.restrictions : []))
  const verdicts = planned.map(({ filter, plan }) => verdictOf(filter, plan))
  if (restrictions.length === 0) return { sql, verdicts }
  const reads = scopes.flatMap((scope) => scope.reads)
  return { sql: renderQuery(restrict(query, reads, restrictions), catalog.dialect), verdicts }
}

type Plan = (around: Parameters<typeof planDates>[1]) => FilterPlan

function askedOf(filters: RowFilters): readonly { readonly filter: string; readonly plan: Plan }[] {
  const hasDates = filters.from !== undefined || filters.to !== undefined
  const dates: Plan = (around) => planDates(filters, around)
  return [
    ...(hasDates ? [{ filter: 'date', plan: dates }] : []),
    ...(filters.values ?? []).map((one) => {
      const plan: Plan = (around) => planValues(one, around)
      return { filter: one.column, plan }
    }),
  ]
}

function verdictOf(filter: string, plan: FilterPlan): FilterVerdict {
  if (!plan.ok) return refused(filter, plan.reason)
  return { filter, columns: [...new Set(plan.restrictions.map(({ column }) => column))] }
}

function refused(filter: string, reason: string): FilterVerdict {
  return { filter, columns: [], reason }
}

/** With these, a table is read outside of FROM. */
const otherReaders = /^(?:pivot|unpivot|describe|summarize|show|table)$/i

function readIfPlain(sql: string) {
  try {
    const tokens = readTokens(sql)
    const nodes = [...readNodes(tokens)]
    while (isSymbol(nodes.at(-1), ';')) nodes.pop()
    if (tokens.some((token, at) => readsOtherwise(token, tokens[at + 1]))) return undefined
    const names = tokens.flatMap((token) => (token.kind === 'name' ? token.name.toLowerCase() : []))
    return { query: readQuery(nodes), names: new Set(names) }
  } catch (error) {
    if (error instanceof JoinFreeError) return undefined
    throw error
  }
}

/** SQLite takes `x IN sales` for `x IN (SELECT * FROM sales)`. */
function readsOtherwise(token: SqlToken, next: SqlToken | undefined): boolean {
  if (token.kind !== 'name' || token.quoted) return false
  const isIn = token.name.toLowerCase() === 'in' && next?.kind === 'name'
  return isIn || otherReaders.test(token.name)
}

/** The same query, in which the tables are read through queries of their own. */
function restrict(
  query: Query,
  reads: readonly TableRead[],
  restrictions: readonly Restriction[],
): Query {
  const replacements = new Map<SqlNode, readonly SqlNode[]>()
  for (const { node, hasAlias } of reads) {
    const conditions = restrictions.filter((one) => one.node === node)
    if (conditions.length === 0) continue
    const source: SqlNode = { type: 'query', query: selectFrom(node, conditions) }
    const own = node.parts.at(-1)
    const alias: readonly SqlNode[] =
      hasAlias || own === undefined ? [] : [word('AS'), { type: 'name', parts: [own] }]
    replacements.set(node, [source, ...alias])
  }
  return replaceInQuery(query, replacements)
}

function selectFrom(table: NameNode, conditions: readonly Restriction[]): Query {
  const text = conditions.map(({ condition }) => condition).join(' AND ')
  const body: readonly Clause[] = [
    { keyword: 'SELECT', nodes: readNodes(readTokens('*')) },
    { keyword: 'FROM', nodes: [table] },
    { keyword: 'WHERE', nodes: readNodes(readTokens(text)) },
  ]
  return { recursive: false, commonTables: [], members: [{ body }], tail: [] }
}

function word(name: string): NameNode {
  return { type: 'name', parts: [{ name, quoted: false }] }
}

type Replacements = ReadonlyMap<SqlNode, readonly SqlNode[]>

function replaceInQuery(query: Query, replacements: Replacements): Query {
  const inClauses = (clauses: readonly Clause[]) =>
    clauses.map((clause) => ({ ...clause, nodes: replaceInNodes(clause.nodes, replacements) }))
  return {
    recursive: query.recursive,
    commonTables: query.commonTables.map((table) => ({
      ...table,
      query: replaceInQuery(table.query, replacements),
    })),
    members: query.members.map((member) => ({
      ...member,
      body: isClauses(member.body)
        ? inClauses(member.body)
        : replaceInQuery(member.body, replacements),
    })),
    tail: inClauses(query.tail),
  }
}

function isClauses(body: readonly Clause[] | Query): body is readonly Clause[] {
  return Array.isArray(body)
}

function replaceInNodes(nodes: readonly SqlNode[], replacements: Replacements): readonly SqlNode[] {
  return nodes.flatMap((node): readonly SqlNode[] => {
    const replacement = replacements.get(node)
    if (replacement) return replacement
    if (node.type === 'group') return [{ ...node, nodes: replaceInNodes(node.nodes, replacements) }]
    if (node.type !== 'query') return [node]
    return [{ type: 'query', query: replaceInQuery(node.query, replacements) }]
  })
}
