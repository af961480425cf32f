/** One model on a server: counted, and known to be away for a while when it was last. */
import type { RemoteSlot } from '../../agents/generators/remote-generator.js'
import type { LanguageModel } from '../../models/language-model.js'
import { ModelCallError } from '../../models/model-call-error.js'
import type { Allowance } from './day-meter.js'
import { budgetSpent, meterModel } from './metered-model.js'
import type { Meter } from './usage-ledger.js'

/** After a failure that asking again cannot mend, nobody is sent there again so soon; who asks for it all the same is. */
const awayMs = 60_000

export interface ServedModel {
  readonly model: LanguageModel
  readonly meter: Meter
  readonly allowance: Pick<Allowance, 'tokens' | 'money'>
  readonly told: 'values' | 'schema-only'
  /** Default: remote. */
  readonly place?: 'machine' | 'remote'
  /** What it is, for its status. */
  readonly note: () => string
}

export function serverSlot(served: ServedModel): RemoteSlot {
  const { model, meter, allowance, told, place = 'remote', note } = served
  const watched = watchFailures(meterModel(model, meter))
  const { tokens, money } = allowance
  const problem = () => (meter.isSpent() ? budgetSpent : watched.lastFailure())
  return {
    status: () => ({
      ready: problem() === undefined,
      note: problem() ?? note(),
      place,
      told,
      model: model.name,
      usage: meter.usage(),
      ...((tokens ?? money) !== undefined && { budget: { tokens, money } }),
    }),
    find: async () => ({ model: watched.model, told }),
  }
}

function watchFailures(model: LanguageModel) {
  let failed: { readonly message: string; readonly at: number } | undefined
  const complete: LanguageModel['complete'] = async (request) => {
    try {
      const completion = await model.complete(request)
      failed = undefined
      return completion
    } catch (error) {
      if (error instanceof ModelCallError && error.isLasting && error.code !== 'budget_spent') {
        failed = { message: error.message, at: performance.now() }
      }
      throw error
    }
  }
  const lastFailure = () =>
    failed && performance.now() - failed.at < awayMs ? failed.message : undefined
  return { model: { ...model, complete }, lastFailure }
}
