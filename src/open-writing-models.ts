/** The models that write and judge training pairs: opened only where the settings ask for them. */
import type { ChosenModel, WritingModels } from '../data/generator/model/open-writing.js'
import {
  type GeneratorSettings,
  isModelPhase,
} from '../data/generator/settings/generator-settings.js'
import type { ModelSettings } from '../data/generator/settings/model-settings.js'
import type { LanguageModel } from '../models/language-model.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'
import { llamaMaker, loadModel } from './adapters/load-model.js'
import type { Config } from './config.js'

/** Where models are to be found. */
export type ModelAccess = Pick<Config, 'home' | 'modelPath' | 'adapter' | 'offline' | 'openai'>

export interface WritingHooks {
  readonly onWeights?: (progress: WeightProgress) => void
  /** Said when a server makes everybody wait; in words for people. */
  readonly onWait?: (message: string) => void
  readonly signal: AbortSignal
}

export type OpenedModels =
  | { readonly ok: true; readonly models: WritingModels; readonly close: () => Promise<void> }
  | { readonly ok: false; readonly message: string }

/** Prompt and answer together: the schema of a few tables and several pairs. */
const contextSize = 4096

/** Nothing is asked of a server yet. */
export async function openWritingModels(
  settings: GeneratorSettings,
  access: ModelAccess,
  hooks: WritingHooks,
): Promise<OpenedModels> {
  const needsWriter =
    settings.writer === 'model' && settings.phases.some(({ name }) => isModelPhase(name))
  const local = openLocal(access, hooks)
  const open = (chosen: ModelSettings) =>
    chosen.provider === 'local' ? local.open() : openRemote(chosen, settings, access, hooks)
  const writer = needsWriter ? await open(settings.model) : undefined
  const critic = settings.critic ? await open(settings.critic.model ?? settings.model) : undefined
  const failed = [writer, critic].find((each) => typeof each === 'string')
  if (failed === undefined) {
    const models = { writer, critic } as WritingModels
    return { ok: true, models, close: local.close }
  }
  await local.close()
  return { ok: false, message: failed as string }
}

/** One, for whoever wants it. */
function openLocal(access: ModelAccess, { onWeights, signal }: WritingHooks) {
  let opened:
    | Promise<{ model?: LanguageModel; note: string; close: () => Promise<void> }>
    | undefined
  const fill = async () => {
    const { openLlama } = await import('../models/llama/open-llama.js')
    const llama = await openLlama()
    const loading = { onProgress: onWeights, signal }
    const maker = llamaMaker(async () => llama)
    const loaded = await loadModel({ ...access, contextSize }, maker, loading)
    const close = async () => {
      if (loaded.ok) await loaded.model.close()
      await llama.dispose()
    }
    return loaded.ok
      ? { model: loaded.model, note: '', close }
      : { note: [loaded.message, ...loaded.hints].join(' '), close }
  }
  return {
    open: async (): Promise<ChosenModel | string> => {
      opened ??= fill()
      const { model, note } = await opened
      return model ? { model, isRemote: false } : note
    },
    close: async () => (await opened)?.close(),
  }
}

const millisecondsPerSecond = 1000

async function openRemote(
  { name, answer_form: form, timeout_s, retries }: ModelSettings,
  { budget }: GeneratorSettings,
  { openai }: ModelAccess,
  { onWait }: WritingHooks,
): Promise<ChosenModel | string> {
  if (!openai) return 'provider: openai needs PARLEY_OPENAI_URL, the address of the server.'
  const model = name ?? openai.model
  if (model === undefined) return 'provider: openai needs a name, or PARLEY_OPENAI_MODEL.'
  if (budget.money !== undefined && !budget.prices[model]) {
    return `budget.money needs the price of ${model} in budget.prices.`
  }
  const { createOpenAiLanguageModel } = await import('../models/openai/openai-language-model.js')
  const remote = createOpenAiLanguageModel({
    baseUrl: openai.baseUrl,
    key: openai.key,
    model,
    timeoutMs: timeout_s * millisecondsPerSecond,
    retries,
    ...(form !== 'auto' && { form }),
    onWait: ({ ms, reason }) => onWait?.(waitMessage(ms, reason)),
  })
  return { model: remote, isRemote: true }
}

function waitMessage(ms: number, reason: string): string {
  return `${reason} Asking again in ${(ms / millisecondsPerSecond).toFixed(1)} s.`
}
