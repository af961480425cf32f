/** The tables and columns that a gold SQL reads, as far as its names can be told from the catalog. */
import type { Catalog, ColumnReference, Table } from '../catalog.js'
import { findTable } from '../catalog.js'
import { type SqlToken, tokensIfReadable } from '../join-free/sql-tokens.js'

export interface GoldParts {
  readonly tables: readonly string[]
  readonly columns: readonly ColumnReference[]
}

/** Both lists without doubles, in the catalog's spelling; undefined when the text is no SQL or names no table. */
export function goldParts(sql: string, catalog: Catalog): GoldParts | undefined {
  const tokens = tokensIfReadable(sql)
  if (!tokens) return undefined
  const { tables, aliases } = readSources(tokens, catalog)
  if (tables.length === 0) return undefined
  const found = new Map<string, ColumnReference>()
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name' || isCall(tokens, at)) continue
    const qualifier = qualifierAt(tokens, at)
    const owners = qualifier === undefined ? tables : (aliases.get(qualifier.toLowerCase()) ?? [])
    const reference = columnOf(token.name, owners)
    if (reference) found.set(`${reference.table}.${reference.column}`, reference)
  }
  return { tables: tables.map(({ name }) => name), columns: [...found.values()] }
}

/** What stands behind FROM, JOIN and the commas between: a table, and perhaps its alias. */
function readSources(tokens: readonly SqlToken[], catalog: Catalog) {
  const tables = new Set<Table>()
  const aliases = new Map<string, Table[]>()
  const name = (table: Table, alias: string) => {
    const known = aliases.get(alias.toLowerCase()) ?? []
    aliases.set(alias.toLowerCase(), [...known, table])
  }
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name' || !followsSource(tokens, at)) continue
    const table = findTable(catalog, token.name)
    if (!table) continue
    tables.add(table)
    name(table, table.name)
    const next = tokens[at + 1]
    const alias = isWord(next, 'as') ? tokens[at + 2] : next
    if (alias?.kind === 'name') name(table, alias.name)
  }
  return { tables: [...tables], aliases }
}

function followsSource(tokens: readonly SqlToken[], at: number): boolean {
  const before = tokens[at - 1]
  if (isWord(before, 'from') || isWord(before, 'join')) return true
  if (before?.kind !== 'symbol' || before.text !== ',') return false
  const words = tokens.slice(0, at).flatMap((token) => (token.kind === 'name' ? token.name : []))
  const clause = words.findLast((word) => /^(select|from|where|group|order|having|on)$/i.test(word))
  return clause?.toLowerCase() === 'from'
}

function columnOf(name: string, owners: readonly Table[]): ColumnReference | undefined {
  for (const { name: table, columns } of owners) {
    const column = columns.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (column) return { table, column: column.name }
  }
  return undefined
}

function qualifierAt(tokens: readonly SqlToken[], at: number): string | undefined {
  const dot = tokens[at - 1]
  const before = tokens[at - 2]
  return dot?.kind === 'symbol' && dot.text === '.' && before?.kind === 'name'
    ? before.name
    : undefined
}

/** `count` is no column in `count(*)`. */
function isCall(tokens: readonly SqlToken[], at: number): boolean {
  const next = tokens[at + 1]
  return next?.kind === 'symbol' && next.text === '('
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'name' && !token.quoted && token.name.toLowerCase() === word
}
