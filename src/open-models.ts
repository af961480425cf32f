/** The models of this process: loaded once, used by one orchestrator or by several in turn. */
import { join } from 'node:path'
import type { Llama } from 'node-llama-cpp'
import type { Logger } from 'pino'
import type { Embedder } from '../models/embedder.js'
import { createLlamaEmbedder } from '../models/embedding/llama-embedder.js'
import { openLlama } from '../models/llama/open-llama.js'
import { sentenceModel } from '../models/weights/known-artefacts.js'
import { provisionWeights } from '../models/weights/provision-weights.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'
import { adapterFolders } from './adapters/adapter-folders.js'
import {
  type LoadedModel,
  llamaMaker,
  loadModel,
  type ModelFailure,
  type ModelMaker,
} from './adapters/load-model.js'
import { createScratchSlot, type ScratchSlot } from './adapters/load-scratch.js'
import type { Config } from './config.js'
import { createModelSlot, type FilledModelSlot } from './model-slot.js'
import type { PartProgress } from './part-progress.js'

export interface ModelHooks {
  readonly logger: Logger
  readonly onWeights?: (progress: WeightProgress) => void
  /** Default: llama.cpp, with the weights under the home. */
  readonly maker?: ModelMaker
}

export type FetchedModel = 'model' | 'embedder'

export interface Models {
  /** Empty until `fillModel` has loaded it. */
  readonly model: FilledModelSlot
  /** Fetches and loads the local model at the first call; never rejects. */
  fillModel(): Promise<void>
  /**
   * Loads the local model with another adapter (a name, `none` or `auto`) beside the one in place, and puts it there
   * once `keep` resolves; where either fails, the old one stays. Rejects with what `keep` rejects with.
   */
  changeAdapter(
    choice: string,
    keep: (loaded: LoadedModel) => Promise<void>,
  ): Promise<LoadedModel | ModelFailure>
  /** Empty until `fillScratch` has loaded it. */
  readonly scratch: ScratchSlot
  /** Loads the model trained from scratch at the first call, where one is installed; never rejects. */
  fillScratch(): Promise<void>
  /** Fetches and loads the sentence model at the first call; undefined when it cannot be had. Never rejects. */
  embedder(): Promise<Embedder | undefined>
  /** How much of its weights has come; undefined where none had to be fetched. */
  fetching(model: FetchedModel): PartProgress | undefined
  /** Breaks off what is being fetched; loading still comes to its end. */
  stop(): void
  /** Nobody may be using the models any more. */
  close(): Promise<void>
}

/** Opens nothing yet: each model is loaded when it is first asked for. */
export function openModels(
  config: Config,
  { logger, onWeights, maker: givenMaker }: ModelHooks,
): Models {
  const stopping = new AbortController()
  const { signal } = stopping
  const model = createModelSlot(config.modelPath !== undefined)
  const runtime = once(openLlama)
  const maker = givenMaker ?? llamaMaker(runtime)
  const weights = watchWeights(onWeights)
  const loading = { onProgress: weights.onWeights('model'), signal }
  const fillModel = once(async () => model.put(await loadModel(config, maker, loading)))
  const scratch = createScratchSlot(adapterFolders(config.home), maker.open)
  const fillScratch = once(scratch.fill)
  let change: Promise<unknown> = Promise.resolve()
  const embedderHooks = { logger, onWeights: weights.onWeights('embedder') }
  const embedder = once(() => embedderOrNone(config, embedderHooks, runtime, signal))
  return {
    model,
    fillModel,
    changeAdapter: (choice, keep) => {
      const next = change.then(async () => {
        await fillModel()
        return changeTo(model, await loadModel(config, maker, { ...loading, choice }), keep)
      })
      change = next.catch(() => {})
      return next
    },
    scratch,
    fillScratch,
    embedder,
    fetching: weights.progress,
    stop: () => stopping.abort(),
    close: async () => {
      stopping.abort()
      if (fillModel.started()) await fillModel()
      await change
      await model.close()
      if (fillScratch.started()) await fillScratch()
      await scratch.close()
      if (embedder.started()) await (await embedder())?.close()
      if (runtime.started()) await (await runtime()).dispose()
    },
  }
}

async function changeTo(
  slot: FilledModelSlot,
  loaded: LoadedModel | ModelFailure,
  keep: (loaded: LoadedModel) => Promise<void>,
): Promise<LoadedModel | ModelFailure> {
  if (!loaded.ok) return loaded
  try {
    await keep(loaded)
  } catch (error) {
    await loaded.model.close()
    throw error
  }
  slot.put(loaded)
  return loaded
}

function watchWeights(onWeights: ModelHooks['onWeights']) {
  const fetched = new Map<FetchedModel, PartProgress>()
  return {
    onWeights: (name: FetchedModel) => (progress: WeightProgress) => {
      if (progress.kind === 'bytes') {
        const { done, total } = progress
        fetched.set(name, { done, total, unit: 'bytes' })
      }
      onWeights?.(progress)
    },
    progress: (name: FetchedModel) => fetched.get(name),
  }
}

/** Never rejects. */
async function embedderOrNone(
  ...given: Parameters<typeof loadEmbedder>
): Promise<Embedder | undefined> {
  const [, { logger }, , signal] = given
  try {
    return await loadEmbedder(...given)
  } catch (error) {
    if (!signal.aborted) {
      logger.error({ event: 'embedder_failed', err: error }, 'The sentence model failed.')
    }
    return undefined
  }
}

async function loadEmbedder(
  config: Config,
  { logger, onWeights }: ModelHooks,
  runtime: () => Promise<Llama>,
  signal: AbortSignal,
): Promise<Embedder | undefined> {
  const weights = await provisionWeights(sentenceModel, {
    cacheFolder: join(config.home, 'weights'),
    offline: config.offline,
    onProgress: onWeights,
    signal,
  })
  if (!weights.ok) {
    logger.warn({ event: 'weights_missing', artefact: sentenceModel.name }, weights.message)
    return undefined
  }
  return createLlamaEmbedder({
    llama: await runtime(),
    modelPath: weights.path,
    name: sentenceModel.name,
    fingerprint: weights.sha256,
  })
}

function once<Result>(open: () => Promise<Result>) {
  let opened: Promise<Result> | undefined
  const get = () => {
    opened ??= open()
    return opened
  }
  return Object.assign(get, { started: () => opened !== undefined })
}
