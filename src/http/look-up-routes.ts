/** What SQL would do, and what is known about words: nothing runs and nothing is kept. */
import type { Request } from 'express'
import { z } from 'zod'
import { maxSqlLength } from '../../data/guard/guard-sql.js'
import type { RetrievedDocument } from '../../rag/knowledge.js'
import type { Datasets } from '../datasets.js'
import type { ExplainedSql } from '../look-up.js'
import { callerOf } from './caller.js'
import { datasetName } from './chat-body.js'
import { HttpError } from './http-error.js'
import { bodyErrors } from './on-kept.js'
import { datasetOf, datasetQuery, openDataset } from './open-dataset.js'
import { plainText, readBody } from './read-body.js'
import { readJsonBody } from './read-json-body.js'
import type { Route } from './route.js'
import { hangUpSignal } from './server-sent-events.js'

/** As long as a question may be. */
export const maxSearchLength = 2_000
const usualLimit = 10
export const maxFound = 20

const text = z.string()

const explainBodySchema = z
  .strictObject({
    sql: plainText.trim().min(1).max(maxSqlLength).describe('One SELECT.'),
    dataset: datasetName.optional(),
  })
  .meta({ id: 'ExplainRequest' })

const explainedSchema: z.ZodType<ExplainedSql> = z
  .discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), explanation: z.array(text) }),
    z.object({
      ok: z.literal(false),
      failure: z.object({
        code: z.enum([
          'sql_refused',
          'sql_invalid',
          'sql_failed',
          'sql_timeout',
          'sql_out_of_memory',
          'cancelled',
        ]),
        message: text,
        hints: z.array(text),
      }),
    }),
  ])
  .meta({ id: 'ExplainedSql' })

const foundSchema: z.ZodType<{ documents: readonly RetrievedDocument[] }> = z
  .object({
    documents: z.array(
      z.object({
        id: text,
        kind: z.enum([
          'table',
          'column_group',
          'relationship',
          'value_set',
          'pattern',
          'example',
          'note',
        ]),
        text,
        tables: z.array(text),
        sql: text.optional(),
        distance: z.number().optional(),
        score: z.number(),
      }),
    ),
  })
  .meta({ id: 'FoundDocuments' })

export function lookUpRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/v1/explain',
      summary: 'What SQL does, in plain words, and whether it may run; nothing runs',
      scope: 'ask',
      handlers: [
        ...readJsonBody(),
        async (request, response) => {
          const { sql, dataset } = readBody(explainBodySchema, request.body)
          const orchestrator = await openDataset(datasets, dataset, callerOf(request))
          response.json(await orchestrator.explainSql(sql, hangUpSignal(response)))
        },
      ],
      body: explainBodySchema,
      success: {
        status: 200,
        description: 'The steps; ok is false for SQL that may not run, with the reason.',
        schema: explainedSchema,
      },
      errors: [...bodyErrors],
    },
    {
      method: 'get',
      path: '/api/v1/knowledge/search',
      summary: 'What is known of the data that belongs to a text: tables, values, notes, examples',
      scope: 'ask',
      query: {
        ...datasetQuery,
        text: 'Words to find it by.',
        limit: `How many, at most ${maxFound}. Default: ${usualLimit}`,
      },
      handlers: [
        async (request, response) => {
          const { words, limit } = askedOf(request)
          const orchestrator = await openDataset(datasets, datasetOf(request), callerOf(request))
          const documents = await orchestrator.search(words, limit, hangUpSignal(response))
          response.json({ documents })
        },
      ],
      success: { status: 200, description: 'Best first.', schema: foundSchema },
      errors: ['invalid_request', 'not_ready'],
    },
  ]
}

/** Throws `invalid_request`. */
function askedOf({ query }: Request) {
  const { text: words, limit = String(usualLimit) } = query
  if (typeof words !== 'string' || words.trim() === '' || words.length > maxSearchLength) {
    throw new HttpError('invalid_request', `text has 1 to ${maxSearchLength} characters.`)
  }
  const count = typeof limit === 'string' && /^\d{1,2}$/.test(limit) ? Number(limit) : 0
  if (count < 1 || count > maxFound) {
    throw new HttpError('invalid_request', `limit is a number from 1 to ${maxFound}.`)
  }
  return { words: words.toWellFormed(), limit: count }
}
