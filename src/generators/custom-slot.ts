/** The model that was tuned last: found when its job succeeds, whoever watches that or not. */
import type { RemoteModel, RemoteSlot } from '../../agents/generators/remote-generator.js'
import { createOpenAiLanguageModel } from '../../models/openai/openai-language-model.js'
import { createTuningClient } from '../../models/openai/tuning-client.js'
import type { Config } from '../config.js'
import { isOver, type KeptJob, openJobStore } from '../finetune/job-store.js'
import { offSlot, retries } from './openai-slot.js'
import { serverSlot } from './server-slot.js'
import type { UsageLedger } from './usage-ledger.js'

/** A job takes minutes to hours. */
const lookAgainMs = 30_000
const lookMs = 10_000

export function createCustomSlot(config: Config, ledger: UsageLedger): RemoteSlot {
  const { openai, limits, remoteData } = config
  if (!openai)
    return offSlot('Tune a model with `parley finetune openai`; it needs PARLEY_OPENAI_KEY.')
  const { baseUrl, key, allowance = { prices: {} } } = openai
  const store = openJobStore(config.home)
  const meter = ledger.meter('custom', allowance)
  const client = createTuningClient({ baseUrl, key, retries: 0 })
  const slots = new Map<string, RemoteSlot>()
  const slotOf = (name: string) => {
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
    const note = () => `${name}, tuned on the server that PARLEY_OPENAI_URL names.`
    return serverSlot({ model, meter, allowance, told: remoteData, note })
  }
  let looked = Number.NEGATIVE_INFINITY
  const lookAgain = async (jobs: readonly KeptJob[]) => {
    const open = jobs.filter((job) => !isOver(job))
    if (open.length === 0 || performance.now() - looked < lookAgainMs) return
    looked = performance.now()
    for (const { id } of open) {
      await client.look(id, AbortSignal.timeout(lookMs)).then(store.update, () => {})
    }
  }
  const current = (): RemoteSlot => {
    const jobs = store.jobs()
    const tuned = jobs.findLast(({ tunedModel }) => tunedModel !== undefined)?.tunedModel
    if (tuned === undefined) return offSlot(noteOf(jobs.at(-1)))
    const slot = slots.get(tuned) ?? slotOf(tuned)
    slots.set(tuned, slot)
    return slot
  }
  return {
    status: () => {
      void lookAgain(store.jobs())
      return current().status()
    },
    find: async (signal): Promise<RemoteModel | { readonly missing: string }> => {
      await lookAgain(store.jobs())
      return current().find(signal)
    },
  }
}

function noteOf(job: KeptJob | undefined): string {
  if (!job) return 'Tune a model with `parley finetune openai prepare` and `submit`.'
  if (!isOver(job)) return `A model is being tuned: ${job.id} is ${job.status}.`
  return `The last job ${job.id} ${job.status}; \`parley finetune openai submit\` begins another.`
}
