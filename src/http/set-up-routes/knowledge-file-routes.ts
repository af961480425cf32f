/** All knowledge about a dataset as one plain file, out and in. */
import express, { type RequestHandler } from 'express'
import { z } from 'zod'
import type { Datasets } from '../../datasets.js'
import type { Told } from '../../handbook.js'
import type { ImportCounts } from '../../import-counts.js'
import { readKnowledgeFile, writeKnowledgeFile } from '../../knowledge-file.js'
import { createYamlParser } from '../../parse-yaml.js'
import { HttpError } from '../http-error.js'
import { storeErrors } from '../on-kept.js'
import { datasetQuery } from '../open-dataset.js'
import type { Route } from '../route.js'
import { mustBeTold, onHandbook } from './open-handbook.js'

const path = '/api/v1/knowledge/file'
/** Of a few hundred documents, terms and descriptions, and thousands of pairs. */
const maxFileBytes = 10_000_000
const types = [
  'application/yaml',
  'application/x-yaml',
  'text/yaml',
  'application/json',
  'text/plain',
]

const countsSchema: z.ZodType<ImportCounts> = z
  .object({
    descriptions: z.number(),
    docs: z.number(),
    terms: z.number(),
    sqlPairs: z.number(),
  })
  .meta({ id: 'KnowledgeCounts' })

export function knowledgeFileRoutes(datasets: Datasets): readonly Route[] {
  const parse = createYamlParser()
  return [
    {
      method: 'get',
      path,
      summary: 'Descriptions, documents, terms and approved pairs as one YAML file',
      scope: 'curate',
      query: datasetQuery,
      handlers: onHandbook.plain(datasets, async (handbook, { response }) => {
        const file = writeKnowledgeFile(await handbook.exportAll())
        response.setHeader('Content-Disposition', 'attachment; filename="knowledge.yaml"')
        response.type('application/yaml').send(file)
      }),
      success: { status: 200, description: 'YAML.' },
      errors: storeErrors,
    },
    {
      method: 'post',
      path,
      summary: 'Take such a file in, YAML or JSON, as the body: all of it or nothing',
      scope: 'curate',
      query: datasetQuery,
      handlers: [
        requireFile,
        express.text({ type: types, limit: maxFileBytes }),
        ...onHandbook.plain(datasets, async (handbook, { request, response }) => {
          const read = await readKnowledgeFile(String(request.body), parse)
          if (!read.ok) {
            const message = 'This is no file of knowledge.'
            throw new HttpError('invalid_request', message, read.problems)
          }
          const told: Told<ImportCounts> = await handbook.importAll(read.file)
          response.json(mustBeTold(told))
        }),
      ],
      success: { status: 200, description: 'How much was taken in.', schema: countsSchema },
      errors: ['body_too_large', 'unsupported_media_type', ...storeErrors],
    },
  ]
}

const requireFile: RequestHandler = (request, response, next) => {
  if (!request.is(types)) {
    throw new HttpError('unsupported_media_type', 'Send the file as application/yaml or JSON.')
  }
  if (Number(request.get('Content-Length') ?? 0) > maxFileBytes) {
    response.setHeader('Connection', 'close')
    throw new HttpError('body_too_large', 'The file is larger than 10 MB.')
  }
  next()
}
