/** Shows a schema as it might also have been: other orders, fewer bystanders, another engine. */
import type { Catalog, Column, ColumnReference, Dialect, Table } from '../../data/catalog.js'
import { type Random, shuffled } from '../../data/random.js'

/** In percent of packs. Orders and bystanders carry no meaning, and a model that never sees them change learns them by heart. */
const shuffledTables = 60
const shuffledColumns = 40
const withoutSomeBystanders = 40
/** In percent of the tables that no question of such a pack needs. */
const bystandersLeftOut = 50

export interface CatalogWishes {
  readonly dialect: Dialect
  /** Tables that stay. */
  readonly needed: ReadonlySet<string>
  /** What goes, so that questions about it cannot be answered. */
  readonly without?: Missing
}

/** A table, or one column of it. */
export type Missing = { readonly table: string; readonly column?: string }

export function varyCatalog(catalog: Catalog, wishes: CatalogWishes, random: Random): Catalog {
  const fewer = random.chance(withoutSomeBystanders)
  const gone = wishes.without?.column === undefined ? wishes.without?.table : undefined
  const kept = catalog.tables
    .filter(({ name }) => name !== gone)
    .filter(({ name }) => wishes.needed.has(name) || !fewer || !random.chance(bystandersLeftOut))
  const ordered = random.chance(shuffledTables) ? shuffled(kept, random) : kept
  const mixColumns = random.chance(shuffledColumns)
  const tables = ordered.map((table) => varyTable(table, mixColumns, wishes, random))
  const shown = (reference: ColumnReference) =>
    tables.some(
      ({ name, columns }) =>
        name === reference.table && columns.some((column) => column.name === reference.column),
    )
  return {
    ...catalog,
    dialect: wishes.dialect,
    tables,
    relationships: catalog.relationships.filter(({ from, to }) => shown(from) && shown(to)),
  }
}

function varyTable(
  table: Table,
  mixColumns: boolean,
  { without }: CatalogWishes,
  random: Random,
): Table {
  const left: readonly Column[] =
    without?.table === table.name
      ? table.columns.filter(({ name }) => name !== without.column)
      : table.columns
  return { ...table, columns: mixColumns ? shuffled(left, random) : left }
}
