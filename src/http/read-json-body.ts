/** Reads a JSON body, and nothing that merely looks like one. */
import express, { type RequestHandler } from 'express'
import { HttpError } from './http-error.js'

/** A question is a sentence or two; this leaves room for the rest of the body. */
const maxBody = '64kb'

export function readJsonBody(): RequestHandler[] {
  return [requireJson, express.json({ limit: maxBody })]
}

/** Without this, a body of another type would arrive as `undefined` and be called malformed. */
const requireJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json')) return next()
  throw new HttpError('unsupported_media_type', 'Send the body as application/json.')
}
