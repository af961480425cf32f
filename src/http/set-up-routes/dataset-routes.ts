/** Datasets that are added from the page: files that are sent, or servers to ask. */
import type { Request, RequestHandler } from 'express'
import { z } from 'zod'
import {
  type AddedDatasets,
  AdditionError,
  type AdditionFailureCode,
} from '../../added/added-datasets.js'
import type { Datasets } from '../../datasets.js'
import { callerOf } from '../caller.js'
import type { ErrorCode } from '../error-codes.js'
import { HttpError } from '../http-error.js'
import { datasetSchema } from '../information-schemas.js'
import { plainText, readBody } from '../read-body.js'
import { readJsonBody } from '../read-json-body.js'
import type { Route } from '../route.js'
import { readUpload } from './read-upload.js'
import { datasetsPath, isUpload } from './upload-request.js'

const maxTextLength = 1_000
const refusedAlone = 'Name the data in PARLEY_SOURCE of each replica, and start them again.'

const connectionSchema = z
  .strictObject({
    url: plainText
      .max(maxTextLength)
      .describe(
        'postgres://user:password@host/database, or the same with mysql, mariadb or spark; it is never told again.',
      ),
    title: plainText.max(maxTextLength).optional(),
    name: plainText.max(maxTextLength).optional().describe('Small letters, digits, - and _.'),
  })
  .meta({ id: 'ConnectionRequest' })

export function datasetRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'post',
      path: datasetsPath,
      summary:
        'Add a server to ask, or files as multipart/form-data (fields name and title); the status in the list says how opening goes',
      scope: 'admin',
      refusedAlone,
      body: connectionSchema,
      handlers: [takeUpload(datasets), ...readJsonBody(), connect(datasets)],
      success: { status: 202, description: 'It is being opened.', schema: datasetSchema },
      errors: [
        'malformed_json',
        'invalid_request',
        'forbidden',
        'body_too_large',
        'unsupported_media_type',
        'busy',
        'not_kept',
      ],
    },
    {
      method: 'delete',
      path: `${datasetsPath}/:name`,
      summary: 'Remove an added dataset with its files; questions about it are broken off',
      scope: 'admin',
      refusedAlone,
      handlers: [
        telling(async (request, response) => {
          const { name } = request.params
          const removed = await addedOf(datasets).remove(String(name))
          if (!removed) throw new HttpError('not_found', 'No dataset of that name was added.')
          response.status(204).end()
        }),
      ],
      success: { status: 204, description: 'Removed.' },
      errors: ['forbidden', 'not_found'],
    },
  ]
}

function takeUpload(datasets: Datasets): RequestHandler {
  const upload = telling(async (request, response) => {
    const added = addedOf(datasets)
    const delivery = await added.receive()
    try {
      const fields = await readUpload(request, response, delivery, added.accepts.maxBytes)
      response.status(202).json(await delivery.finish({ ...fields, by: byOf(request) }))
    } finally {
      await delivery.drop()
    }
  })
  return (request, response, next) => (isUpload(request) ? upload(request, response, next) : next())
}

function connect(datasets: Datasets): RequestHandler {
  return telling(async (request, response) => {
    const added = addedOf(datasets)
    const { url, ...naming } = readBody(connectionSchema, request.body)
    response.status(202).json(await added.connect(url, { ...naming, by: byOf(request) }))
  })
}

function byOf(request: Request): string {
  return callerOf(request).keyId ?? ''
}

/** Row policies speak of one dataset; in any other nobody would be kept from anything. */
function addedOf({ added }: Datasets): AddedDatasets {
  if (added) return added
  throw new HttpError('forbidden', 'Under row policies no dataset can be added.', [
    'Start a service of its own on that data, with policies for it.',
  ])
}

const codes: Readonly<Record<AdditionFailureCode, ErrorCode>> = {
  name_invalid: 'invalid_request',
  unsupported: 'invalid_request',
  too_large: 'body_too_large',
  full: 'invalid_request',
  busy: 'busy',
  disk_full: 'not_kept',
}

function telling(handle: (...given: Parameters<RequestHandler>) => Promise<void>): RequestHandler {
  return async (...given) => {
    try {
      await handle(...given)
    } catch (error) {
      if (!(error instanceof AdditionError)) throw error
      const { code, message, hints } = error.failure
      throw new HttpError(codes[code], message, hints, { cause: error })
    }
  }
}
