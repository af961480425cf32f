/** Words of the business, and what they stand for. */
import { z } from 'zod'
import type { Term } from '../../../data/store/handbook-store.js'
import type { Datasets } from '../../datasets.js'
import { oneMeaning, termFields } from '../../knowledge-file.js'
import { bodyErrors, idOf, storeErrors } from '../on-kept.js'
import { datasetQuery } from '../open-dataset.js'
import { plainText } from '../read-body.js'
import type { Route } from '../route.js'
import { mustBeTold, onHandbook } from './open-handbook.js'

const path = '/api/v1/knowledge/terms'

const bodySchema = z
  .strictObject({
    ...termFields,
    dataset: plainText.optional().describe('Its name; the default dataset if not given.'),
  })
  .refine(oneMeaning.check, { error: oneMeaning.error })
  .meta({ id: 'TermRequest' })

const term = z.object({
  id: z.string(),
  term: z.string(),
  synonyms: z.array(z.string()).readonly(),
  table: z.string(),
  column: z.string().optional(),
  value: z.string().optional(),
  expression: z.string().optional().describe('SQL over columns of the table.'),
  changedBy: z.string(),
  changedAt: z.string(),
})

const oneSchema: z.ZodType<Term> = term.meta({ id: 'Term' })

const allSchema: z.ZodType<{ terms: readonly Term[] }> = z
  .object({ terms: z.array(term) })
  .meta({ id: 'Terms' })

export function termRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'get',
      path,
      summary: 'Words of the business, and the column, value or expression that each stands for',
      scope: 'ask',
      query: datasetQuery,
      handlers: onHandbook.plain(datasets, async (handbook, { response }) => {
        response.json({ terms: await handbook.terms() })
      }),
      success: { status: 200, description: 'By term.', schema: allSchema },
      errors: storeErrors,
    },
    {
      method: 'post',
      path,
      summary: 'Explain a term; an equal one goes. An expression is guarded like any SQL',
      scope: 'curate',
      body: bodySchema,
      handlers: onHandbook.withBody(datasets, bodySchema, async (handbook, { response, body }) => {
        const { dataset: _dataset, ...given } = body
        response.status(201).json(mustBeTold(await handbook.keepTerm(given)))
      }),
      success: { status: 201, description: 'The term.', schema: oneSchema },
      errors: [...bodyErrors, 'not_found'],
    },
    ...oneRoutes(datasets),
  ]
}

function oneRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'put',
      path: `${path}/:id`,
      summary: 'Change a term',
      scope: 'curate',
      body: bodySchema,
      handlers: onHandbook.withBody(
        datasets,
        bodySchema,
        async (handbook, { request, response, body }) => {
          const { dataset: _dataset, ...given } = body
          response.json(mustBeTold(await handbook.keepTerm(given, idOf(request))))
        },
      ),
      success: { status: 200, description: 'The term as it is now.', schema: oneSchema },
      errors: [...bodyErrors, 'not_found'],
    },
    {
      method: 'delete',
      path: `${path}/:id`,
      summary: 'Remove a term',
      scope: 'curate',
      query: datasetQuery,
      handlers: onHandbook.removing(datasets, 'term', (handbook, id) => handbook.removeTerm(id)),
      success: { status: 204, description: 'Removed.' },
      errors: [...storeErrors, 'not_found'],
    },
  ]
}
