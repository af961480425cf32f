/** A model whose calls are counted, and refused once the day's budget does not cover them. */
import type { LanguageModel } from '../../models/language-model.js'
import { ModelCallError } from '../../models/model-call-error.js'
import type { Meter } from './usage-ledger.js'

export function meterModel(model: LanguageModel, meter: Meter): LanguageModel {
  return {
    ...model,
    complete: async (request) => {
      const { instructions = '', prompt, maxTokens } = request
      const input = model.countTokens(instructions + prompt)
      const held = await meter.reserve(model.name, { input, output: maxTokens })
      if (!held) throw new ModelCallError('budget_spent', budgetSpent)
      let written = 0
      const onToken = (tokens: number) => {
        written = tokens
        request.onToken?.(tokens)
      }
      try {
        request.signal?.throwIfAborted()
        const completion = await model.complete({ ...request, onToken })
        const used = { input: completion.promptTokens ?? input, output: completion.tokens }
        void held.settle(used, true)
        return completion
      } catch (error) {
        // What had begun to come was read and written, and is paid for.
        void held.settle(written > 0 ? { input, output: written } : { input: 0, output: 0 }, false)
        throw error
      }
    },
  }
}

export const budgetSpent =
  "The day's budget for this model is used up; it begins anew at midnight UTC."
