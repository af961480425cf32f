/** What the graph's nodes use; opened and closed elsewhere. */
import type { Catalog } from '../data/catalog.js'
import type { Database } from '../data/database.js'
import type { KnowledgeBase } from '../rag/knowledge.js'
import type { GeneratorName } from './answer.js'
import type { NearestIntent } from './intent/nearest-intent.js'
import type { SqlGenerator } from './sql-generator.js'

export interface GraphDependencies {
  readonly database: Database
  readonly knowledge: KnowledgeBase
  readonly generators: Readonly<Record<Exclude<GeneratorName, 'given'>, SqlGenerator>>
  /** The catalog as of now: read again when the data has changed. */
  catalog(): Promise<Catalog>
  nearestIntent(question: string): Promise<NearestIntent | undefined>
}
