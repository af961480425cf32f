/** Finds where a query reads tables: in which FROM, behind which join, and whether the result is made of those rows. */
import { type Catalog, findTable, type Table } from '../catalog.js'
import { readFromSources } from '../join-free/from-sources.js'
import {
  type Clause,
  isSymbol,
  type NameNode,
  type Query,
  type SqlNode,
  wordOf,
} from '../join-free/sql-tree.js'
import { joinWords } from '../join-free/sql-words.js'

export interface TableRead {
  /** The name as it stands in the tree. */
  readonly node: NameNode
  readonly hasAlias: boolean
  readonly table: Table
  /** Rows of the other side stay without it: an outer join. */
  readonly isOptional: boolean
}

/** The tables of one FROM. */
export interface ReadScope {
  readonly reads: readonly TableRead[]
  /** False for a query in a condition, which decides about rows but gives none. */
  readonly givesRows: boolean
}

interface Around {
  readonly catalog: Catalog
  /** Lower-case names of common tables. */
  readonly commonTables: ReadonlySet<string>
  readonly givesRows: boolean
}

/** Of every query within the query, too; those of common tables alone are left out. */
export function readScopes(query: Query, catalog: Catalog): readonly ReadScope[] {
  const around = { catalog, commonTables: new Set<string>(), givesRows: true }
  return scopesOfQuery(query, around).filter(({ reads }) => reads.length > 0)
}

function scopesOfQuery(query: Query, around: Around): readonly ReadScope[] {
  const scopes: ReadScope[] = []
  let inner = around
  for (const { name, query: body } of query.commonTables) {
    const known = { ...inner, commonTables: new Set([...inner.commonTables, name.toLowerCase()]) }
    scopes.push(...scopesOfQuery(body, query.recursive ? known : inner))
    inner = known
  }
  for (const { body } of query.members) {
    const own = isQuery(body) ? scopesOfQuery(body, inner) : scopesOfClauses(body, inner)
    scopes.push(...own)
  }
  return [...scopes, ...scopesOfClauses(query.tail, inner)]
}

function isQuery(body: readonly Clause[] | Query): body is Query {
  return !Array.isArray(body)
}

function scopesOfClauses(clauses: readonly Clause[], around: Around): readonly ReadScope[] {
  return clauses.flatMap(({ keyword, nodes }) => {
    if (keyword === 'FROM') return scopesOfFrom(nodes, around)
    const givesRows = around.givesRows && keyword === 'SELECT'
    return queriesIn(nodes).flatMap((query) => scopesOfQuery(query, { ...around, givesRows }))
  })
}

function scopesOfFrom(nodes: readonly SqlNode[], around: Around): readonly ReadScope[] {
  const parts = splitJoins(nodes)
  const reads = parts.flatMap(({ nodes: part }, at) =>
    readsOf(part, around).map((read) => ({ ...read, isOptional: isOptional(parts, at) })),
  )
  const sources = new Set(
    parts.flatMap(({ nodes: part }) => readFromSources(part).sources.flatMap((one) => one.nodes)),
  )
  const queries = queriesIn(nodes).flatMap((query) => {
    const isSource = [...sources].some((node) => node.type === 'query' && node.query === query)
    return scopesOfQuery(query, { ...around, givesRows: around.givesRows && isSource })
  })
  return [{ reads, givesRows: around.givesRows }, ...queries]
}

function readsOf(nodes: readonly SqlNode[], { catalog, commonTables }: Around) {
  return readFromSources(nodes).sources.flatMap(({ table: node, alias }) => {
    const name = node?.parts.at(-1)?.name
    if (node === undefined || name === undefined) return []
    const isCommon = node.parts.length === 1 && commonTables.has(name.toLowerCase())
    const table = isCommon ? undefined : findTable(catalog, name)
    return table ? [{ node, hasAlias: alias !== undefined, table }] : []
  })
}

interface JoinPart {
  readonly kinds: readonly string[]
  readonly nodes: readonly SqlNode[]
}

/** The sources with their conditions, each with the words that lead its join. */
function splitJoins(nodes: readonly SqlNode[]): readonly JoinPart[] {
  const parts: { kinds: string[]; nodes: SqlNode[] }[] = [{ kinds: [], nodes: [] }]
  let kinds: string[] = []
  for (const node of nodes) {
    const word = wordOf(node) ?? ''
    if (word === 'join') {
      parts.push({ kinds, nodes: [] })
      kinds = []
    } else if (joinWords.has(word)) kinds.push(word)
    else if (isSymbol(node, ',')) parts.push({ kinds: [], nodes: [] })
    else parts.at(-1)?.nodes.push(node)
  }
  return parts
}

function isOptional(parts: readonly JoinPart[], at: number): boolean {
  const isOuter = (part: JoinPart | undefined, ...words: readonly string[]) =>
    words.some((word) => part?.kinds.includes(word))
  return (
    isOuter(parts[at], 'left', 'full') ||
    parts.slice(at + 1).some((part) => isOuter(part, 'right', 'full'))
  )
}

/** The nearest queries below some nodes. */
function queriesIn(nodes: readonly SqlNode[]): readonly Query[] {
  return nodes.flatMap((node) => {
    if (node.type === 'query') return [node.query]
    return node.type === 'group' ? queriesIn(node.nodes) : []
  })
}
