/** An answer's result drawn as another kind of chart. */
import { z } from 'zod'
import type { ChartKind, Figure } from '../../../agents/chart/figure.js'
import { chartKind, figure } from '../answer-schema.js'
import { answerId, datasetName } from '../chat-body.js'
import type { Route } from '../route.js'
import { type Doors, keptBodyErrors, refusalOf, runKeptWith } from './run-kept.js'

const chartRequestSchema = z
  .strictObject({
    answer_id: answerId,
    kind: chartKind.describe('One of the chartKinds of the answer.'),
    dataset: datasetName.optional(),
  })
  .meta({ id: 'ChartRequest' })

interface Chart {
  readonly kind: ChartKind
  readonly figure: Figure
  readonly warnings: readonly string[]
}

const chartSchema: z.ZodType<Chart> = z
  .object({
    kind: chartKind,
    figure,
    warnings: z.array(z.string()).describe('What was left out, or has changed since the answer.'),
  })
  .meta({ id: 'Chart' })

export function chartRoute(doors: Doors): Route {
  return {
    method: 'post',
    path: '/api/v1/chart',
    summary: "Draw an answer's result as another kind of chart that fits it",
    scope: 'ask',
    body: chartRequestSchema,
    handlers: runKeptWith(
      doors,
      chartRequestSchema,
      async ({ results, response, signal, body }) => {
        const drawn = await results.draw(body.answer_id, body.kind, signal)
        if (!drawn.ok) throw refusalOf(drawn.failure)
        const { kind, figure, warnings } = drawn
        response.locals.subject = body.answer_id
        response.json({ kind, figure, warnings } satisfies Chart)
      },
    ),
    success: { status: 200, description: 'The figure, as Plotly JSON.', schema: chartSchema },
    errors: keptBodyErrors,
  }
}
