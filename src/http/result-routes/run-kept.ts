/** What every route does that runs kept SQL again: it takes a question's place, and ends when nobody waits for it. */
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import type { QueryFailure } from '../../../data/database.js'
import type { Datasets } from '../../datasets.js'
import type { KeptResults, UnfitKind, UnknownKept } from '../../kept/kept-results.js'
import type { AnswerStreams } from '../answer-streams.js'
import { callerOf } from '../caller.js'
import type { ErrorCode } from '../error-codes.js'
import { HttpError } from '../http-error.js'
import { bodyErrors, keeping, storeErrors } from '../on-kept.js'
import { datasetOf, openDataset } from '../open-dataset.js'
import { readBody } from '../read-body.js'
import { readJsonBody } from '../read-json-body.js'
import { stopping } from '../refuse-while-draining.js'
import { hangUpSignal } from '../server-sent-events.js'

export const keptErrors = [...storeErrors, 'not_found', 'cancelled', 'not_run', 'busy'] as const
export const keptBodyErrors = [...bodyErrors, 'not_found', 'cancelled', 'not_run', 'busy'] as const

export interface Doors {
  readonly datasets: Datasets
  readonly streams: AnswerStreams
}

interface Asked {
  /** The caller's own. */
  readonly results: KeptResults
  readonly request: Request
  readonly response: Response
  /** Aborted when the client hangs up, and when the service stops. */
  readonly signal: AbortSignal
  /** Gives the question's place free before the end. */
  readonly leave: () => void
}

/** For a route without a body: about the dataset of the query. */
export function runKept(
  doors: Doors,
  handle: (asked: Asked) => Promise<void>,
): readonly RequestHandler[] {
  return [
    keeping((request, response) => {
      return inPlaceOfAQuestion(doors, request, response, datasetOf(request), handle)
    }),
  ]
}

/** For a route with a body, which may name the dataset. */
export function runKeptWith<Body extends { readonly dataset?: string }>(
  doors: Doors,
  schema: z.ZodType<Body>,
  handle: (asked: Asked & { readonly body: Body }) => Promise<void>,
): readonly RequestHandler[] {
  const handler = keeping((request, response) => {
    const body = readBody(schema, request.body)
    return inPlaceOfAQuestion(doors, request, response, body.dataset, (asked) =>
      handle({ ...asked, body }),
    )
  })
  return [...readJsonBody(), handler]
}

async function inPlaceOfAQuestion(
  { datasets, streams }: Doors,
  request: Request,
  response: Response,
  dataset: string | undefined,
  handle: (asked: Asked) => Promise<void>,
): Promise<void> {
  const caller = callerOf(request)
  const stopped = new AbortController()
  const signal = AbortSignal.any([hangUpSignal(response), stopped.signal])
  const release = streams.hold(caller.keyId, () => stopped.abort())
  try {
    const orchestrator = await openDataset(datasets, dataset, caller)
    if (signal.aborted) return
    const results = orchestrator.results(caller.keyId)
    await handle({ results, request, response, signal, leave: release })
  } catch (error) {
    if (stopped.signal.aborted) throw stopping()
    throw error
  } finally {
    release()
  }
}

const codes: Partial<Record<KeptFailure['code'], ErrorCode>> = {
  unknown: 'not_found',
  chart_unfit: 'invalid_request',
  cancelled: 'cancelled',
}

type KeptFailure = QueryFailure | UnknownKept | UnfitKind

/** SQL that ran once may fail now: the data has changed since, or what the user may see of it. */
export function refusalOf({ code, message, hints }: KeptFailure): HttpError {
  return new HttpError(codes[code] ?? 'not_run', message, hints)
}
