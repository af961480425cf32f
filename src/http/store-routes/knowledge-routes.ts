/** Approved pairs of question and SQL. */
import type { z } from 'zod'
import type { Datasets } from '../../datasets.js'
import type { Approval } from '../../notebook.js'
import { callerOf } from '../caller.js'
import { HttpError } from '../http-error.js'
import { bodyErrors, storeErrors } from '../on-kept.js'
import { datasetOf, datasetQuery, openDataset } from '../open-dataset.js'
import type { Route } from '../route.js'
import { onNotebook } from './open-notebook.js'
import { pairBodySchema, pairSchema, pairsSchema } from './store-schemas.js'

const path = '/api/v1/knowledge/sql_pairs'

export function knowledgeRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'get',
      path,
      summary: "Approved pairs of question and SQL: the caller's and the shared ones",
      scope: 'ask',
      query: datasetQuery,
      handlers: onNotebook.plain(datasets, async (notebook, { response }) => {
        response.json({ sqlPairs: await notebook.approvedPairs() })
      }),
      success: { status: 200, description: 'The pairs, newest first.', schema: pairsSchema },
      errors: storeErrors,
    },
    approveRoute(datasets),
    {
      method: 'delete',
      path: `${path}/:id`,
      summary: "Remove a pair, the caller's or a shared one",
      scope: 'curate',
      query: datasetQuery,
      handlers: onNotebook.removing(datasets, 'pair', async (own, id, request) => {
        if (await own.removeApprovedPair(id)) return true
        const dataset = await openDataset(datasets, datasetOf(request), callerOf(request))
        return dataset.notebook().removeApprovedPair(id)
      }),
      success: { status: 204, description: 'Removed.' },
      errors: [...storeErrors, 'not_found'],
    },
  ]
}

function approveRoute(datasets: Datasets): Route {
  return {
    method: 'post',
    path,
    summary: 'Approve SQL for a question, which answers an equal question from then on',
    scope: 'curate',
    body: pairBodySchema,
    handlers: onNotebook.withBody(
      datasets,
      pairBodySchema,
      async (notebook, { response, body }) => {
        const approved = await notebook.approve(approvalOf(body))
        if (!approved.ok) {
          const { code, message, hints } = approved.failure
          throw new HttpError(
            code === 'answer_unknown' ? 'not_found' : 'invalid_request',
            message,
            hints,
          )
        }
        response.status(201).json(approved.pair)
      },
    ),
    success: { status: 201, description: 'The pair.', schema: pairSchema },
    errors: [...bodyErrors, 'not_found'],
  }
}

/** The schema lets either an answer or a question with its SQL through. */
function approvalOf({
  question,
  answer_id,
  sql,
  shared,
}: z.infer<typeof pairBodySchema>): Approval {
  if (answer_id !== undefined) return { answerId: answer_id, sql, shared }
  return { question: question ?? '', sql: sql ?? '', shared }
}
