/** What tables and columns hold, in people's words. */
import { z } from 'zod'
import type { Description } from '../../../data/store/handbook-store.js'
import type { Datasets } from '../../datasets.js'
import { bodyErrors, storeErrors } from '../on-kept.js'
import { datasetQuery } from '../open-dataset.js'
import { plainText } from '../read-body.js'
import type { Route } from '../route.js'
import { mustBeTold, onHandbook } from './open-handbook.js'

const path = '/api/v1/schema/descriptions'
const maxNameLength = 500
const maxLength = 1_000

const name = plainText.min(1).max(maxNameLength)

const bodySchema = z
  .strictObject({
    table: name,
    column: name.optional().describe('Without it the table itself is described.'),
    description: plainText.trim().max(maxLength).describe('An empty one removes it.'),
    dataset: plainText.optional().describe('Its name; the default dataset if not given.'),
  })
  .meta({ id: 'DescriptionRequest' })

const description = z.object({
  table: z.string(),
  column: z.string().optional(),
  text: z.string(),
  changedBy: z.string(),
  changedAt: z.string(),
})

const oneSchema: z.ZodType<Description> = description.meta({ id: 'Description' })

const allSchema: z.ZodType<{ descriptions: readonly Description[] }> = z
  .object({ descriptions: z.array(description) })
  .meta({ id: 'Descriptions' })

export function descriptionRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'get',
      path,
      summary: 'What people wrote about tables and columns; the schema shows it as comments',
      scope: 'ask',
      query: datasetQuery,
      handlers: onHandbook.plain(datasets, async (handbook, { response }) => {
        response.json({ descriptions: await handbook.descriptions() })
      }),
      success: { status: 200, description: 'By table and column.', schema: allSchema },
      errors: storeErrors,
    },
    {
      method: 'put',
      path,
      summary: 'Describe a table or a column; short names in it are understood in questions',
      scope: 'curate',
      body: bodySchema,
      handlers: onHandbook.withBody(datasets, bodySchema, async (handbook, { response, body }) => {
        const { table, column, description: text } = body
        response.json(mustBeTold(await handbook.describe({ table, column }, text)))
      }),
      success: { status: 200, description: 'As it is kept now.', schema: oneSchema },
      errors: [...bodyErrors, 'not_found'],
    },
  ]
}
