/** The one place that opens and closes things: data, knowledge, models, conversations. */
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Catalog } from '../data/catalog.js'
import type { Database } from '../data/database.js'
import { policyMark, type RowPolicy } from '../data/policies/row-policy.js'
import type { OnProgress } from '../data/progress.js'
import type { ResultCache } from '../data/results/result-cache.js'
import { withResultCache } from '../data/results/with-result-cache.js'
import { openSource } from '../data/sources/open-source.js'
import type { Source, SourceFailure } from '../data/sources/source.js'
import type { Scope } from '../data/store/app-store.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'
import { openKnowledgeBase } from '../rag/knowledge-base.js'
import type { ScratchSlot } from './adapters/load-scratch.js'
import { type FollowedCatalog, followCatalog } from './catalog/follow-catalog.js'
import { createKnownTables, knownTablesPath } from './catalog/known-tables.js'
import type { Config } from './config.js'
import type { ConversationStore } from './conversation-store.js'
import { datasetKey } from './dataset-key.js'
import type { AddedGenerator } from './generators/langchain-generator.js'
import { openRemotes, type Remotes } from './generators/remotes.js'
import { createKnowledgeSlot, type KnowledgeSlot } from './knowledge-slot.js'
import type { ModelQueue } from './model-queue.js'
import type { FilledModelSlot } from './model-slot.js'
import { openConversations } from './open-conversations.js'
import { openSoundSource } from './open-database.js'
import { openFullKnowledge } from './open-full-knowledge.js'
import { type Models, openModels } from './open-models.js'
import { type PartProgress, watchIndexing } from './part-progress.js'
import { type HomeFailure, prepareHome } from './prepare-home.js'
import type { Replica } from './replicas/replica.js'
import { sharedUsage } from './replicas/shared-usage.js'
import { type PolicyFile, policyFailure } from './row-policies.js'
import type { ServiceLimits } from './service-limits.js'

export interface ServiceHooks {
  readonly logger: Logger
  readonly onProgress?: OnProgress
  readonly onWeights?: (progress: WeightProgress) => void
  /** Open already, and its owner's to close: for several orchestrators in turn. */
  readonly models?: Models
  /** Likewise: the models elsewhere. */
  readonly remotes?: Remotes
  /** Further generators, by a program that brings them along. */
  readonly generators?: readonly AddedGenerator[]
  /** The Chroma server of another orchestrator, once it is known: a folder can have one server only. */
  readonly sharedChroma?: () => Promise<string | undefined>
  /** Of a service that many may ask. */
  readonly limits?: ServiceLimits
  /** Where results are kept; open already, and its owner's to close. Without it none are. */
  readonly results?: ResultCache
  /** In front of the model, where several questions can want it at once. */
  readonly modelQueue?: ModelQueue
  /** What is shared with other replicas; open already, and its owner's to close. */
  readonly replica?: Replica
  /** False: conversations live in memory only, and are nobody else's. */
  readonly keepConversations?: boolean
  /** The only rows that can be seen; all can, where it is absent. */
  readonly policy?: RowPolicy
  /** Tried on the data as a whole first. */
  readonly policyFile?: PolicyFile
  /** Of other services on the same source: open already, and their owner's to close. */
  readonly shared?: Pick<Services, 'source' | 'conversations'>
  /** The name of a dataset that was added to a service: what is known of its tables goes when it is removed. */
  readonly addedAs?: string
  /** Under whose name things are kept where a question names nobody; nobody's in particular if not given. */
  readonly user?: string
}

export interface Services {
  readonly source: Source
  readonly database: Database
  readonly knowledge: KnowledgeSlot
  readonly model: FilledModelSlot
  readonly scratch: ScratchSlot
  readonly remotes: Remotes
  readonly conversations: ConversationStore
  /** Under whose name things are kept, and about which data. */
  scopeOf(user: string | undefined): Scope
  /** Settles when the sentence model and its index are in place, or are known to be missing. */
  readonly knowledgeReady: Promise<void>
  /** Settles when the model trained from scratch is loaded, or is known to be missing. */
  readonly scratchReady: Promise<void>
  /** Settles when the local model is loaded, or is known to be missing. */
  readonly modelReady: Promise<void>
  /** Until `knowledgeReady` settles. */
  isIndexing(): boolean
  /** Of what is being fetched or filled just now. */
  progressOf(part: 'index' | 'embedder' | 'model'): PartProgress | undefined
  catalog(): Promise<Catalog>
  close(): Promise<void>
}

export type OpenedServices =
  | { readonly ok: true; readonly services: Services }
  | { readonly ok: false; readonly failure: SourceFailure | HomeFailure }

