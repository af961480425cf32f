/** The handbook that a request may use: its caller's view of the dataset it names. */
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import type { Datasets } from '../../datasets.js'
import type { Handbook, Told } from '../../handbook.js'
import { callerOf } from '../caller.js'
import type { ErrorCode } from '../error-codes.js'
import { HttpError } from '../http-error.js'
import { datasetOf, openDataset } from '../open-dataset.js'
import { readBody } from '../read-body.js'
import { readJsonBody } from '../read-json-body.js'
import { keeping } from '../store-routes/open-notebook.js'

interface Asked {
  readonly handbook: Handbook
  readonly request: Request
  readonly response: Response
}

/** For a route without a body: the handbook is of the dataset of the query. */
export function onHandbook(
  datasets: Datasets,
  handle: (asked: Asked) => Promise<void>,
): readonly RequestHandler[] {
  return [
    keeping(async (request, response) => {
      const handbook = await openHandbook(datasets, request, datasetOf(request))
      await handle({ handbook, request, response })
    }),
  ]
}

/** For a route with a body, which may name the dataset. */
export function onHandbookWith<Body extends { readonly dataset?: string }>(
  datasets: Datasets,
  schema: z.ZodType<Body>,
  handle: (asked: Asked & { readonly body: Body }) => Promise<void>,
): readonly RequestHandler[] {
  const handler = keeping(async (request, response) => {
    const body = readBody(schema, request.body)
    const handbook = await openHandbook(datasets, request, body.dataset)
    await handle({ handbook, request, response, body })
  })
  return [...readJsonBody(), handler]
}

async function openHandbook(
  datasets: Datasets,
  request: Request,
  dataset: string | undefined,
): Promise<Handbook> {
  const caller = callerOf(request)
  return (await openDataset(datasets, dataset, caller)).handbook(caller.keyId)
}

/** Throws what became of it as an error of HTTP, unless it was told. */
export function mustBeTold<Entry>(told: Told<Entry>): Entry {
  if (told.ok) return told.entry
  const { code, message, hints } = told.failure
  const status: ErrorCode = code === 'unknown' ? 'not_found' : 'invalid_request'
  throw new HttpError(status, message, hints)
}
