/** What can be asked about a made warehouse: its events, their dates, and the things they belong to. */
import type {
  Warehouse,
  WarehouseColumn,
  WarehouseTable,
} from '../../../data/training/warehouses/warehouse.js'
import { sqlColumn } from '../../../models/grammar/sql-name.js'

export interface World {
  readonly tables: readonly WarehouseTable[]
  /** Tables of what happens. */
  readonly facts: readonly WarehouseTable[]
  /** Tables whose rows have names. */
  readonly things: readonly WarehouseTable[]
  /** Words that several columns share, so that they alone name none. */
  readonly shared: ReadonlySet<string>
}

export function worldOf({ tables }: Warehouse): World {
  const words = tables.flatMap(({ columns }) => columns.flatMap((c) => [c.words, ...c.synonyms]))
  const nouns = tables.flatMap(({ noun, plural }) => [noun, plural])
  return {
    tables,
    facts: tables.filter(({ isFact }) => isFact),
    things: tables.filter((table) => labelOf(table) !== undefined),
    shared: new Set(words.filter((word, at) => words.indexOf(word) !== at || nouns.includes(word))),
  }
}

export function labelOf({ columns }: WarehouseTable): WarehouseColumn | undefined {
  return columns.find(({ kind }) => kind === 'label')
}

const people =
  /^(doctor|patient|guest|author|member|trainer|agent|holder|teacher|student|professor|employee|donor|dentist|child|owner|renter|technician|subscriber|customer|officer|borrower|player|rider)$/

export function isPerson({ noun }: WarehouseTable): boolean {
  return people.test(noun)
}

export function sqlOf({ table, name }: Pick<WarehouseColumn, 'table' | 'name'>): string {
  return sqlColumn(table, name)
}

/** The day an event counts for: its own, or that of the event it is a part of. */
export function dateOf(fact: WarehouseTable): WarehouseColumn | undefined {
  const own = fact.columns.find(({ kind, nullable }) => isEvent(kind) && !nullable)
  if (own) return own
  const parent = fact.references.find(({ to }) => to.isFact)
  return parent && dateOf(parent.to)
}

export function isEvent(kind: WarehouseColumn['kind']): boolean {
  return kind === 'day' || kind === 'moment'
}

/** Things that every event belongs to one of, however far up; none that two ways lead to. */
export function ownersOf(table: WarehouseTable): readonly WarehouseTable[] {
  const found = upFrom(table)
  return found.filter(
    (owner) =>
      labelOf(owner) !== undefined && found.filter((other) => other === owner).length === 1,
  )
}

function upFrom({ references }: WarehouseTable): WarehouseTable[] {
  return references.flatMap(({ to, nullable }) => (nullable ? [] : [to, ...upFrom(to)]))
}

/** A number of an event that makes sense added up. */
export function isAdditive({ kind }: WarehouseColumn): boolean {
  return kind === 'money' || kind === 'whole' || kind === 'real'
}

export function isNumber(column: WarehouseColumn): boolean {
  return isAdditive(column) || column.kind === 'rate'
}

/** The column's words, with its table's where several columns go by them. */
export function wordsFor(world: World, table: WarehouseTable, column: WarehouseColumn): string {
  if (column.kind === 'label') return table.noun
  return world.shared.has(column.words) ? `${table.noun} ${column.words}` : column.words
}
