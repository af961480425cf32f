/** Hands the files of a form to a delivery as they stream in; nothing is held in memory. */
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import type { Request, Response } from 'express'
import type { Delivery } from '../../added/added-datasets.js'
import { HttpError } from '../http-error.js'

const maxFields = 4
const maxFieldBytes = 1_000
const maxHeaderPairs = 20
/** Of a form beside its files: field names, file names and boundaries. */
const maxFrameBytes = 1_000_000
/** For a client that was refused to read why, before its line is closed. */
const hearingMs = 2_000

export interface UploadFields {
  readonly name?: string
  readonly title?: string
}

/** Rejects with an HttpError, or with what the delivery rejects with; the delivery is the caller's to drop. */
export async function readUpload(
  request: Request,
  response: Response,
  delivery: Delivery,
  maxBytes: number,
): Promise<UploadFields> {
  if (Number(request.get('Content-Length') ?? 0) > maxBytes + maxFrameBytes) {
    hangUpAfter(request, response)
    const most = `${(maxBytes / 1e6).toLocaleString('en')} MB`
    throw new HttpError('body_too_large', `The files are larger than ${most} together.`)
  }
  const form = openForm(request)
  try {
    return await readForm(request, form, delivery)
  } catch (error) {
    request.unpipe(form)
    hangUpAfter(request, response)
    throw error
  }
}

function openForm(request: Request): BusboyInstance {
  try {
    const contentType = request.get('Content-Type') ?? ''
    return new Busboy({
      headers: { ...request.headers, 'content-type': contentType },
      limits: {
        fields: maxFields,
        fieldSize: maxFieldBytes,
        headerPairs: maxHeaderPairs,
        fieldNameSize: 100,
      },
    })
  } catch (cause) {
    throw new HttpError('invalid_request', 'The form cannot be read.', [], { cause })
  }
}

function readForm(request: Request, form: BusboyInstance, delivery: Delivery) {
  const fields: { name?: string; title?: string } = {}
  const taken: Promise<void>[] = []
  return new Promise<UploadFields>((resolve, reject) => {
    const refuse = (message: string) => reject(new HttpError('invalid_request', message))
    form.on('field', (field, value, _nameCut, valueCut) => {
      if (field !== 'name' && field !== 'title')
        return refuse(`There is no field ${field.slice(0, 40)}.`)
      if (valueCut) return refuse(`${field} is too long.`)
      if (value.trim() !== '') fields[field] = value.trim()
    })
    form.on('file', (_field, content, fileName) => {
      // The form breaks its files off when it is broken off itself.
      const file = delivery.take(fileName ?? '', content)
      taken.push(file)
      file.catch(reject)
    })
    form.on('fieldsLimit', () => refuse('There are too many fields.'))
    form.on('error', () => refuse('The form cannot be read.'))
    form.on('finish', () => void Promise.all(taken).then(() => resolve(fields), reject))
    request.on('aborted', () => refuse('The upload was cut off.'))
    request.on('close', () => request.complete || refuse('The upload was cut off.'))
    request.pipe(form)
  })
}

/** What still comes is not listened to for long. */
function hangUpAfter(request: Request, response: Response): void {
  if (!response.headersSent) response.setHeader('Connection', 'close')
  request.resume()
  response.on('finish', () => setTimeout(() => request.destroy(), hearingMs).unref())
}
