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
  let large: LargeSchema | undefined
  let latest: Catalog | undefined
  const watch: CatalogWatch = {
    onOutline: async (outline) => {
      if (outline.tables.length <= smallSchema) return new Map()
      large = describeLarge(outline, await knownTables.open(version), previous, version)
      latest = large.catalog()
      first.resolve(latest)
      return new Map(large.found)
    },
    onTable: (table) => {
      if (!large) return
      const isStage = large.add(table)
      knownTables.add(table)
      const { done, total } = large.progress()
      onProgress?.(done, total)
      if (!isStage) return
      latest = large.catalog()
      void onStage(reading).catch(() => undefined)
    },
  }
  const describe = async () => {
    try {
      latest = await database.introspect(undefined, watch)
      first.resolve(latest)
      if (large) await onStage(reading)
    } catch (error) {
      first.reject(error)
    } finally {
      large = undefined
      await knownTables.close()
    }
  }
  const reading: CatalogReading = {
    version,
    first: first.promise,
    settled: describe(),
    latest: () => latest,
    progress: () => large?.progress(),
  }
  return reading
}

/** A schema of so many tables that it is asked about while it is described. */
interface LargeSchema {
  /** The tables that are described. */
  readonly found: ReadonlyMap<string, Table>
  /** True where so many more are described by now that the knowledge base is to follow. */
  add(table: Table): boolean
  catalog(): Catalog
  progress(): { readonly done: number; readonly total: number }
}

function describeLarge(
  outline: CatalogOutline,
  known: ReadonlyMap<string, Table>,
  previous: Catalog | undefined,
  version: string,
): LargeSchema {
  const total = outline.tables.length
  const names = new Set(outline.tables.map(({ name }) => name))
  const found = new Map([...known].filter(([name]) => names.has(name)))
  let nextStage = found.size + total / stages
  return {
    found,
    add: (table) => {
      found.set(table.name, table)
      if (found.size < nextStage || found.size === total) return false
      nextStage = found.size + total / stages
      return true
    },
    catalog: () => partialCatalog(outline, found, previous, version),
    progress: () => ({ done: found.size, total }),
  }
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
