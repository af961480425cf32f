/** What the words before the caret may become, while a question is being typed. */
import type { Request } from 'express'
import { z } from 'zod'
import type { Completion } from '../../../rag/knowledge.js'
import type { Datasets } from '../../datasets.js'
import { callerOf } from '../caller.js'
import { HttpError } from '../http-error.js'
import { datasetOf, datasetQuery, openDataset } from '../open-dataset.js'
import type { Route } from '../route.js'

/** As long as a question may be. */
const maxTextLength = 2_000
const usualLimit = 8
const maxLimit = 20

const text = z.string()

const completionsSchema: z.ZodType<{ completions: readonly Completion[] }> = z
  .object({
    completions: z.array(
      z.object({
        kind: z.enum(['table', 'column', 'value', 'term']),
        text,
        table: text.optional(),
        column: text.optional(),
        start: z.number(),
        end: z.number(),
      }),
    ),
  })
  .meta({ id: 'Completions' })

export function completeRoute(datasets: Datasets): Route {
  return {
    method: 'get',
    path: '/api/v1/complete',
    summary: 'Names of tables and columns, values and terms that continue the text',
    scope: 'ask',
    query: {
      ...datasetQuery,
      text: 'What stands before the caret.',
      limit: `How many, at most ${maxLimit}. Default: ${usualLimit}`,
    },
    handlers: [
      async (request, response) => {
        const { begun, limit } = askedOf(request)
        const orchestrator = await openDataset(datasets, datasetOf(request), callerOf(request))
        response.json({ completions: await orchestrator.complete(begun, limit) })
      },
    ],
    success: { status: 200, description: 'Likeliest first.', schema: completionsSchema },
    errors: ['invalid_request', 'not_ready'],
  }
}

/** Throws `invalid_request`. */
function askedOf({ query }: Request) {
  const { text: begun = '', limit = String(usualLimit) } = query
  if (typeof begun !== 'string' || begun.length > maxTextLength) {
    throw new HttpError('invalid_request', `text has at most ${maxTextLength} characters.`)
  }
  const count = typeof limit === 'string' && /^\d{1,2}$/.test(limit) ? Number(limit) : 0
  if (count < 1 || count > maxLimit) {
    throw new HttpError('invalid_request', `limit is a number from 1 to ${maxLimit}.`)
  }
  return { begun, limit: count }
}
