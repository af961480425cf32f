/** What can be asked about a made warehouse: its events, their dates, and the things they belong to. */
import type {
  MadeColumn,
  MadeTable,
  MadeWarehouse,
} from '../../../data/training/warehouses/warehouse.js'
import { sqlColumn } from '../../../models/grammar/sql-name.js'

export interface World {
  readonly tables: readonly MadeTable[]
  /** Tables of what happens. */
  readonly facts: readonly MadeTable[]
  /** Tables whose rows have names. */
  readonly things: readonly MadeTable[]
  /** Words that several columns share, so that they alone name none. */
  readonly shared: ReadonlySet<string>
}

export function worldOf({ tables }: MadeWarehouse): World {
  const words = tables.flatMap(({ columns }) => columns.flatMap((c) => [c.words, ...c.synonyms]))
  const nouns = tables.flatMap(({ noun, plural }) => [noun, plural])
  return {
    tables,
    facts: tables.filter(({ isFact }) => isFact),
    things: tables.filter((table) => labelOf(table) !== undefined),
    shared: new Set(words.filter((word, at) => words.indexOf(word) !== at || nouns.includes(word))),
  }
}

export function labelOf({ columns }: MadeTable): MadeColumn | undefined {
  return columns.find(({ kind }) => kind === 'label')
}

const people =
  /^(doctor|patient|guest|author|member|trainer|agent|holder|teacher|student|professor|employee|donor|dentist|child|owner|renter|technician|subscriber|customer|officer|borrower|player|rider)$/

export function isPerson({ noun }: MadeTable): boolean {
  return people.test(noun)
}

export function sqlOf({ table, name }: Pick<MadeColumn, 'table' | 'name'>): string {
  return sqlColumn(table, name)
}

/** The day an event counts for: its own, or that of the event it is a part of. */
export function dateOf(fact: MadeTable): MadeColumn | undefined {
  const own = fact.columns.find(({ kind, nullable }) => isEvent(kind) && !nullable)
  if (own) return own
  const parent = fact.references.find(({ to }) => to.isFact)
  return parent && dateOf(parent.to)
}

export function isEvent(kind: MadeColumn['kind']): boolean {
  return kind === 'day' || kind === 'moment'
}

/** Things that every event belongs to one of, however far up; none that two ways lead to. */
export function ownersOf(table: MadeTable): readonly MadeTable[] {
  const found = upFrom(table)
  return found.filter(
    (owner) =>
      labelOf(owner) !== undefined && found.filter((other) => other === owner).length === 1,
  )
}

function upFrom({ references }: MadeTable): MadeTable[] {
  return references.flatMap(({ to, nullable }) => (nullable ? [] : [to, ...upFrom(to)]))
}

/** A number of an event that makes sense added up. */
export function isAdditive({ kind }: MadeColumn): boolean {
  return kind === 'money' || kind === 'whole' || kind === 'real'
}

export function isNumber(column: MadeColumn): boolean {
  return isAdditive(column) || column.kind === 'rate'
}

/** The column's words, with its table's where several columns go by them. */
export function wordsFor(world: World, table: MadeTable, column: MadeColumn): string {
  if (column.kind === 'label') return table.noun
  return world.shared.has(column.words) ? `${table.noun} ${column.words}` : column.words
}
