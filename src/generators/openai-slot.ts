/** The model on the server that the settings name. */
import type { RemoteSlot } from '../../agents/generators/remote-generator.js'
import { createOpenAiLanguageModel } from '../../models/openai/openai-language-model.js'
import type { Config } from '../config.js'
import { serverSlot } from './server-slot.js'
import type { UsageLedger } from './usage-ledger.js'

/** Attempts behind the first, of one question: somebody waits for it. */
export const retries = 2

export function createOpenAiSlot(config: Config, ledger: UsageLedger): RemoteSlot {
  const { openai, limits, remoteData } = config
  if (!openai) return offSlot('Set PARLEY_OPENAI_KEY, or PARLEY_OPENAI_URL for another server.')
  const { baseUrl, key, model: name, allowance = { prices: {} } } = openai
  if (name === undefined) return offSlot('Name the model in PARLEY_OPENAI_MODEL.')
  const meter = ledger.meter('openai', allowance)
  if (allowance.money !== undefined && !meter.hasPrice(name)) {
    return offSlot(`A budget of money needs the price of ${name} in PARLEY_OPENAI_PRICES.`)
  }
  const model = createOpenAiLanguageModel({
    baseUrl,
    key,
    model: name,
    timeoutMs: limits.modelMs,
    retries,
  })
  return serverSlot({
    model,
    meter,
    allowance,
    told: remoteData,
    note: `${name}, on the server that PARLEY_OPENAI_URL names.`,
  })
}

export function offSlot(note: string): RemoteSlot {
  return {
    status: () => ({ ready: false, off: true, note }),
    find: async () => ({ missing: note }),
  }
}
