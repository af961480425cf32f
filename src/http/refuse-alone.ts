/** Refuses what would change one of several replicas and leave the others as they are. */
import type { RequestHandler } from 'express'
import { HttpError } from './http-error.js'
import { datasetsPath } from './set-up-routes/upload-request.js'

interface Refused {
  readonly methods: readonly string[]
  readonly start: string
  readonly hint: string
}

const refused: readonly Refused[] = [
  {
    methods: ['POST', 'DELETE'],
    start: datasetsPath,
    hint: 'Name the data in PARLEY_SOURCE of each replica, and start them again.',
  },
  {
    methods: ['PUT', 'POST'],
    start: '/api/v1/models/',
    hint: 'Name the adapter in PARLEY_ADAPTER of each replica, and start them again.',
  },
  {
    methods: ['PUT'],
    start: '/api/v1/generators/',
    hint: 'Name the model in the settings of each replica, and start them again.',
  },
]

export function refuseAlone(): RequestHandler {
  return ({ method, path }, _response, next) => {
    const found = refused.find(
      ({ methods, start }) => methods.includes(method) && path.startsWith(start),
    )
    if (!found) return next()
    const message = 'This service is one of several replicas, and this would change it alone.'
    throw new HttpError('forbidden', message, [found.hint])
  }
}
