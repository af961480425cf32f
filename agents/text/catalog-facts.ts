/** What a catalog lends itself to being asked: its amount, the things it is broken down by, its years. */
import { type Catalog, type Column, findColumn, findTable, type Table } from '../../data/catalog.js'
import { singular } from '../../data/name-words.js'
import { parentsOf } from '../../data/relationship-graph.js'
import { newestDate } from '../entities/schema/newest-date.js'
import { principalAmount } from '../entities/schema/principal-amount.js'
import { displayColumn, isKeyLike } from '../entities/schema/schema-terms.js'
import { revenueWords } from '../entities/words/business-words.js'
import { humanise } from './humanise.js'

/** More values than this make a long chart rather than a first answer. */
const maxGroups = 20

export interface Breakdown {
  readonly table: string
  readonly column: string
  /** As it follows "by": `region`, `payment method`. */
  readonly words: string
  /** How many groups it makes. */
  readonly groups: number
  /** A value to filter by. */
  readonly value?: string
  /** The plural, when each group is a row of its own table: `products`. */
  readonly things?: string
}

/** What questions about rows of one table can be broken down by. */
export interface TableFacts {
  /** Of the table and of those its rows belong to: things before categories, fewest groups first. */
  readonly breakdowns: readonly Breakdown[]
  /** Years with data, newest complete one first. */
  readonly years: readonly number[]
}

export interface Amount {
  readonly words: string
  readonly table: string
}

/** What is summed up when nothing else is said; undefined when no table holds amounts. */
export function amountOf(catalog: Catalog): Amount | undefined {
  const found = principalAmount(catalog, [])
  return found && { table: found.table, words: amountWords(found.table, found.column) }
}

export function readTableFacts(catalog: Catalog, name: string): TableFacts {
  const tables = [...parentsOf(catalog, name).keys()].flatMap(
    (parent) => findTable(catalog, parent) ?? [],
  )
  return {
    breakdowns: tables
      .flatMap((table) => breakdownsOf(catalog, table, table.name !== name))
      .sort(
        (a, b) =>
          Number(b.things !== undefined) - Number(a.things !== undefined) || a.groups - b.groups,
      ),
    years: yearsOf(catalog, findTable(catalog, name)),
  }
}

/** `sales` when the table itself is called so, else the column: `total amount`. */
function amountWords(table: string, column: string): string {
  const spoken = humanise(table)
    .split(' ')
    .find((word) => revenueWords.has(word))
  return spoken ?? humanise(column).replace(/^total /, '')
}

/** Own categories of a table, and the table's rows themselves when something else belongs to them. */
export function breakdownsOf(
  catalog: Catalog,
  table: Table,
  asThing: boolean,
): readonly Breakdown[] {
  const display = displayColumn(table)
  const thing = humanise(table.name)
  const things: readonly Breakdown[] =
    asThing && display && table.rowCount > 1
      ? [
          {
            table: table.name,
            column: display.name,
            words: singularOf(thing),
            groups: table.rowCount,
            things: thing,
            ...sampleOf(display),
          },
        ]
      : []
  const categories = table.columns.filter(
    (column) =>
      column !== display &&
      isCategory(column) &&
      !isKeyLike(catalog, { table: table.name, column: column.name }),
  )
  return [
    ...things,
    ...categories
      .filter((column) => isOnlyOne(catalog, column.name))
      .map((column) => ({
        table: table.name,
        column: column.name,
        words: humanise(column.name),
        groups: column.values?.length ?? 0,
        ...sampleOf(column),
      })),
  ]
}

function singularOf(words: string): string {
  return words.replace(/\S+$/, singular)
}

function isCategory({ kind, values }: Column): boolean {
  return kind === 'text' && values !== undefined && values.length > 1 && values.length <= maxGroups
}

/** A name that several tables use would be asked back about. */
function isOnlyOne({ tables }: Catalog, name: string): boolean {
  return tables.filter(({ columns }) => columns.some((column) => column.name === name)).length === 1
}

function sampleOf({ values, samples }: Column): { value?: string } {
  const value = values?.[0] ?? samples[0]
  return value === undefined ? {} : { value }
}

function yearsOf(catalog: Catalog, table: Table | undefined): readonly number[] {
  const date = table?.columns.find(
    ({ kind, max }) => (kind === 'date' || kind === 'timestamp') && max,
  )
  if (!table || !date) return []
  const column = findColumn(catalog, { table: table.name, column: date.name })
  const newest = newestDate({ ...catalog, tables: [{ ...table, columns: [date] }] })
  const first = Number((column?.min ?? newest).slice(0, 4))
  const last = Number(newest.slice(0, 4)) - (newest.slice(5, 7) === '12' ? 0 : 1)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, back) => last - back)
}
