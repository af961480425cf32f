/** The catalog as of now: what the database holds, and what people told of it. */
import type { Catalog } from '../../data/catalog.js'
import type { Database } from '../../data/database.js'
import { describedCatalog } from '../../data/described-catalog.js'
import type { HandbookStore } from '../../data/store/handbook-store.js'
import type { KnowledgeBase } from '../../rag/knowledge.js'
import type { KnownTables } from './known-tables.js'
import { type CatalogReading, readInStages } from './read-in-stages.js'

export interface FollowedSources {
  readonly database: Pick<Database, 'version' | 'introspect'>
  readonly knowledge: Pick<KnowledgeBase, 'refresh'>
  readonly handbook: HandbookStore
  /** Under which name things are told of this data. */
  readonly dataset: string
  /** What an earlier run found in a large schema. */
  readonly knownTables: KnownTables
  /** While a large schema is described. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface FollowedCatalog {
  /** Of a large schema what is known so far. */
  catalog(): Promise<Catalog>
  /** Settles when all of it is known, or is known to be unreadable. */
  settled(): Promise<void>
  /** Tables of a large schema that are described, and all; undefined once all are. */
  progress(): { readonly done: number; readonly total: number } | undefined
}

interface Told {
  readonly reading: CatalogReading
  readonly revision: number
  readonly catalog: Promise<Catalog>
}

/** Reads the data again when its version changes, and brings the knowledge base after it then and whenever more is told. */
export function followCatalog(sources: FollowedSources): FollowedCatalog {
  const { database, handbook, dataset } = sources
  let reading: CatalogReading | undefined
  let previous: Catalog | undefined
  let told: Told | undefined
  const read = (version: string) => {
    const started = readInStages({ ...sources, previous, onStage }, version)
    reading = started
    started.first.catch(() => undefined)
    void started.settled.then(() => {
      const found = started.latest()
      previous = found ?? previous
      // What failed is read again, and of what was cut off the rest, when somebody asks again.
      if (reading === started && (!found || found.described)) reading = undefined
    })
    return started
  }
  /** What is known already stays in use until the knowledge base is in line with more. */
  const onStage = async (of: CatalogReading) => {
    const revision = told?.revision ?? 0
    const found = of.latest()
    if (of !== reading || !found) return
    const catalog = await tell(sources, found, revision)
    if (of === reading) told = { reading: of, revision, catalog: Promise.resolve(catalog) }
  }
  return {
    catalog: async () => {
      const version = await database.version()
      // Without what was told questions are still answered.
      const revision = await handbook.revision(dataset).catch(() => told?.revision ?? 0)
      // Minutes of work on a large schema are not given up because a row was written meanwhile.
      const isCurrent = reading?.version === version || reading?.progress() !== undefined
      const current = reading && isCurrent ? reading : read(version)
      if (told?.reading !== current || told.revision !== revision) {
        const known = current.first.then((first) =>
          tell(sources, current.latest() ?? first, revision),
        )
        const next = { reading: current, revision, catalog: known }
        told = next
        known.catch(() => {
          if (told === next) told = undefined
        })
      }
      return told.catalog
    },
    settled: async () => {
      while (reading?.progress()) await reading.settled
    },
    progress: () => reading?.progress(),
  }
}

async function tell(
  { knowledge, handbook, dataset }: FollowedSources,
  found: Catalog,
  revision: number,
): Promise<Catalog> {
  const catalog = describedCatalog(found, {
    revision,
    descriptions: await handbook.descriptions(dataset).catch(() => []),
    documents: await handbook.documents(dataset).catch(() => []),
    terms: await handbook.terms(dataset).catch(() => []),
  })
  await knowledge.refresh(catalog)
  return catalog
}
