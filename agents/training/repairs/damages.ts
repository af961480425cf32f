/** Damages right join-free SQL in the ways in which a small model gets it wrong. */
import type { Catalog, Column, Dialect, Table } from '../../../data/catalog.js'
import type { Random } from '../../../data/random.js'
import { sqlColumn } from '../../../models/grammar/sql-name.js'

export interface Damaging {
  readonly catalog: Catalog
  /** Those that the right SQL reads. */
  readonly tables: readonly string[]
  readonly random: Random
}

/** Undefined where the SQL has nothing that could go wrong so. What comes back may still run. */
export type Damage = (sql: string, damaging: Damaging) => string | undefined

/** The names exist and fit together, but no engine, or not this one, takes what is done with them. */
export const wrongUses: readonly Damage[] = [
  columnOfOtherKind,
  aggregateInWhere,
  withoutGroups,
  nestedAggregate,
  functionOfOtherEngine,
  oneColumnTooMany,
]

export const wrongNames: readonly Damage[] = [columnOfOtherTable, unknownColumn]

/** A sum of words, a number compared with a name. */
function columnOfOtherKind(sql: string, { catalog, random }: Damaging): string | undefined {
  const named = pick(mentionsIn(sql, catalog), random)
  const others = named?.table.columns.filter(({ kind }) => kind !== named.column.kind) ?? []
  const other = pick(others, random)
  return named && other && replaced(sql, named, sqlColumn(named.table.name, other.name))
}

const extremeOfQuery = /([<>=]) \(select (max|min|avg)\(([^()]*)\)[^()]*\)/
const keptGroups = /^(.*?)(?: where (.*?))?( group by .*?) having (.*?)((?: order by| limit) .*)?$/

function aggregateInWhere(sql: string): string | undefined {
  if (extremeOfQuery.test(sql)) return sql.replace(extremeOfQuery, '$1 $2($3)')
  const [, start, where, groups, having, end = ''] = keptGroups.exec(sql) ?? []
  if (start === undefined) return undefined
  const conditions = [...(where === undefined ? [] : [where]), having].join(' and ')
  return `${start} where ${conditions}${groups}${end}`
}

function withoutGroups(sql: string): string | undefined {
  return changed(sql, / group by [^()]*?(?=\)| having| order by|$)/, '')
}

/** For "most" and "least". */
function nestedAggregate(sql: string): string | undefined {
  return changed(sql, /(?<=\border by )(?:count|sum|avg)\([^()]*\)/, 'max($&)')
}

type Replacement = readonly [pattern: RegExp, replacement: string]

const otherEngines: Readonly<Record<Dialect, readonly Replacement[]>> = {
  sqlite: [
    [/(\S+) like '(\d{4})-?%'/, 'year($1) = $2'],
    [/\blike\b/, 'ilike'],
    [/\bstrftime\('%Y', /, 'year('],
    [/\blength\(/, 'len('],
  ],
  duckdb: [
    [/\byear\(([^()]*)\)/, 'substr($1, 1, 4)'],
    [/\bmonth\(([^()]*)\)/, 'substr($1, 6, 2)'],
    [/\bdate_trunc\('month', ([^()]*)\)/, "date_format($1, '%Y-%m')"],
    [/\bdayname\(([^()]*)\)/, "to_char($1, 'Day')"],
  ],
  postgres: [],
  mysql: [],
  spark: [],
}

function functionOfOtherEngine(sql: string, { catalog }: Damaging): string | undefined {
  const found = otherEngines[catalog.dialect].find(([pattern]) => pattern.test(sql))
  return found && sql.replace(...found)
}

/** In a nested query or the second side of a union. */
function oneColumnTooMany(sql: string, { catalog, random }: Damaging): string | undefined {
  const column = pick(mentionsIn(sql, catalog), random)?.text
  const added = changed(sql, /^.+?\bselect (?:distinct )?/, `$&${column}, `)
  return column && added
}

function columnOfOtherTable(sql: string, damaging: Damaging): string | undefined {
  const { catalog, tables, random } = damaging
  const named = pick(mentionsIn(sql, catalog), random)
  const others = tables.filter((table) => table !== named?.table.name)
  const other = pick(others, random)
  return named && other && replaced(sql, named, sqlColumn(other, named.column.name))
}

/** `singer.singer_name` for `singer.name`, and `singer.name` for `singer.stage_name`. */
function unknownColumn(sql: string, { catalog, random }: Damaging): string | undefined {
  const named = pick(mentionsIn(sql, catalog), random)
  if (!named) return undefined
  const { name } = named.column
  const [, ...lastWords] = name.split('_')
  const unknown = lastWords.length > 0 ? lastWords.join('_') : `${named.table.name}_${name}`
  return replaced(sql, named, sqlColumn(named.table.name, unknown))
}

interface Mention {
  readonly text: string
  readonly start: number
  readonly table: Table
  readonly column: Column
}

const stringOrName =
  /'(?:[^']|'')*'|(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)\.(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*)/gu

/** Copies of a table, such as `singer_2`, are left out. */
function mentionsIn(sql: string, { tables }: Catalog): Mention[] {
  return [...sql.matchAll(stringOrName)].flatMap(({ 0: text, index: start }) => {
    for (const table of tables) {
      const column = table.columns.find(({ name }) => sqlColumn(table.name, name) === text)
      if (column) return [{ text, start, table, column }]
    }
    return []
  })
}

function replaced(sql: string, { text, start }: Mention, other: string): string {
  return sql.slice(0, start) + other + sql.slice(start + text.length)
}

function changed(sql: string, pattern: RegExp, replacement: string): string | undefined {
  return pattern.test(sql) ? sql.replace(pattern, replacement) : undefined
}

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list.length > 0 ? random.pick(list) : undefined
}
