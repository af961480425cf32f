/** A caller's earlier conversations, and judgements of their answers. */
import type { Request } from 'express'
import type { Datasets } from '../../datasets.js'
import { HttpError } from '../http-error.js'
import { bodyErrors, idOf, mustExist, storeErrors } from '../on-kept.js'
import { datasetQuery } from '../open-dataset.js'
import type { Route } from '../route.js'
import { onNotebook } from './open-notebook.js'
import {
  conversationsSchema,
  feedbackBodySchema,
  renameBodySchema,
  turnsSchema,
} from './store-schemas.js'

const maxListed = 500
const maxSearchLength = 200

export function conversationRoutes(datasets: Datasets): readonly Route[] {
  return [listRoute(datasets), ...oneRoutes(datasets), feedbackRoute(datasets)]
}

function listRoute(datasets: Datasets): Route {
  return {
    method: 'get',
    path: '/api/v1/conversations',
    summary: 'Earlier conversations about a dataset, newest first',
    scope: 'ask',
    query: {
      ...datasetQuery,
      search: 'Words of a title or a question.',
      limit: `How many, at most ${maxListed}. Default: 100`,
    },
    handlers: onNotebook.plain(datasets, async (notebook, { request, response }) => {
      response.json({ conversations: await notebook.conversations(filterOf(request)) })
    }),
    success: { status: 200, description: 'The conversations.', schema: conversationsSchema },
    errors: storeErrors,
  }
}

function oneRoutes(datasets: Datasets): readonly Route[] {
  const path = '/api/v1/conversations/:id'
  return [
    {
      method: 'get',
      path,
      summary: 'The turns of a conversation, oldest first',
      scope: 'ask',
      query: datasetQuery,
      handlers: onNotebook.plain(datasets, async (notebook, { request, response }) => {
        const id = idOf(request)
        const turns = await notebook.turns(id)
        mustExist(turns.length > 0, 'conversation')
        response.json({ id, turns })
      }),
      success: {
        status: 200,
        description: 'Questions and answers, without rows.',
        schema: turnsSchema,
      },
      errors: [...storeErrors, 'not_found'],
    },
    {
      method: 'patch',
      path,
      summary: 'Rename a conversation',
      scope: 'ask',
      body: renameBodySchema,
      handlers: onNotebook.withBody(
        datasets,
        renameBodySchema,
        async (notebook, { request, response, body }) => {
          mustExist(await notebook.renameConversation(idOf(request), body.title), 'conversation')
          response.status(204).end()
        },
      ),
      success: { status: 204, description: 'Renamed.' },
      errors: [...bodyErrors, 'not_found'],
    },
    {
      method: 'delete',
      path,
      summary: 'Remove a conversation with all its turns',
      scope: 'ask',
      query: datasetQuery,
      handlers: onNotebook.removing(datasets, 'conversation', (notebook, id) =>
        notebook.removeConversation(id),
      ),
      success: { status: 204, description: 'Removed.' },
      errors: [...storeErrors, 'not_found'],
    },
  ]
}

function feedbackRoute(datasets: Datasets): Route {
  return {
    method: 'post',
    path: '/api/v1/feedback',
    summary: 'Judge an answer; a later judgement takes the place of an earlier one',
    scope: 'ask',
    body: feedbackBodySchema,
    handlers: onNotebook.withBody(
      datasets,
      feedbackBodySchema,
      async (notebook, { response, body }) => {
        const { answer_id: answerId, verdict, reason } = body
        mustExist(await notebook.giveFeedback(answerId, { verdict, reason }), 'answer')
        response.status(204).end()
      },
    ),
    success: { status: 204, description: 'Kept.' },
    errors: [...bodyErrors, 'not_found'],
  }
}

/** Throws `invalid_request`. */
function filterOf({ query }: Request) {
  const { search = '', limit = '100' } = query
  if (typeof search !== 'string' || search.length > maxSearchLength) {
    throw new HttpError('invalid_request', 'search is a few words.')
  }
  const count = typeof limit === 'string' && /^\d{1,3}$/.test(limit) ? Number(limit) : 0
  if (count < 1 || count > maxListed) {
    throw new HttpError('invalid_request', `limit is a number from 1 to ${maxListed}.`)
  }
  return { search, limit: count }
}