/** Questions can be answered when this resolves; the models arrive behind `knowledgeReady` and `modelReady`. */
export async function openServices(config: Config, hooks: ServiceHooks): Promise<OpenedServices> {
  const unwritable = await prepareHome(config.home)
  if (unwritable) return { ok: false, failure: unwritable }
  const kept = await openConversations(config, hooks)
  if (!kept.ok) return kept
  const { conversations } = kept
  const closeConversations = async () => hooks.shared ?? (await conversations.close())
  const opened = await openData(config, hooks)
  if (!opened.ok) {
    await closeConversations()
    return opened
  }
  const close = async () => {
    await opened.database.close()
    await closeConversations()
  }
  try {
    const services = await startServices(config, hooks, { ...opened, conversations, close })
    return { ok: true, services }
  } catch (error) {
    await close()
    throw error
  }
}

type Data = Pick<Services, 'source' | 'database' | 'conversations' | 'close'>

async function startServices(config: Config, hooks: ServiceHooks, data: Data): Promise<Services> {
  const { source, database, conversations } = data
  const dataset = datasetKey(source, hooks.policy)
  const name = shownName(source, hooks)
  const knownAs = hooks.addedAs ?? shownName({ path: source.origin ?? source.path }, hooks)
  const knowledge = createKnowledgeSlot(
    await openKnowledgeBase({ folder: join(config.home, 'chroma') }),
  )
  const followed = followCatalog({
    database,
    knowledge,
    handbook: conversations.store.handbook,
    dataset,
    knownTables: createKnownTables(knownTablesPath(config.home, knownAs)),
    onProgress: (done, total) => hooks.onProgress?.('Describing tables', done, total),
  })
  await followed.catalog()
  const models = hooks.models ?? openModels(config, hooks)
  const { stop, indexing, ...ready } = fill({ config, hooks, models, knowledge, followed, name })
  const { replica } = hooks
  return {
    ...data,
    ...ready,
    knowledge,
    model: models.model,
    scratch: models.scratch,
    remotes:
      hooks.remotes ?? openRemotes(config, { ...hooks, book: replica && sharedUsage(replica.sql) }),
    scopeOf: (user = hooks.user ?? '') => ({ owner: user, dataset }),
    isIndexing: () => indexing.isUnderWay() || followed.progress() !== undefined,
    progressOf: (part) => {
      if (part !== 'index') return models.fetching(part)
      const described = followed.progress()
      return described ? { ...described, unit: 'tables' } : indexing.progress()
    },
    catalog: followed.catalog,
    close: async () => {
      stop()
      if (!hooks.models) models.stop()
      await ready.modelReady
      await knowledge.close()
      if (!hooks.models) await models.close()
      await data.close()
    },
  }
}

interface Filled {
  readonly config: Config
  readonly hooks: ServiceHooks
  readonly models: Models
  readonly knowledge: KnowledgeSlot
  readonly followed: FollowedCatalog
  readonly name: string
}

/** One after the other: each wants the whole network and, while loading, the whole machine. */
function fill({ knowledge, followed, name, ...parts }: Filled) {
  const { models } = parts
  const stopping = new AbortController()
  const indexing = watchIndexing()
  const filling = { ...parts, signal: stopping.signal }
  const index = { name, report: indexing.report }
  const knowledgeReady = openFullKnowledge(filling, index, knowledge, followed)
  void knowledgeReady.then(indexing.end)
  const scratchReady = knowledgeReady.then(() => models.fillScratch())
  const modelReady = scratchReady.then(() => models.fillModel())
  const stop = () => stopping.abort()
  return { knowledgeReady, scratchReady, modelReady, indexing, stop }
}

async function openData(
  config: Config,
  { shared, policy, policyFile, results, onProgress }: ServiceHooks,
) {
  const opened = shared
    ? { ok: true as const, source: shared.source }
    : await openSource(config.source, config.home, onProgress, config)
  if (!opened.ok) return opened
  const { source } = opened
  const failure = policyFile && (await policyFailure(source, policyFile))
  if (failure) return { ok: false as const, failure }
  const read = await openSoundSource(source, policy)
  if (!read.ok) return read
  const { database } = read
  // What a server holds may change without its version telling at once.
  if (!results || source.connect) return { ok: true as const, source, database }
  const owner = shownName(source, { policy })
  return { ok: true as const, source, database: withResultCache(database, results, owner) }
}

/** No policy's index or results are another's: they hold stored values. */
function shownName(
  { path }: Pick<Source, 'path'>,
  { policy }: Pick<ServiceHooks, 'policy'>,
): string {
  return policy ? `${path}#${policyMark(policy)}` : path
}
