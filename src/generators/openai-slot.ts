/** The model on the server, or the servers, that the settings name. */
import type { RemoteSlot } from '../../agents/generators/remote-generator.js'
import { balanceModels } from '../../models/openai/balance-models.js'
import { createOpenAiLanguageModel } from '../../models/openai/openai-language-model.js'
import { servesModel } from '../../models/openai/serves-model.js'
import type { Config } from '../config.js'
import { serverSlot } from './server-slot.js'
import type { UsageLedger } from './usage-ledger.js'

/** Attempts behind the first, of one question: somebody waits for it. */
export const retries = 2

export function createOpenAiSlot(config: Config, ledger: UsageLedger): RemoteSlot {
  const { openai, limits, remoteData } = config
  if (!openai) return offSlot('Set PARLEY_OPENAI_KEY, or PARLEY_OPENAI_URL for another server.')
  const { model: name, allowance = { prices: {} } } = openai
  if (name === undefined) return offSlot('Name the model in PARLEY_OPENAI_MODEL.')
  const meter = ledger.meter('openai', allowance)
  if (allowance.money !== undefined && !meter.hasPrice(name)) {
    return offSlot(`A budget of money needs the price of ${name} in PARLEY_OPENAI_PRICES.`)
  }
  const { model, note } = servedModel(openai, name, limits.modelMs)
  return serverSlot({ model, meter, allowance, told: remoteData, note })
}

type Servers = NonNullable<Config['openai']>

function servedModel({ baseUrl, others = [], key }: Servers, name: string, timeoutMs: number) {
  const settings = { key, model: name, timeoutMs }
  if (others.length === 0) {
    const model = createOpenAiLanguageModel({ ...settings, baseUrl, retries })
    return { model, note: () => `${name}, on the server that PARLEY_OPENAI_URL names.` }
  }
  const addresses = [baseUrl, ...others]
  const model = balanceModels(
    addresses.map((address) => ({
      // The next server is asked instead.
      model: createOpenAiLanguageModel({ ...settings, baseUrl: address, retries: 0 }),
      look: (signal) => servesModel({ baseUrl: address, key, model: name }, signal),
    })),
  )
  const note = () => {
    const there = addresses.length - model.away()
    return `${name}, on ${there} of the ${addresses.length} servers that PARLEY_OPENAI_URL names.`
  }
  return { model, note }
}

export function offSlot(note: string): RemoteSlot {
  return {
    status: () => ({ ready: false, off: true, note }),
    find: async () => ({ missing: note }),
  }
}
