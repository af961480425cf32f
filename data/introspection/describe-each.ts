/** Describes the tables of a database, and tells of each; the same for every engine. */
import type { Table } from '../catalog.js'
import type { CatalogOutline, CatalogWatch } from '../catalog-watch.js'

export interface DescribedTables<Declared extends Table> {
  readonly tables: readonly Declared[]
  readonly outline: Omit<CatalogOutline, 'tables'>
  /** Without what only the engine needs. */
  plain(table: Declared): Table
  /** Undefined for what cannot be read. */
  describe(table: Declared): Promise<Declared | undefined>
  /** Tables under way at the same time; one unless told. */
  readonly atOnce?: number
}

/** In their order, without those that cannot be read. Rejects as `describe` does. */
export async function describeEach<Declared extends Table>(
  { tables, outline, plain, describe, atOnce = 1 }: DescribedTables<Declared>,
  watch: CatalogWatch | undefined,
): Promise<Declared[]> {
  const known = await watch?.onOutline({ ...outline, tables: tables.map(plain) })
  const described = new Map<Declared, Declared>()
  const waiting = [...tables]
  const work = async () => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      const before = known?.get(table.name)
      const found = before ? { ...table, ...before } : await describe(table)
      if (found === undefined) continue
      described.set(table, found)
      if (!before) watch?.onTable(plain(found))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return tables.flatMap((table) => described.get(table) ?? [])
}
