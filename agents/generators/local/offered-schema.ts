/** Decides what of the catalog the model is shown: all of it, in a fixed order, as long as it fits. */
import type { Catalog, ColumnReference, Relationship, Table } from '../../../data/catalog.js'

/** More would not fit, and trying takes time. */
const maxTables = 24
/** Columns of one table offered to the model; wider tables show the ones the question names first. */
const maxColumns = 40
/** A list of more values makes a grammar slow, and reads as names to copy rather than kinds to choose from. */
const maxListedValues = 30

export interface OfferedSchema {
  readonly tables: readonly Table[]
  /** The keys among those tables. */
  readonly relationships: readonly Relationship[]
}

/** What is known of a question before its schema is chosen. */
export interface SchemaWishes {
  /** Likeliest first. */
  readonly rankedTables: readonly string[]
  /** Columns the question names. */
  readonly named: readonly ColumnReference[]
  /** Offers at most this many tables, of those ranked, even where all would fit. */
  readonly onlyTables?: number
}

/**
 * Every table in the catalog's order, so that prompts on one database begin alike and the model reads
 * that beginning once. Where `fits` says no, the tables that were ranked last are left out.
 */
export function offerSchema(
  catalog: Catalog,
  wishes: SchemaWishes,
  fits: (schema: OfferedSchema) => boolean,
): OfferedSchema {
  const { named, rankedTables, onlyTables = maxTables } = wishes
  const usable = catalog.tables.filter((table) => table.columns.length > 0)
  if (usable.length <= onlyTables) {
    const whole = schemaOf(catalog, usable, named)
    if (fits(whole)) return whole
  }
  const ranked = rankedTables.flatMap((name) => usable.find((table) => table.name === name) ?? [])
  const candidates = (ranked.length > 0 ? ranked : usable).slice(0, onlyTables)
  for (let count = candidates.length; ; count--) {
    const kept = new Set(candidates.slice(0, count))
    const tables = usable.filter((table) => kept.has(table))
    const schema = schemaOf(catalog, tables, named)
    if (count <= 1 || fits(schema)) return schema
  }
}

function schemaOf(
  catalog: Catalog,
  tables: readonly Table[],
  named: readonly ColumnReference[],
): OfferedSchema {
  const names = new Set(tables.map((table) => table.name))
  return {
    tables: tables.map((table) => narrowed(table, named)),
    relationships: catalog.relationships.filter(
      ({ from, to }) => names.has(from.table) && names.has(to.table),
    ),
  }
}

function narrowed(table: Table, named: readonly ColumnReference[]): Table {
  const columns = firstColumns(table, named).map((column) => {
    const isShort = column.values !== undefined && column.values.length <= maxListedValues
    return isShort ? column : { ...column, values: undefined }
  })
  return { ...table, columns }
}

function firstColumns({ name, columns }: Table, named: readonly ColumnReference[]) {
  if (columns.length <= maxColumns) return columns
  const wanted = new Set(
    named.filter((reference) => reference.table === name).map((reference) => reference.column),
  )
  const first = columns.filter((column) => wanted.has(column.name))
  const rest = columns.filter((column) => !wanted.has(column.name))
  return [...first, ...rest].slice(0, maxColumns)
}
