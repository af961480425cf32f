/** Pinned cards: SQL with a title, a kind of chart and a place. */
import type { Datasets } from '../../datasets.js'
import { HttpError } from '../http-error.js'
import { bodyErrors, idOf, storeErrors } from '../on-kept.js'
import { datasetQuery } from '../open-dataset.js'
import type { Route } from '../route.js'
import { onNotebook } from './open-notebook.js'
import { cardBodySchema, cardChangeSchema, cardSchema, cardsSchema } from './store-schemas.js'

const path = '/api/v1/cards'

export function cardRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'get',
      path,
      summary: "The caller's pinned cards, oldest first",
      scope: 'ask',
      query: datasetQuery,
      handlers: onNotebook.plain(datasets, async (notebook, { response }) => {
        response.json({ cards: await notebook.cards() })
      }),
      success: { status: 200, description: 'The cards.', schema: cardsSchema },
      errors: storeErrors,
    },
    pinRoute(datasets),
    changeRoute(datasets),
    {
      method: 'delete',
      path: `${path}/:id`,
      summary: 'Remove a card',
      scope: 'ask',
      query: datasetQuery,
      handlers: onNotebook.removing(datasets, 'card', (notebook, id) => notebook.removeCard(id)),
      success: { status: 204, description: 'Removed.' },
      errors: [...storeErrors, 'not_found'],
    },
  ]
}

function pinRoute(datasets: Datasets): Route {
  return {
    method: 'post',
    path,
    summary: 'Pin a card; its SQL is guarded like any other',
    scope: 'ask',
    body: cardBodySchema,
    handlers: onNotebook.withBody(
      datasets,
      cardBodySchema,
      async (notebook, { response, body }) => {
        const { dataset: _dataset, chart_kind: chartKind, ...card } = body
        const pinned = await notebook.pin({ ...card, chartKind })
        if (!pinned.ok) {
          throw new HttpError('invalid_request', pinned.failure.message, pinned.failure.hints)
        }
        response.status(201).json(pinned.card)
      },
    ),
    success: { status: 201, description: 'The card.', schema: cardSchema },
    errors: bodyErrors,
  }
}

function changeRoute(datasets: Datasets): Route {
  return {
    method: 'patch',
    path: `${path}/:id`,
    summary: 'Change the title, the kind of chart or the place of a card',
    scope: 'ask',
    body: cardChangeSchema,
    handlers: onNotebook.withBody(
      datasets,
      cardChangeSchema,
      async (notebook, { request, response, body }) => {
        const { title, chart_kind: chartKind, layout } = body
        const change = {
          ...(title !== undefined && { title }),
          ...(chartKind !== undefined && { chartKind }),
          ...(layout !== undefined && { layout }),
        }
        const card = await notebook.changeCard(idOf(request), change)
        if (!card) throw new HttpError('not_found', 'There is no card of this id.')
        response.json(card)
      },
    ),
    success: { status: 200, description: 'The card as it is now.', schema: cardSchema },
    errors: [...bodyErrors, 'not_found'],
  }
}
