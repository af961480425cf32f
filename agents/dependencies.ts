/** What the graph's nodes use; opened and closed elsewhere. */
import type { Catalog } from '../data/catalog.js'
import type { Database } from '../data/database.js'
import type { ApprovedPair } from '../data/store/app-store.js'
import type { KnowledgeBase } from '../rag/knowledge.js'
import type { NearestIntent } from './intent/nearest-intent.js'
import type { SqlGenerator } from './sql-generator.js'

/** The pairs of question and SQL that a user may have used; neither rejects: pairs that cannot be read are none. */
export interface ApprovedPairs {
  find(user: string | undefined, question: string): Promise<ApprovedPair | undefined>
  all(user: string | undefined): Promise<readonly ApprovedPair[]>
}

/** Milliseconds; the engine's own limits hold for what is not given. */
export interface StageLimits {
  readonly gateMs?: number
  readonly queryMs?: number
}

export interface GraphDependencies {
  readonly database: Database
  readonly knowledge: KnowledgeBase
  /** By name. */
  readonly generators: Readonly<Record<string, SqlGenerator>>
  /** The catalog as of now: read again when the data has changed. */
  catalog(): Promise<Catalog>
  readonly approved: ApprovedPairs
  readonly limits?: StageLimits
  nearestIntent(question: string): Promise<NearestIntent | undefined>
}
