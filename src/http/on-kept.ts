/** Handlers of routes that work on what is kept for the caller about the dataset that a request names. */
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import { StoreError } from '../../data/store/store-error.js'
import type { Datasets } from '../datasets.js'
import type { Orchestrator } from '../orchestrator.js'
import { callerOf } from './caller.js'
import { idPattern } from './chat-body.js'
import { HttpError } from './http-error.js'
import { datasetOf, openDataset } from './open-dataset.js'
import { readBody } from './read-body.js'
import { readJsonBody } from './read-json-body.js'

/** What may go wrong on every such route. */
export const storeErrors = ['invalid_request', 'not_ready', 'not_kept'] as const
export const bodyErrors = [
  'malformed_json',
  'body_too_large',
  'unsupported_media_type',
  ...storeErrors,
] as const

interface Exchange {
  readonly request: Request
  readonly response: Response
}

export interface KeptHandlers<Kept> {
  /** For a route without a body: the dataset stands in the query. */
  plain(
    datasets: Datasets,
    handle: (kept: Kept, exchange: Exchange) => Promise<void>,
  ): readonly RequestHandler[]
  /** For a route with a body, which may name the dataset. */
  withBody<Body extends { readonly dataset?: string }>(
    datasets: Datasets,
    schema: z.ZodType<Body>,
    handle: (kept: Kept, exchange: Exchange & { readonly body: Body }) => Promise<void>,
  ): readonly RequestHandler[]
  /** For a route that takes one thing away. */
  removing(
    datasets: Datasets,
    what: string,
    remove: (kept: Kept, id: string, request: Request) => Promise<boolean>,
  ): readonly RequestHandler[]
}

/** `open` gives what is kept for the key of that id, or for whoever needs none. */
export function onKept<Kept>(
  open: (orchestrator: Orchestrator, keyId: string | undefined) => Kept,
): KeptHandlers<Kept> {
  const openFor = async (datasets: Datasets, request: Request, dataset: string | undefined) => {
    const caller = callerOf(request)
    return open(await openDataset(datasets, dataset, caller), caller.keyId)
  }
  const plain: KeptHandlers<Kept>['plain'] = (datasets, handle) => [
    keeping(async (request, response) => {
      await handle(await openFor(datasets, request, datasetOf(request)), { request, response })
    }),
  ]
  return {
    plain,
    withBody: (datasets, schema, handle) => [
      ...readJsonBody(),
      keeping(async (request, response) => {
        const body = readBody(schema, request.body)
        const kept = await openFor(datasets, request, body.dataset)
        await handle(kept, { request, response, body })
      }),
    ],
    removing: (datasets, what, remove) =>
      plain(datasets, async (kept, { request, response }) => {
        mustExist(await remove(kept, idOf(request), request), what)
        response.status(204).end()
      }),
  }
}

/** A store that cannot be used is `not_kept`, with the reason. */
export function keeping(
  handle: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return async (request, response) => {
    try {
      await handle(request, response)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      throw new HttpError('not_kept', error.message, ['Make room on the disk, then try again.'], {
        cause: error,
      })
    }
  }
}

/** Throws `invalid_request` for what cannot be an id. */
export function idOf({ params }: Request): string {
  const id = String(params.id)
  if (!idPattern.test(id)) throw new HttpError('invalid_request', 'That is not an id of ours.')
  return id
}

/** Throws `not_found` when there was nothing to do it to. */
export function mustExist(found: boolean, what: string): void {
  if (!found) throw new HttpError('not_found', `There is no ${what} of this id.`)
}
