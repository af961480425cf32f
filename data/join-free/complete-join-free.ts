/** Turns join-free SQL into complete SQL: FROM and foreign-key joins added, names checked and quoted. */
import type { Catalog } from '../catalog.js'
import { completeSelect } from './complete-select.js'
import { JoinFreeError } from './join-free-error.js'
import { inMysqlForms } from './mysql-forms.js'
import { nullsLast } from './nulls-last.js'
import { orderGroups } from './order-groups.js'
import { readQuery } from './read-query.js'
import { renderQuery } from './render-query.js'
import type { Surroundings } from './select-scope.js'
import { readTokens } from './sql-tokens.js'
import type { Clause, Query } from './sql-tree.js'
import { isSymbol, readNodes } from './sql-tree.js'

export type Completion =
  | {
      readonly ok: true
      readonly sql: string
      /** Every catalog table the SQL reads. */
      readonly tables: readonly string[]
      /** `table.column` of sums that may count a row more than once; see `repeatedSums`. */
      readonly repeatedSums: readonly string[]
    }
  | { readonly ok: false; readonly message: string; readonly hints: readonly string[] }

export interface CompletionOptions {
  /** Best first; decides between join paths of equal length. */
  readonly rankedTables?: readonly string[]
  /** Whether grouped rows without ORDER BY get one; see `orderGroups`. */
  readonly orderGroups?: boolean
}

/**
 * Completes one query. In: `select regions.region_name, count(*) where stores.status = 'active' group
 * by regions.region_name`. Every select connects the tables it names over `catalog.relationships`; an
 * explicit join in FROM is kept as written. A failure says in words what is wrong, with near names.
 */
export function completeJoinFree(
  text: string,
  catalog: Catalog,
  options: CompletionOptions = {},
): Completion {
  const used = new Set<string>()
  const repeated = new Set<string>()
  try {
    const query = completeQuery(readText(text), {
      catalog,
      rankedTables: options.rankedTables ?? [],
      commonTables: new Set(),
      outer: new Map(),
      used,
      repeated,
    })
    const ordered = options.orderGroups ? orderGroups(query, catalog) : query
    const sql = renderQuery(inDialect(ordered, catalog), catalog.dialect)
    return { ok: true, sql, tables: [...used], repeatedSums: [...repeated] }
  } catch (error) {
    if (error instanceof JoinFreeError) {
      return { ok: false, message: error.message, hints: error.hints }
    }
    throw error
  }
}

function inDialect(query: Query, catalog: Catalog): Query {
  if (catalog.dialect === 'postgres') return nullsLast(query, catalog)
  return catalog.dialect === 'mysql' ? inMysqlForms(query) : query
}

function readText(text: string): Query {
  const nodes = [...readNodes(readTokens(text))]
  while (isSymbol(nodes.at(-1), ';')) nodes.pop()
  if (nodes.length === 0) throw new JoinFreeError('There is no SQL.')
  if (nodes.some((node) => isSymbol(node, ';'))) {
    throw new JoinFreeError('Only one statement is allowed.')
  }
  return readQuery(nodes)
}

function completeQuery(query: Query, surroundings: Surroundings): Query {
  const own = query.commonTables.map(({ name }) => name.toLowerCase())
  const commonTables = query.commonTables.map((table, index) => {
    const before = query.recursive ? own : own.slice(0, index)
    return { ...table, query: completeQuery(table.query, withCommon(surroundings, before)) }
  })
  const inner = withCommon(surroundings, own)
  const members = query.members.map((member) => ({
    ...member,
    body: isClauses(member.body)
      ? completeSelect(member.body, inner, completeQuery)
      : completeQuery(member.body, inner),
  }))
  return { ...query, commonTables, members }
}

function withCommon(surroundings: Surroundings, names: readonly string[]): Surroundings {
  return { ...surroundings, commonTables: new Set([...surroundings.commonTables, ...names]) }
}

function isClauses(body: readonly Clause[] | Query): body is readonly Clause[] {
  return Array.isArray(body)
}
