/** Which columns an answer read, and which others might have been meant: what a reader picks the right one from. */
import {
  type Catalog,
  type Column,
  type ColumnKind,
  type ColumnReference,
  findColumn,
  findTable,
} from '../../data/catalog.js'
import { isSameColumn } from '../../data/join-free/replace-columns.js'
import { parentsOf } from '../../data/relationship-graph.js'
import type { Entities } from '../entities/entities.js'
import { identifierStems, isKeyLike } from '../entities/schema/schema-terms.js'
import { columnsRead } from './columns-read.js'

export interface ColumnReading {
  readonly column: ColumnReference
  /** The words of the question that it was taken for, where the rules read them so. */
  readonly phrase?: string
  /** Likeliest first. */
  readonly others: readonly ColumnReference[]
}

const mostReadings = 8
const mostOthers = 8
/** What standing in the same table counts beside having all words of the name in common. */
const sameTableBonus = 0.5
/** What each join away from the base takes off. */
const joinCost = 0.2

/** None for SQL that cannot be put in join-free form; keys are left out, nobody means another one. */
export function columnReadings(
  sql: string,
  catalog: Catalog,
  entities?: Entities,
): readonly ColumnReading[] {
  const read = columnsRead(sql, catalog)
  if (!read) return []
  const base = baseOf(read.tables, catalog)
  return read.columns
    .filter((column) => !isKeyLike(catalog, column))
    .map((column) => ({
      column,
      phrase: entities && phraseOf(column, entities),
      others: othersOf(column, base, catalog).filter(
        (other) => !read.columns.some((known) => isSameColumn(known, other)),
      ),
    }))
    .filter(({ others }) => others.length > 0)
    .slice(0, mostReadings)
}

/** The table of which each row determines one of all the others; none where several are joined side by side. */
function baseOf(tables: readonly string[], catalog: Catalog): string | undefined {
  return tables.find((table) => {
    const parents = parentsOf(catalog, table)
    return tables.every((other) => parents.has(other))
  })
}

function phraseOf(column: ColumnReference, entities: Entities): string | undefined {
  const { measures, dimensions, filters } = entities
  const parts = [...measures, ...dimensions, ...filters]
  return parts.find((part) => part.column && isSameColumn(part.column, column))?.phrase
}

/** Of the same kind, and in tables that do not make rows repeat. */
function othersOf(
  column: ColumnReference,
  base: string | undefined,
  catalog: Catalog,
): readonly ColumnReference[] {
  const kind = findColumn(catalog, column)?.kind
  if (kind === undefined || kind === 'other') return []
  const inReach = parentsOf(catalog, base ?? column.table)
  // A number of a table that is joined in would be counted once for each row of the base.
  const tables = kind === 'number' ? [column.table, base ?? column.table] : [...inReach.keys()]
  const scored = [...new Set([column.table, ...tables])].flatMap((table) =>
    columnsLike(kind, table, catalog)
      .filter((other) => !isSameColumn(other, column))
      .map((other) => ({ other, score: likeness(column, other) - distance(inReach, table) })),
  )
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, mostOthers)
    .map(({ other }) => other)
}

function columnsLike(kind: ColumnKind, table: string, catalog: Catalog) {
  const isLike = (column: Column) => sortOf(column.kind) === sortOf(kind)
  return (findTable(catalog, table)?.columns ?? [])
    .filter(isLike)
    .map(({ name }) => ({ table, column: name }))
    .filter((reference) => !isKeyLike(catalog, reference))
}

function sortOf(kind: ColumnKind): ColumnKind {
  return kind === 'timestamp' ? 'date' : kind
}

/** By words that both names have, and by standing side by side. */
function likeness(one: ColumnReference, other: ColumnReference): number {
  const words = new Set(identifierStems(one.column))
  const others = identifierStems(other.column)
  const shared = others.filter((word) => words.has(word)).length
  const bonus = one.table === other.table ? sameTableBonus : 0
  return shared / Math.max(1, words.size, others.length) + bonus
}

function distance(inReach: ReadonlyMap<string, number>, table: string): number {
  return (inReach.get(table) ?? 0) * joinCost
}
