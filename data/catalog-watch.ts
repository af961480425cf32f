/** What whoever has a database described hears on the way; for schemas of thousands of tables that is minutes. */
import type { Catalog, Table } from './catalog.js'

export type CatalogOutline = Omit<Catalog, 'version'>

export interface CatalogWatch {
  /** Names, types, declared keys and comments, before a row is looked at. Tables that it gives back, by name, are taken as they are. */
  onOutline(outline: CatalogOutline): Promise<ReadonlyMap<string, Table>>
  /** Each further table, as soon as it is described. */
  onTable(table: Table): void
}
