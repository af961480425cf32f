/** Documents about the data; their texts help to find tables and are never instructions. */
import { z } from 'zod'
import type { HandbookDocument } from '../../../data/store/handbook-store.js'
import type { Datasets } from '../../datasets.js'
import { documentFields } from '../../knowledge-file.js'
import { bodyErrors, idOf, storeErrors } from '../on-kept.js'
import { datasetQuery } from '../open-dataset.js'
import { plainText } from '../read-body.js'
import type { Route } from '../route.js'
import { mustBeTold, onHandbook } from './open-handbook.js'

const path = '/api/v1/knowledge/docs'

const bodySchema = z
  .strictObject({
    ...documentFields,
    dataset: plainText.optional().describe('Its name; the default dataset if not given.'),
  })
  .meta({ id: 'DocumentRequest' })

const document = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  changedBy: z.string(),
  changedAt: z.string(),
})

const oneSchema: z.ZodType<HandbookDocument> = document.meta({ id: 'Document' })

const allSchema: z.ZodType<{ docs: readonly HandbookDocument[] }> = z
  .object({ docs: z.array(document) })
  .meta({ id: 'Documents' })

export function documentRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'get',
      path,
      summary: 'Documents about the data',
      scope: 'ask',
      query: datasetQuery,
      handlers: onHandbook.plain(datasets, async (handbook, { response }) => {
        response.json({ docs: await handbook.documents() })
      }),
      success: { status: 200, description: 'By title.', schema: allSchema },
      errors: storeErrors,
    },
    {
      method: 'post',
      path,
      summary: 'Add a document; it helps to find the tables that it names',
      scope: 'curate',
      body: bodySchema,
      handlers: onHandbook.withBody(datasets, bodySchema, async (handbook, { response, body }) => {
        const { title, text } = body
        response.status(201).json(mustBeTold(await handbook.keepDocument({ title, text })))
      }),
      success: { status: 201, description: 'The document.', schema: oneSchema },
      errors: bodyErrors,
    },
    ...oneRoutes(datasets),
  ]
}

function oneRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'put',
      path: `${path}/:id`,
      summary: 'Change a document',
      scope: 'curate',
      body: bodySchema,
      handlers: onHandbook.withBody(
        datasets,
        bodySchema,
        async (handbook, { request, response, body }) => {
          const { title, text } = body
          response.json(mustBeTold(await handbook.keepDocument({ title, text }, idOf(request))))
        },
      ),
      success: { status: 200, description: 'The document as it is now.', schema: oneSchema },
      errors: [...bodyErrors, 'not_found'],
    },
    {
      method: 'delete',
      path: `${path}/:id`,
      summary: 'Remove a document',
      scope: 'curate',
      query: datasetQuery,
      handlers: onHandbook.removing(datasets, 'document', (handbook, id) =>
        handbook.removeDocument(id),
      ),
      success: { status: 204, description: 'Removed.' },
      errors: [...storeErrors, 'not_found'],
    },
  ]
}
