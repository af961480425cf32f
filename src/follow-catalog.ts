/** The catalog as of now: what the database holds, and what people told of it. */
import type { Catalog } from '../data/catalog.js'
import type { Database } from '../data/database.js'
import { describedCatalog } from '../data/described-catalog.js'
import type { HandbookStore } from '../data/store/handbook-store.js'
import type { KnowledgeBase } from '../rag/knowledge.js'

export interface FollowedSources {
  readonly database: Pick<Database, 'version' | 'introspect'>
  readonly knowledge: Pick<KnowledgeBase, 'refresh'>
  readonly handbook: HandbookStore
  /** Under which name things are told of this data. */
  readonly dataset: string
}

interface Known {
  readonly version: string
  readonly read: Promise<Catalog>
  readonly revision: number
  readonly catalog: Promise<Catalog>
}

/** Reads the data again when its version changes, and brings the knowledge base after it then and whenever more is told. */
export function followCatalog(sources: FollowedSources): () => Promise<Catalog> {
  const { database, handbook, dataset } = sources
  let known: Known | undefined
  return async () => {
    const version = await database.version()
    // Without what was told questions are still answered.
    const revision = await handbook.revision(dataset).catch(() => known?.revision ?? 0)
    if (known?.version !== version || known.revision !== revision) {
      const read = known?.version === version ? known.read : database.introspect()
      const catalog = tell(sources, read, revision)
      known = { version, read, revision, catalog }
      catalog.catch(() => {
        known = undefined
      })
    }
    return known.catalog
  }
}

async function tell(
  { knowledge, handbook, dataset }: FollowedSources,
  read: Promise<Catalog>,
  revision: number,
): Promise<Catalog> {
  const found = await read
  const catalog = describedCatalog(found, {
    revision,
    descriptions: await handbook.descriptions(dataset).catch(() => []),
    documents: await handbook.documents(dataset).catch(() => []),
    terms: await handbook.terms(dataset).catch(() => []),
  })
  await knowledge.refresh(catalog)
  return catalog
}
