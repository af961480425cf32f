/** Approved pairs of question and SQL. */
import type { z } from 'zod'
import type { ApprovedPair } from '../../../data/store/app-store.js'
import type { Datasets } from '../../datasets.js'
import type { Approval, Approved } from '../../notebook.js'
import { callerOf } from '../caller.js'
import { HttpError } from '../http-error.js'
import { bodyErrors, idOf, storeErrors } from '../on-kept.js'
import { datasetOf, datasetQuery, openDataset } from '../open-dataset.js'
import type { Route } from '../route.js'
import { onNotebook } from './open-notebook.js'
import { pairBodySchema, pairChangeSchema, pairSchema, pairsSchema } from './store-schemas.js'

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
    changeRoute(datasets),
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
        response.status(201).json(mustBeApproved(await notebook.approve(approvalOf(body))))
      },
    ),
    success: { status: 201, description: 'The pair.', schema: pairSchema },
    errors: [...bodyErrors, 'not_found'],
  }
}

function changeRoute(datasets: Datasets): Route {
  return {
    method: 'put',
    path: `${path}/:id`,
    summary: "Change a pair, the caller's or a shared one; the SQL is guarded again",
    scope: 'curate',
    body: pairChangeSchema,
    handlers: onNotebook.withBody(
      datasets,
      pairChangeSchema,
      async (notebook, { request, response, body: { question, sql } }) => {
        const changed = await notebook.changeApprovedPair(idOf(request), { question, sql })
        if (!changed) throw new HttpError('not_found', 'There is no pair of this id.')
        response.json(mustBeApproved(changed))
      },
    ),
    success: { status: 200, description: 'The pair as it is now.', schema: pairSchema },
    errors: [...bodyErrors, 'not_found'],
  }
}

function mustBeApproved(approved: Approved): ApprovedPair {
  if (approved.ok) return approved.pair
  const { code, message, hints } = approved.failure
  throw new HttpError(code === 'answer_unknown' ? 'not_found' : 'invalid_request', message, hints)
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
