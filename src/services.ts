/** The one place that opens and closes things: data, knowledge, models, conversations. */
import { join } from 'node:path'
import type { Llama } from 'node-llama-cpp'
import type { Logger } from 'pino'
import type { Catalog } from '../data/catalog.js'
import type { Database } from '../data/database.js'
import { openDuckDbDatabase } from '../data/duckdb/duckdb-database.js'
import type { OnProgress } from '../data/progress.js'
import { openSource } from '../data/sources/open-source.js'
import type { Source, SourceFailure } from '../data/sources/source.js'
import type { Embedder } from '../models/embedder.js'
import { createLlamaEmbedder } from '../models/embedding/llama-embedder.js'
import { openLlama } from '../models/llama/open-llama.js'
import { sentenceModel } from '../models/weights/known-artefacts.js'
import { provisionWeights } from '../models/weights/provision-weights.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'
import { openKnowledgeBase } from '../rag/knowledge-base.js'
import type { Config } from './config.js'
import { type ConversationStore, openConversationStore } from './conversation-store.js'
import { createKnowledgeSlot, type KnowledgeSlot } from './knowledge-slot.js'
import { createModelSlot, type FilledModelSlot } from './model-slot.js'
import { type HomeFailure, prepareHome } from './prepare-home.js'

export interface ServiceHooks {
  readonly logger: Logger
  readonly onProgress?: OnProgress
  readonly onWeights?: (progress: WeightProgress) => void
}

export interface Services {
  readonly source: Source
  readonly database: Database
  readonly knowledge: KnowledgeSlot
  readonly model: FilledModelSlot
  readonly conversations: ConversationStore
  /** Settles when the sentence model and its index are in place, or are known to be missing. */
  readonly knowledgeReady: Promise<void>
  /** Settles when the local model is loaded, or is known to be missing. */
  readonly modelReady: Promise<void>
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
  const opened = await openSource(config.source, config.home, hooks.onProgress)
  if (!opened.ok) return opened
  const { source } = opened
  const database = await openDuckDbDatabase(source.path, { label: source.label })
  const stopping = new AbortController()
  const words = await openKnowledgeBase({ folder: join(config.home, 'chroma') })
  const knowledge = createKnowledgeSlot(words)
  const catalog = followCatalog(database, knowledge)
  await catalog()
  const conversations = openConversationStore(join(config.home, 'conversations.sqlite'), (notice) =>
    hooks.logger.warn({ event: 'conversations_damaged' }, notice),
  )
  const model = createModelSlot(config)
  const runtime = once(openLlama)
  const fetching = { config, hooks, signal: stopping.signal, runtime }
  const full = openFullKnowledge(fetching, source, knowledge, catalog)
  // One after the other: both want the whole network and, while loading, the whole machine.
  const modelReady = full.then(() => model.fill(runtime, hooks.onWeights, stopping.signal))
  return {
    ok: true,
    services: {
      source,
      database,
      knowledge,
      model,
      conversations,
      knowledgeReady: full.then(() => undefined),
      modelReady,
      catalog,
      close: async () => {
        stopping.abort()
        const embedder = await full
        await modelReady
        await model.close()
        await knowledge.close()
        await embedder?.close()
        await database.close()
        conversations.close()
        if (runtime.started()) await (await runtime()).dispose()
      },
    },
  }
}

interface Fetching {
  readonly config: Config
  readonly hooks: ServiceHooks
  readonly signal: AbortSignal
  readonly runtime: () => Promise<Llama>
}

/** Never rejects: without a sentence model the words-only knowledge base stays in place. */
async function openFullKnowledge(
  fetching: Fetching,
  source: Source,
  knowledge: KnowledgeSlot,
  catalog: () => Promise<Catalog>,
): Promise<Embedder | undefined> {
  const { config, hooks, signal } = fetching
  try {
    const embedder = await loadEmbedder(fetching)
    if (!embedder || signal.aborted) return embedder
    const full = await openKnowledgeBase({
      embedder,
      folder: join(config.home, 'chroma'),
      chromaUrl: config.chromaUrl,
      source: source.path,
      onNotice: (notice) => hooks.logger.warn({ event: 'index_notice' }, notice),
    })
    const indexing: OnProgress = hooks.onProgress ?? (() => {})
    await full.refresh(await catalog(), (done, total) => indexing('Indexing', done, total), signal)
    await knowledge.replace(full)
    return embedder
  } catch (error) {
    if (!signal.aborted)
      hooks.logger.error({ event: 'index_failed', err: error }, 'The index could not be built.')
    return undefined
  }
}

async function loadEmbedder({
  config,
  hooks,
  signal,
  runtime,
}: Fetching): Promise<Embedder | undefined> {
  const weights = await provisionWeights(sentenceModel, {
    cacheFolder: join(config.home, 'weights'),
    offline: config.offline,
    onProgress: hooks.onWeights,
    signal,
  })
  if (!weights.ok) {
    hooks.logger.warn({ event: 'weights_missing', artefact: sentenceModel.name }, weights.message)
    return undefined
  }
  return createLlamaEmbedder({
    llama: await runtime(),
    modelPath: weights.path,
    name: sentenceModel.name,
    fingerprint: weights.sha256,
  })
}

/** Reads the catalog again, and brings the knowledge base after it, whenever the data's version changes. */
function followCatalog(database: Database, knowledge: KnowledgeSlot): () => Promise<Catalog> {
  let known: { readonly version: string; readonly catalog: Promise<Catalog> } | undefined
  return async () => {
    const version = await database.version()
    if (known?.version !== version) {
      const catalog = database.introspect().then(async (read) => {
        await knowledge.refresh(read)
        return read
      })
      known = { version, catalog }
      catalog.catch(() => {
        known = undefined
      })
    }
    return known.catalog
  }
}

function once<Result>(open: () => Promise<Result>) {
  let opened: Promise<Result> | undefined
  const get = () => {
    opened ??= open()
    return opened
  }
  return Object.assign(get, { started: () => opened !== undefined })
}
