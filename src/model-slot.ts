/** The local model's place: empty while weights are fetched and loaded, then the model, or why there is none. */

import { join } from 'node:path'
import type { Llama } from 'node-llama-cpp'
import type { ModelSlot } from '../agents/generators/local-generator.js'
import type { LanguageModel } from '../models/language-model.js'
import { createLlamaLanguageModel } from '../models/llama/llama-language-model.js'
import { packageRoot } from '../models/package-root.js'
import { chooseAdapter, readModelRegistry } from '../models/registry/model-registry.js'
import { baseModel } from '../models/weights/known-artefacts.js'
import { provisionWeights } from '../models/weights/provision-weights.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'

export interface ModelSettings {
  readonly home: string
  readonly modelPath?: string
  readonly adapter?: string
  readonly offline: boolean
  /** Prompt and answer together. Default: enough for a question over the schema of a few tables. */
  readonly contextSize?: number
}

export interface FilledModelSlot extends ModelSlot {
  state(): 'loading' | 'ok' | 'missing'
  /** Whether the model in place was trained for SQL, or chosen by the user. */
  isTrusted(): boolean
  /** The files of the model in place: its weights, then its adapter. */
  files(): readonly string[]
  /** Fetches what is missing and loads it; never rejects. */
  fill(
    llama: () => Promise<Llama>,
    onProgress?: (progress: WeightProgress) => void,
    signal?: AbortSignal,
  ): Promise<void>
  close(): Promise<void>
}

/** Prompt and answer together; the schema of a few tables takes about a thousand. */
const usualContextSize = 2048
/** The second core stays free: two busy threads slow each other down many times over. */
const threads = 1

export function createModelSlot(settings: ModelSettings): FilledModelSlot {
  let model: LanguageModel | undefined
  let trusted = false
  let files: readonly string[] = []
  let note = 'The local model is not loaded yet.'
  let state: 'loading' | 'ok' | 'missing' = 'loading'
  const fail = (message: string, hints: readonly string[] = []) => {
    state = 'missing'
    note = [message, ...hints].join(' ')
  }
  return {
    current: () => model,
    note: () => note,
    isTrusted: () => trusted,
    files: () => files,
    state: () => state,
    fill: async (llama, onProgress, signal) => {
      try {
        const loaded = await load(settings, llama, onProgress, signal)
        if (!loaded.ok) return fail(loaded.message, loaded.hints)
        model = loaded.model
        files = loaded.files
        trusted = loaded.hasAdapter || settings.modelPath !== undefined
        state = 'ok'
        note = `${model.name} is loaded.`
      } catch (error) {
        fail(
          `The local model could not be loaded: ${error instanceof Error ? error.message : error}`,
        )
      }
    },
    close: async () => {
      await model?.close()
      model = undefined
    },
  }
}

async function load(
  settings: ModelSettings,
  llama: () => Promise<Llama>,
  onProgress?: (progress: WeightProgress) => void,
  signal?: AbortSignal,
) {
  const weights = await provisionWeights(baseModel, {
    cacheFolder: join(settings.home, 'weights'),
    override: settings.modelPath,
    offline: settings.offline,
    onProgress,
    signal,
  })
  if (!weights.ok) return weights
  const registry = await readModelRegistry(join(packageRoot, 'models', 'adapters'))
  const chosen = await chooseAdapter(registry, weights.sha256, settings.adapter)
  if (!chosen.ok) return chosen
  const base = settings.modelPath ?? baseModel.name
  const model = await createLlamaLanguageModel({
    llama: await llama(),
    name: chosen.adapter ? `${base} + ${chosen.adapter.name}` : base,
    fingerprint: chosen.fingerprint,
    modelPath: weights.path,
    adapterPath: chosen.adapter?.path,
    threads,
    contextSize: settings.contextSize ?? usualContextSize,
  })
  return {
    ok: true as const,
    model,
    files: chosen.adapter ? [weights.path, chosen.adapter.path] : [weights.path],
    hasAdapter: chosen.adapter !== undefined,
  }
}
