/** All of an answer's result as a file: the whole of it, not the rows that are shown. */
import { createReadStream } from 'node:fs'
import type { Response } from 'express'
import type { ExportFormat } from '../../../data/exports/export-limits.js'
import type { ExportedFile } from '../../../data/exports/export-result.js'
import { createTurns } from '../../../data/turns.js'
import { callerOf } from '../caller.js'
import { idPattern } from '../chat-body.js'
import { HttpError } from '../http-error.js'
import { datasetQuery } from '../open-dataset.js'
import type { Route } from '../route.js'
import { fileNameOf } from './file-name.js'
import { filePlaces } from './file-places.js'
import { type Doors, keptErrors, refusalOf, runKept } from './run-kept.js'

/** Each may take a process of a gigabyte; the others wait. */
const madeAtOnce = 2
/** Made, or waiting on the disk for their clients. */
const mostFiles = 8
/** Longer than any file takes to be sent: who has not taken it by then does not. */
const maxSendMs = 600_000

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export function exportRoute(doors: Doors): Route {
  const takeTurn = createTurns(madeAtOnce)
  const takePlace = filePlaces(mostFiles)
  return {
    method: 'get',
    path: '/api/v1/export/:answerId.:format',
    summary: 'All of the result of an answer, as a csv, parquet, xlsx or json file',
    scope: 'ask',
    query: datasetQuery,
    handlers: runKept(doors, async ({ results, request, response, signal, leave }) => {
      const { answerId, format } = asked(request.params)
      const freePlace = takePlace(callerOf(request).keyId)
      try {
        const release = await takeTurn(signal)
        if (!release) return
        const exported = await results.export(answerId, format, signal).finally(release)
        // A client may take its time; questions need not wait for it.
        leave()
        if (!exported.ok) throw refusalOf(exported.failure)
        const { file, question } = exported
        const sent = send(response, { answerId, format, question }, file, signal)
        await sent.finally(() => file.remove())
      } finally {
        freePlace()
      }
    }),
    success: {
      status: 200,
      description:
        'The file. X-Parley-Rows counts its rows; X-Parley-Cut names the limit that left something out, as does the name of the file.',
    },
    errors: [...keptErrors, 'rate_limited'],
  }
}

/** Throws `invalid_request`. */
function asked({ answerId, format }: Readonly<Record<string, unknown>>) {
  if (typeof answerId !== 'string' || !idPattern.test(answerId)) {
    throw new HttpError('invalid_request', 'That is not an id of ours.')
  }
  if (!isFormat(format)) {
    const names = Object.keys(contentTypes).join(', ')
    throw new HttpError('invalid_request', 'There are no files of this kind.', [`Try ${names}.`])
  }
  return { answerId, format }
}

function isFormat(name: unknown): name is ExportFormat {
  return typeof name === 'string' && Object.hasOwn(contentTypes, name)
}

interface Named {
  readonly answerId: string
  readonly format: ExportFormat
  readonly question: string
}

/** What the name says where something is missing. */
function partOf(rowCount: number, cut: ExportedFile['cut']): string {
  if (cut === undefined) return ''
  return cut === 'cells' || cut === 'columns' ? 'shortened' : `first-${rowCount}-rows`
}

async function send(
  response: Response,
  { answerId, format, question }: Named,
  { path, bytes, rowCount, cut }: ExportedFile,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return
  response.locals.subject = answerId
  response.attachment(fileNameOf(question, format, partOf(rowCount, cut)))
  response.setHeader('Content-Type', contentTypes[format])
  response.setHeader('Content-Length', bytes)
  response.setHeader('X-Parley-Rows', rowCount)
  if (cut) response.setHeader('X-Parley-Cut', cut)
  await sendFile(response, path)
}

/** Resolves when all is sent, or nobody takes it any more. */
async function sendFile(response: Response, path: string): Promise<void> {
  if (response.closed) return
  const file = createReadStream(path)
  const limit = setTimeout(() => response.destroy(), maxSendMs).unref()
  // The head has gone out: a file that ends early is what tells of it.
  file.on('error', () => response.destroy())
  file.pipe(response)
  await new Promise<void>((resolve) => response.once('close', resolve))
  clearTimeout(limit)
  file.destroy()
}
