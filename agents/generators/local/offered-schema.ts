/** Decides what of the catalog the model is shown: all of it, in a fixed order, as long as it fits. */
import type { Catalog, Relationship, Table } from '../../../data/catalog.js'
import type { Entities } from '../../entities/entities.js'
import type { GenerationRequest } from '../../sql-generator.js'

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

/**
 * Every table in the catalog's order, so that prompts on one database begin alike and the model reads
 * that beginning once. Where `fits` says no, the tables that retrieval ranked last are left out.
 */
export function offerSchema(
  { catalog, context, entities }: GenerationRequest,
  fits: (schema: OfferedSchema) => boolean,
): OfferedSchema {
  const usable = catalog.tables.filter((table) => table.columns.length > 0)
  if (usable.length <= maxTables) {
    const whole = schemaOf(catalog, usable, entities)
    if (fits(whole)) return whole
  }
  const ranked = context.tables.flatMap((name) => usable.find((table) => table.name === name) ?? [])
  const candidates = (ranked.length > 0 ? ranked : usable).slice(0, maxTables)
  for (let count = candidates.length; ; count--) {
    const kept = new Set(candidates.slice(0, count))
    const tables = usable.filter((table) => kept.has(table))
    const schema = schemaOf(catalog, tables, entities)
    if (count <= 1 || fits(schema)) return schema
  }
}

function schemaOf(catalog: Catalog, tables: readonly Table[], entities: Entities): OfferedSchema {
  const names = new Set(tables.map((table) => table.name))
  return {
    tables: tables.map((table) => narrowed(table, entities)),
    relationships: catalog.relationships.filter(
      ({ from, to }) => names.has(from.table) && names.has(to.table),
    ),
  }
}

function narrowed(table: Table, entities: Entities): Table {
  const columns = firstColumns(table, entities).map((column) => {
    const isShort = column.values !== undefined && column.values.length <= maxListedValues
    return isShort ? column : { ...column, values: undefined }
  })
  return { ...table, columns }
}

function firstColumns({ name, columns }: Table, entities: Entities): Table['columns'] {
  if (columns.length <= maxColumns) return columns
  const named = new Set(
    [
      ...entities.filters.map((filter) => filter.column),
      ...entities.dimensions.map((dimension) => dimension.column),
      ...entities.listed,
      ...entities.measures.flatMap((measure) => measure.column ?? []),
    ]
      .filter((reference) => reference.table === name)
      .map((reference) => reference.column),
  )
  const first = columns.filter((column) => named.has(column.name))
  const rest = columns.filter((column) => !named.has(column.name))
  return [...first, ...rest].slice(0, maxColumns)
}
