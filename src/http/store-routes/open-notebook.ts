/** The notebook that a request may use: its caller's own, about the dataset it names. */
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import { StoreError } from '../../../data/store/store-error.js'
import type { Datasets } from '../../datasets.js'
import type { Notebook } from '../../notebook.js'
import { callerOf } from '../caller.js'
import { idPattern } from '../chat-body.js'
import { HttpError } from '../http-error.js'
import { datasetOf, openDataset } from '../open-dataset.js'
import { readBody } from '../read-body.js'
import { readJsonBody } from '../read-json-body.js'

/** What may go wrong on every route of a notebook. */
export const notebookErrors = ['invalid_request', 'not_ready', 'not_kept'] as const
export const bodyErrors = [
  'malformed_json',
  'body_too_large',
  'unsupported_media_type',
  ...notebookErrors,
] as const

interface Asked {
  readonly notebook: Notebook
  readonly request: Request
  readonly response: Response
}

/** For a route without a body: the notebook is about the dataset of the query. */
export function onNotebook(
  datasets: Datasets,
  handle: (asked: Asked) => Promise<void>,
): readonly RequestHandler[] {
  return [
    keeping(async (request, response) => {
      const notebook = await openNotebook(datasets, request, datasetOf(request))
      await handle({ notebook, request, response })
    }),
  ]
}

/** For a route with a body, which may name the dataset. */
export function onNotebookWith<Body extends { readonly dataset?: string }>(
  datasets: Datasets,
  schema: z.ZodType<Body>,
  handle: (asked: Asked & { readonly body: Body }) => Promise<void>,
): readonly RequestHandler[] {
  const handler = keeping(async (request, response) => {
    const body = readBody(schema, request.body)
    const notebook = await openNotebook(datasets, request, body.dataset)
    await handle({ notebook, request, response, body })
  })
  return [...readJsonBody(), handler]
}

/** For a route that takes one thing away. */
export function removing(
  datasets: Datasets,
  what: string,
  remove: (notebook: Notebook, id: string, request: Request) => Promise<boolean>,
): readonly RequestHandler[] {
  return onNotebook(datasets, async ({ notebook, request, response }) => {
    mustExist(await remove(notebook, idOf(request), request), what)
    response.status(204).end()
  })
}

async function openNotebook(
  datasets: Datasets,
  request: Request,
  dataset: string | undefined,
): Promise<Notebook> {
  const caller = callerOf(request)
  const orchestrator = await openDataset(datasets, dataset, caller)
  return orchestrator.notebook(caller.keyId)
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
