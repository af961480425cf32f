/** The model of a server on this machine, found by itself: which one, is the user's choice and kept. */
import type { RemoteSlot } from '../../agents/generators/remote-generator.js'
import { createOpenAiLanguageModel } from '../../models/openai/openai-language-model.js'
import type { Config } from '../config.js'
import type { ChosenModels } from './chosen-models.js'
import { createModelFinder, type FoundModels } from './find-models.js'
import { isLoopback, type LocalServer, runsElsewhere, usualModel } from './local-servers.js'
import { offSlot } from './openai-slot.js'
import { serverSlot } from './server-slot.js'
import type { UsageLedger } from './usage-ledger.js'

export interface SlotParts {
  readonly config: Config
  readonly ledger: UsageLedger
  readonly chosen: ChosenModels
}

export function createLocalServerSlot(
  server: LocalServer,
  { config, ledger, chosen }: SlotParts,
): RemoteSlot {
  const { name, title } = server
  const place = config.servers?.[name]
  if (!place) return offSlot(`PARLEY_${name.toUpperCase()}_URL switches it off.`)
  const finder = createModelFinder(server, place.address)
  const meter = ledger.meter(name, { prices: {} })
  const isHere = isLoopback(place.address)
  const slots = new Map<string, RemoteSlot>()
  const slotOf = (model: string) => {
    const stays = isHere && !runsElsewhere(model)
    const made = serverSlot({
      model: createOpenAiLanguageModel({
        baseUrl: `${place.address}/v1`,
        model,
        timeoutMs: config.limits.modelMs,
        retries: 1,
      }),
      meter,
      allowance: {},
      // What stays on this machine may be told what the local model is told.
      told: stays ? 'values' : config.remoteData,
      place: stays ? 'machine' : 'remote',
      note: () => `${model}, in ${title} at ${place.address}.`,
    })
    slots.set(model, made)
    return made
  }
  const inUse = ({ models }: FoundModels) => {
    const wanted = place.model ?? chosen.of(name)
    const model = wanted !== undefined && models.includes(wanted) ? wanted : undefined
    return model ?? (place.model === undefined ? usualModel(models) : undefined)
  }
  const use = (found: FoundModels): RemoteSlot => {
    const model = inUse(found)
    if (model !== undefined) return slots.get(model) ?? slotOf(model)
    return offSlot(found.missing ?? `${title} has no ${place.model ?? 'model of this machine'}.`)
  }
  return {
    status: () => {
      const found = finder.known()
      if (!found) {
        const note = `Looking for ${title} at ${place.address}.`
        return { ready: false, off: true, loading: {}, note }
      }
      const { models } = found
      return { ...use(found).status(), ...(models.length > 0 && { models }) }
    },
    find: async (signal) => use(await finder.find()).find(signal),
    choose: async (model) => {
      const { models } = await finder.find()
      if (place.model !== undefined || !models.includes(model)) return false
      chosen.choose(name, model)
      return true
    },
  }
}
