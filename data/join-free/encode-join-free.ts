/** Turns hand-written SQL into join-free SQL, in the one convention that the model learns. */
import type { Catalog } from '../catalog.js'
import type { ColumnScope } from './column-scope.js'
import { JoinFreeError } from './join-free-error.js'
import { placeJoins } from './place-joins.js'
import { readGoldSelect } from './read-gold-select.js'
import { readQuery } from './read-query.js'
import { renderJoinFree } from './render-join-free.js'
import type { Sources } from './select-scope.js'
import type { SqlToken } from './sql-tokens.js'
import { readTokens } from './sql-tokens.js'
import type { Clause, Query, SqlNode } from './sql-tree.js'
import { isSymbol, readNodes } from './sql-tree.js'

export type Encoding =
  | { readonly ok: true; readonly joinFree: string }
  | { readonly ok: false; readonly message: string }

interface Surrounding {
  readonly catalog: Catalog
  readonly scope: ColumnScope
  readonly visible: Sources
  /** Inside FROM the output columns are read by name. */
  readonly keepAliases: boolean
}

/**
 * `SELECT T1.name FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id WHERE T2.year = 2014` becomes
 * `select singer.name where concert.year = 2014`. Joins that the completer would not find again are said
 * in WHERE, or keep the long form with copies of a table called `table_2`.
 */
export function encodeJoinFree(sql: string, catalog: Catalog): Encoding {
  try {
    const nodes = readNodes(joinSigns(readTokens(sql))).filter((node) => !isSymbol(node, ';'))
    const around = { catalog, scope: [], visible: new Map(), keepAliases: false }
    return { ok: true, joinFree: renderJoinFree(encodeQuery(readQuery(nodes), around)) }
  } catch (error) {
    if (error instanceof JoinFreeError) return { ok: false, message: error.message }
    throw error
  }
}

const brokenSigns = new Set(['> =', '< =', '! =', '< >', '= ='])

/** People write `> =` for `>=`, and SQLite takes it. */
function joinSigns(tokens: readonly SqlToken[]): readonly SqlToken[] {
  return tokens.reduce<SqlToken[]>((joined, token) => {
    const last = joined.at(-1)
    if (last?.kind === 'symbol' && token.kind === 'symbol') {
      if (brokenSigns.has(`${last.text} ${token.text}`)) {
        joined[joined.length - 1] = { kind: 'symbol', text: last.text + token.text }
        return joined
      }
    }
    joined.push(token)
    return joined
  }, [])
}

function encodeQuery(query: Query, around: Surrounding): Query {
  if (query.commonTables.length > 0 || query.tail.length > 0) {
    throw new JoinFreeError('WITH and bracketed sides of a union are not encoded.')
  }
  const members = query.members.map((member) => ({
    ...member,
    body: Array.isArray(member.body)
      ? encodeSelect(member.body as readonly Clause[], around)
      : encodeQuery(member.body as Query, around),
  }))
  return { ...query, members }
}

function encodeSelect(clauses: readonly Clause[], around: Surrounding): readonly Clause[] {
  const select = readGoldSelect(clauses, around)
  const placed = placeJoins(select, {
    catalog: around.catalog,
    rankedTables: [],
    commonTables: new Set(),
    outer: around.visible,
    used: new Set(),
    repeated: new Set(),
  })
  const inFrom = { ...around, keepAliases: true }
  const nested = {
    ...around,
    scope: [placed.instances, ...around.scope],
    visible: placed.visible,
    keepAliases: false,
  }
  return placed.clauses.map(({ keyword, nodes }) => ({
    keyword,
    nodes: encodeNested(nodes, keyword === 'FROM' ? inFrom : nested),
  }))
}

function encodeNested(nodes: readonly SqlNode[], around: Surrounding): readonly SqlNode[] {
  return nodes.map((node) => {
    if (node.type === 'query') return { ...node, query: encodeQuery(node.query, around) }
    return node.type === 'group' ? { ...node, nodes: encodeNested(node.nodes, around) } : node
  })
}
