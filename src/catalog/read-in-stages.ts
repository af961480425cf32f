/** Reads a catalog: a small one at once, of a large one first the names, then one table after the other. */
import type { Catalog, Table } from '../../data/catalog.js'
import type { CatalogOutline, CatalogWatch } from '../../data/catalog-watch.js'
import type { Database } from '../../data/database.js'
import type { KnownTables } from './known-tables.js'

/** Schemas of up to so many tables are described before the first question: that takes seconds. */
export const smallSchema = 300
/** Times that the knowledge base follows while a large one is described: each costs seconds of work. */
const stages = 4

export interface StagedSources {
  readonly database: Pick<Database, 'introspect'>
  readonly knownTables: KnownTables
  /** Of an earlier version of the data, for what is not yet read anew. */
  readonly previous?: Catalog
  readonly onProgress?: (done: number, total: number) => void
  /** More is known than before. */
  readonly onStage: (reading: CatalogReading) => Promise<void>
}

export interface CatalogReading {
  /** Of the data. */
  readonly version: string
  /** What questions can be answered with; rejects when nothing can be read. */
  readonly first: Promise<Catalog>
  /** Never rejects. */
  readonly settled: Promise<void>
  /** The most that is known so far. */
  latest(): Catalog | undefined
  /** Of a large schema, until all of it is known and told. */
  progress(): { readonly done: number; readonly total: number } | undefined
}

export function readInStages(sources: StagedSources, version: string): CatalogReading {
  const { database, knownTables, previous, onProgress, onStage } = sources
  const first = promised<Catalog>()
  const found = new Map<string, Table>()
  let outline: CatalogOutline | undefined
  let latest: Catalog | undefined
  let nextStage = 0
  const done = () => found.size
  const advance = () => {
    if (!outline) return
    nextStage = done() + outline.tables.length / stages
    latest = partialCatalog(outline, found, previous, version)
  }
  const watch: CatalogWatch = {
    onOutline: async (names) => {
      if (names.tables.length <= smallSchema) return new Map()
      const known = await knownTables.open(version)
      for (const { name } of names.tables) {
        const table = known.get(name)
        if (table) found.set(name, table)
      }
      outline = names
      advance()
      first.resolve(latest!)
      return new Map(found)
    },
    onTable: (table) => {
      if (!outline) return
      found.set(table.name, table)
      knownTables.add(table)
      onProgress?.(done(), outline.tables.length)
      if (done() < nextStage || done() === outline.tables.length) return
      advance()
      void onStage(reading).catch(() => undefined)
    },
  }
  const describe = async () => {
    try {
      latest = await database.introspect(undefined, watch)
      first.resolve(latest)
      if (outline) await onStage(reading)
    } catch (error) {
      first.reject(error)
    } finally {
      outline = undefined
      await knownTables.close()
    }
  }
  const reading: CatalogReading = {
    version,
    first: first.promise,
    settled: describe(),
    latest: () => latest,
    progress: () => outline && { done: done(), total: outline.tables.length },
  }
  return reading
}

function promised<Result>() {
  let resolve: (result: Result) => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<Result>((...settle) => {
    ;[resolve, reject] = settle
  })
  return { promise, resolve, reject }
}

/** Tables that are not described yet are as they were, where their columns still are the same. */
function partialCatalog(
  outline: CatalogOutline,
  found: ReadonlyMap<string, Table>,
  previous: Catalog | undefined,
  version: string,
): Catalog {
  const before = new Map(previous?.tables.map((table) => [table.name, table]))
  const known = (table: Table): Table | undefined => {
    const earlier = before.get(table.name)
    return found.get(table.name) ?? (earlier && sameColumns(earlier, table) ? earlier : undefined)
  }
  const tables = outline.tables.map((table) => known(table) ?? table)
  const done = outline.tables.filter((table) => known(table)).length
  const described = { done, total: tables.length }
  return { ...outline, tables, described, version: `${version}-${found.size}-of-${tables.length}` }
}

function sameColumns(one: Table, other: Table): boolean {
  const shape = ({ columns }: Table) =>
    JSON.stringify(columns.map(({ name, type }) => [name, type]))
  return shape(one) === shape(other)
}
