/** Finds what can be counted and measured, and by what: a table, what it points at, and what that points at. */
import type { Catalog, Dialect } from '../../catalog.js'
import { findTable } from '../../catalog.js'
import type { AskableColumn, AskableSchema, AskableTable } from '../templates/askable.js'
import { isComparable } from '../templates/conditions.js'
import { columnsOf } from '../templates/draw.js'
import { type AskableDate, readDates } from './dates.js'

/** What rows are put into groups by. */
export interface Dimension {
  /** Shown of each group. */
  readonly sql: string
  /** Tells the groups apart: two customers may have one name. */
  readonly group: string
  /** "Region", "customer segment". */
  readonly words: string
  readonly plural: string
  readonly column: AskableColumn
  /** Its table. */
  readonly owner: AskableTable
  /** The rows of another table are the groups. */
  readonly isOwner: boolean
  readonly isOwn: boolean
}

export interface Fact {
  readonly table: AskableTable
  readonly numbers: readonly AskableColumn[]
  /** Of the table itself and of those above it. */
  readonly dimensions: readonly Dimension[]
  readonly dates: readonly AskableDate[]
}

export interface Analysis {
  readonly facts: readonly Fact[]
  readonly dialect: Dialect
}

export function readAnalysis(catalog: Catalog, schema: AskableSchema): Analysis {
  const facts = schema.tables.map((table): Fact => {
    const above = tablesAbove(table, schema)
    const own = datesOf(catalog, table)
    const parents = own.length > 0 ? [] : above.slice(0, 1)
    return {
      table,
      numbers: columnsOf(table, ['number']),
      dimensions: [
        ...ownDimensions(table),
        ...above.flatMap((parent) => parentDimensions(parent, table)),
      ],
      dates: own.length > 0 ? own : parents.flatMap((parent) => datesOf(catalog, parent)),
    }
  })
  const isUseful = ({ dimensions, dates }: Fact) => dimensions.length > 0 || dates.length > 0
  return { facts: facts.filter(isUseful), dialect: catalog.dialect }
}

function datesOf(catalog: Catalog, { name, noun }: AskableTable): readonly AskableDate[] {
  const table = findTable(catalog, name)
  return table ? readDates(table, noun) : []
}

/** Those that each row belongs to in one way only, nearest first. */
function tablesAbove(table: AskableTable, { links }: AskableSchema): readonly AskableTable[] {
  const ways = new Map<AskableTable, number>()
  const walk = (from: AskableTable, trail: readonly AskableTable[]): void => {
    for (const { child, parent } of links) {
      if (child !== from || trail.includes(parent)) continue
      ways.set(parent, (ways.get(parent) ?? 0) + 1)
      walk(parent, [...trail, parent])
    }
  }
  walk(table, [table])
  return [...ways].filter(([, count]) => count === 1).map(([parent]) => parent)
}

function ownDimensions(table: AskableTable): Dimension[] {
  return columnsOf(table, ['category']).map((column) => ({
    sql: column.sql,
    group: column.sql,
    words: column.words,
    plural: column.plural,
    column,
    owner: table,
    isOwner: false,
    isOwn: true,
  }))
}

function parentDimensions(parent: AskableTable, child: AskableTable): Dimension[] {
  const [label, ...more] = parent.label?.columns ?? []
  const owner: Dimension[] =
    label === undefined || more.length > 0
      ? []
      : [
          {
            sql: label.sql,
            group: parent.key === undefined ? label.sql : `${parent.key}, ${label.sql}`,
            words: parent.noun,
            plural: parent.plural,
            column: label,
            owner: parent,
            isOwner: true,
            isOwn: false,
          },
        ]
  const kinds = columnsOf(parent, ['category']).filter((column) => column !== label)
  return [
    ...owner,
    ...kinds.map(
      (column): Dimension => ({
        sql: column.sql,
        group: column.sql,
        words: isTold(column.words, parent, child)
          ? column.words
          : `${parent.noun} ${column.words}`,
        plural: `${parent.noun} ${column.plural}`,
        column,
        owner: parent,
        isOwner: false,
        isOwn: false,
      }),
    ),
  ]
}

function isTold(words: string, { noun }: AskableTable, _child: AskableTable): boolean {
  return words.includes(noun)
}

/** Whether a question may name a value of it. */
export function isNamable({ column }: Dimension): boolean {
  return isComparable(column)
}
