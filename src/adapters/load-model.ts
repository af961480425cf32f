/** Loads the local model: its weights, the adapter that is to be used with them, and why it is that one. */
import { join } from 'node:path'
import type { Llama } from 'node-llama-cpp'
import type { LanguageModel } from '../../models/language-model.js'
import {
  createLlamaLanguageModel,
  type LlamaLanguageModelOptions,
} from '../../models/llama/llama-language-model.js'
import {
  bestAdapter,
  type ChosenAdapter,
  chooseAdapter,
  readModelRegistry,
} from '../../models/registry/model-registry.js'
import { baseModel } from '../../models/weights/known-artefacts.js'
import {
  type ProvisionedWeights,
  provisionWeights,
} from '../../models/weights/provision-weights.js'
import type { WeightProgress } from '../../models/weights/weight-artefact.js'
import { readAdapterChoice } from './adapter-choice.js'
import { adapterFolders } from './adapter-folders.js'

export interface ModelSettings {
  readonly home: string
  readonly modelPath?: string
  readonly adapter?: string
  readonly offline: boolean
  /** Prompt and answer together. Default: enough for a question over the schema of a few tables. */
  readonly contextSize?: number
}

/** What a model is made by; tests make theirs without weights. */
export interface ModelMaker {
  weights(
    settings: ModelSettings,
    onProgress?: (progress: WeightProgress) => void,
    signal?: AbortSignal,
  ): Promise<ProvisionedWeights>
  /** Rejects when the files cannot be loaded. */
  open(options: Omit<LlamaLanguageModelOptions, 'llama'>): Promise<LanguageModel>
}

/** `setting`: PARLEY_ADAPTER names it; `chosen`: a user did; `best`: it has the best score of those that fit. */
export type AdapterReason = 'setting' | 'chosen' | 'best'

export interface LoadedModel {
  readonly ok: true
  readonly model: LanguageModel
  readonly base: { readonly name: string; readonly sha256: string }
  /** Absent: the base model is used alone. */
  readonly adapter?: string
  readonly reason: AdapterReason
  /** The weights, then the adapter. */
  readonly files: readonly string[]
}

export interface ModelFailure {
  readonly ok: false
  readonly code: (ChosenAdapter & { ok: false })['code'] | 'weights_missing' | 'model_unusable'
  readonly message: string
  readonly hints: readonly string[]
  /** Where the weights are there, and only the adapter cannot be used. */
  readonly base?: LoadedModel['base']
}

/** Prompt and answer together; the schema of a few tables takes about a thousand. */
export const usualContextSize = 2048
/** The second core stays free: two busy threads slow each other down many times over. */
export const threads = 1

export function llamaMaker(llama: () => Promise<Llama>): ModelMaker {
  return {
    weights: ({ home, modelPath, offline }, onProgress, signal) =>
      provisionWeights(baseModel, {
        cacheFolder: join(home, 'weights'),
        override: modelPath,
        offline,
        onProgress,
        signal,
      }),
    open: async (options) => createLlamaLanguageModel({ ...options, llama: await llama() }),
  }
}

export interface Loading {
  /** In place of what was chosen before: a name, `none` or `auto`. The setting is stronger. */
  readonly choice?: string
  readonly onProgress?: (progress: WeightProgress) => void
  readonly signal?: AbortSignal
}

/** Never rejects. */
export async function loadModel(
  settings: ModelSettings,
  maker: ModelMaker,
  { choice, onProgress, signal }: Loading = {},
): Promise<LoadedModel | ModelFailure> {
  try {
    const weights = await maker.weights(settings, onProgress, signal)
    if (!weights.ok) return { ...weights, code: 'weights_missing' }
    const base = { name: settings.modelPath ?? baseModel.name, sha256: weights.sha256 }
    const kept = choice ?? (await readAdapterChoice(settings.home, base.sha256)).chosen
    const wanted = settings.adapter ?? kept
    const loaded = await loadWith(settings, maker, { base, path: weights.path, wanted })
    return loaded.ok ? loaded : { ...loaded, base }
  } catch (error) {
    return unusable(error)
  }
}

interface Wanted {
  readonly base: LoadedModel['base']
  /** Of the weights. */
  readonly path: string
  readonly wanted: string
}

async function loadWith(
  settings: ModelSettings,
  maker: ModelMaker,
  { base, path, wanted }: Wanted,
): Promise<LoadedModel | ModelFailure> {
  const registry = await readModelRegistry(adapterFolders(settings.home))
  const named = wanted === bestAdapter ? undefined : wanted
  const chosen = await chooseAdapter(registry, base.sha256, named)
  if (!chosen.ok) return chosen
  const { adapter, fingerprint } = chosen
  try {
    const model = await maker.open({
      name: adapter ? `${base.name} + ${adapter.name}` : base.name,
      fingerprint,
      modelPath: path,
      adapterPath: adapter?.path,
      threads,
      contextSize: settings.contextSize ?? usualContextSize,
    })
    const files = adapter ? [path, adapter.path] : [path]
    const reason = reasonOf(settings, wanted)
    return { ok: true, model, base, adapter: adapter?.name, reason, files }
  } catch (error) {
    return unusable(error)
  }
}

function reasonOf({ adapter }: ModelSettings, wanted: string): AdapterReason {
  if (adapter !== undefined) return 'setting'
  return wanted === bestAdapter ? 'best' : 'chosen'
}

function unusable(error: unknown): ModelFailure {
  const said = error instanceof Error ? error.message : String(error)
  return {
    ok: false,
    code: 'model_unusable',
    message: `The local model could not be loaded: ${said}`,
    hints: [],
  }
}
