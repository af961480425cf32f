/** What a configuration file says of the models that write and judge pairs, and of what they may cost. */
import { z } from 'zod'
import { answerForms } from '../../../models/openai/chat-request.js'

const mostAnswerTokens = 32_768
const mostMinutes = 30

/** `drawing` is the usual temperature: those who write should differ, those who judge should not. */
function chosenModel(drawing: number) {
  return {
    provider: z.enum(['local', 'openai']).default('local').meta({
      description: 'The local model, or a server that speaks the API of OpenAI.',
    }),
    name: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'What the server calls the model. Default: PARLEY_OPENAI_MODEL.' }),
    answer_form: z
      .enum(['auto', ...answerForms])
      .default('auto')
      .meta({ description: 'How a server is asked for JSON; auto: as strictly as it can.' }),
    temperature: z
      .number()
      .min(0)
      .max(2)
      .default(drawing)
      .meta({ description: '0 for the likeliest text; more draws other questions.' }),
    max_tokens: z
      .int()
      .min(16)
      .max(mostAnswerTokens)
      .default(1_000)
      .meta({ description: 'Longest answer.' }),
    timeout_s: z
      .number()
      .positive()
      .max(mostMinutes * 60)
      .default(120)
      .meta({ description: 'Longest that a server may take for one answer, in seconds.' }),
    retries: z
      .int()
      .min(0)
      .max(20)
      .default(5)
      .meta({ description: 'How often a server that is busy or fails is asked again.' }),
  }
}

export const writerModel = z.strictObject(chosenModel(0.8))

export const critic = z.strictObject({
  model: z
    .strictObject(chosenModel(0))
    .optional()
    .meta({ description: 'Its own model. Default: the one that writes.' }),
  repairs: z
    .int()
    .min(0)
    .max(5)
    .default(1)
    .meta({ description: 'Repairs of one pair; each is checked and judged again.' }),
  least_score: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .meta({ description: 'Pairs that the critic scores lower are repaired or left out, 0 to 1.' }),
})

const price = z.strictObject({
  input: z.number().min(0).meta({ description: 'For a million tokens of prompts.' }),
  output: z.number().min(0).meta({ description: 'For a million tokens of answers.' }),
})

export const budget = z.strictObject({
  tokens: z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'Most tokens, of prompts and answers together; 0 asks nothing.' }),
  money: z
    .number()
    .min(0)
    .optional()
    .meta({ description: 'Most that servers may cost, in the currency of the prices.' }),
  prices: z
    .record(z.string(), price)
    .default({})
    .meta({ description: 'By the name of the model; the local one costs nothing.' }),
})

export type ModelSettings = z.output<typeof writerModel>
export type CriticSettings = z.output<typeof critic>
export type BudgetSettings = z.output<typeof budget>
