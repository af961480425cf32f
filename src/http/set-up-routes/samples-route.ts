/** The first rows of a table, as a schema browser shows them. */
import type { Request } from 'express'
import { z } from 'zod'
import type { QueryResult } from '../../../data/database.js'
import type { Datasets } from '../../datasets.js'
import { callerOf } from '../caller.js'
import { HttpError } from '../http-error.js'
import { datasetOf, datasetQuery, openDataset } from '../open-dataset.js'
import type { Route } from '../route.js'
import { hangUpSignal } from '../server-sent-events.js'

const maxNameLength = 500
const usualLimit = 5
const maxLimit = 50

const samplesSchema: z.ZodType<Pick<QueryResult, 'columns' | 'rows' | 'truncated'>> = z
  .object({
    columns: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        kind: z.enum(['number', 'text', 'date', 'timestamp', 'boolean', 'other']),
      }),
    ),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    truncated: z.boolean().describe('Some were left out for their size.'),
  })
  .meta({ id: 'SampleRows' })

export function samplesRoute(datasets: Datasets): Route {
  return {
    method: 'get',
    path: '/api/v1/schema/samples',
    summary: 'The first rows of a table, as the caller may see them',
    scope: 'ask',
    query: {
      ...datasetQuery,
      table: 'Its name, as the schema has it.',
      limit: `How many, at most ${maxLimit}. Default: ${usualLimit}`,
    },
    handlers: [
      async (request, response) => {
        const { table, limit } = askedOf(request)
        const orchestrator = await openDataset(datasets, datasetOf(request), callerOf(request))
        const signal = hangUpSignal(response)
        const sampled = await orchestrator.sampleRows(table, { limit, signal })
        if (!sampled) throw new HttpError('not_found', 'There is no table of that name.')
        if (!sampled.ok) {
          const { message, hints } = sampled.failure
          throw new HttpError('not_ready', message, hints)
        }
        const { columns, rows, truncated } = sampled.result
        response.json({ columns, rows, truncated: truncated && rows.length < limit })
      },
    ],
    success: { status: 200, description: 'The rows.', schema: samplesSchema },
    errors: ['invalid_request', 'not_found', 'not_ready'],
  }
}

/** Throws `invalid_request`. */
function askedOf({ query }: Request) {
  const { table, limit = String(usualLimit) } = query
  if (typeof table !== 'string' || table === '' || table.length > maxNameLength) {
    throw new HttpError('invalid_request', 'table is the name of one.')
  }
  const count = typeof limit === 'string' && /^\d{1,2}$/.test(limit) ? Number(limit) : 0
  if (count < 1 || count > maxLimit) {
    throw new HttpError('invalid_request', `limit is a number from 1 to ${maxLimit}.`)
  }
  return { table, limit: count }
}
