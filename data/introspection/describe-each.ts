/** Describes one table after the other, and tells of each; the same for every engine. */
import type { Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'

export interface DescribedTables<Declared extends Table> {
  readonly tables: readonly Declared[]
  readonly outline: Omit<CatalogOutline, 'tables'>
  /** Without what only the engine needs. */
  plain(table: Declared): Table
  /** Undefined for what cannot be read. */
  describe(table: Declared): Promise<Declared | undefined>
}

/** In their order, without those that cannot be read. */
export async function describeEach<Declared extends Table>(
  { tables, outline, plain, describe }: DescribedTables<Declared>,
  watch: CatalogWatch | undefined,
): Promise<Declared[]> {
  const known = await watch?.onOutline({ ...outline, tables: tables.map(plain) })
  const described: Declared[] = []
  for (const table of tables) {
    const before = known?.get(table.name)
    const found = before ? { ...table, ...before } : await describe(table)
    if (found === undefined) continue
    described.push(found)
    if (!before) watch?.onTable(plain(found))
  }
  return described
}
