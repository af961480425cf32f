/** A card as the data is now, within the dates and values that its board is set to. */
import { z } from 'zod'
import type { CardResult } from '../../kept/kept-results.js'
import { chartKind, column, figure, value } from '../answer-schema.js'
import { datasetName } from '../chat-body.js'
import { idOf } from '../on-kept.js'
import { plainText } from '../read-body.js'
import type { Route } from '../route.js'
import { type Doors, keptBodyErrors, refusalOf, runKeptWith } from './run-kept.js'

const maxFilters = 20
const maxValues = 500
const maxNameLength = 200
const maxValueLength = 1_000

const text = z.string()
const day = z.iso.date()

const cardRunSchema = z
  .strictObject({
    from: day.optional().describe('The first day that counts.'),
    to: day.optional().describe('The last day that counts.'),
    filters: z
      .array(
        z.strictObject({
          column: plainText
            .min(1)
            .max(maxNameLength)
            .describe('Such as region, or stores.region where several tables have one.'),
          values: z
            .array(z.union([plainText.max(maxValueLength), z.number(), z.boolean(), z.null()]))
            .min(1)
            .max(maxValues)
            .describe('A row counts whose cell is one of them.'),
        }),
      )
      .max(maxFilters)
      .optional(),
    dataset: datasetName.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    error: 'from is a day before to',
  })
  .meta({ id: 'CardRunRequest' })

const cardResultSchema: z.ZodType<CardResult> = z
  .object({
    sql: text.describe('As it ran: with the filters in it.'),
    columns: z.array(column),
    rows: z.array(z.array(value)),
    rowCount: z.number(),
    truncated: z.boolean(),
    elapsedMs: z.number(),
    figure,
    chartKind,
    chartKinds: z.array(chartKind),
    filters: z
      .array(z.object({ filter: text, columns: z.array(text), reason: text.optional() }))
      .describe('For each filter the columns that it restricts, or why it does not apply.'),
    warnings: z.array(text),
    ranAt: text,
  })
  .meta({ id: 'CardResult' })

export function cardRunRoute(doors: Doors): Route {
  return {
    method: 'post',
    path: '/api/v1/cards/:id/run',
    summary: "Run a card's SQL again, within a range of days and on rows with given values",
    scope: 'ask',
    body: cardRunSchema,
    handlers: runKeptWith(doors, cardRunSchema, async (asked) => {
      const { results, request, response, signal, body } = asked
      const { from, to, filters: values } = body
      const run = await results.runCard(idOf(request), { from, to, values }, signal)
      if (!run.ok) throw refusalOf(run.failure)
      const { ok: _ok, ...result } = run
      response.locals.subject = idOf(request)
      response.json(result satisfies CardResult)
    }),
    success: {
      status: 200,
      description: 'Rows and figure; filters says what each filter did.',
      schema: cardResultSchema,
    },
    errors: keptBodyErrors,
  }
}
