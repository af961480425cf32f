/** Reports of evaluations and of training runs, for a page to draw. They hold questions and SQL: for administrators. */
import { z } from 'zod'
import type { BarGroup } from '../../reports/evaluation-report-file.js'
import type { Report, ReportList, ReportShelf } from '../../reports/report-shelf.js'
import { HttpError } from '../http-error.js'
import type { Route } from '../route.js'

const path = '/api/v1/reports'
const scope = 'admin'

const text = z.string()
const number = z.number()
const tally = z.object({
  right: number,
  total: number,
  share: number,
  interval: z.object({ low: number, high: number }).describe('95 %, by Wilson.'),
})
const named = { id: text, name: text, changedAt: text }
const validation = z.object({ step: number, loss: number, exact: number })

const evaluation = z.object({
  ...named,
  kind: z.literal('evaluation'),
  at: text,
  questions: text,
  generator: text,
  model: text.optional(),
  result: tally,
})

const training = z.object({
  ...named,
  kind: z.literal('training'),
  at: text,
  base: text,
  step: number,
  steps: number,
  validation: validation.optional(),
})

const listSchema: z.ZodType<ReportList> = z
  .object({
    reports: z.array(z.discriminatedUnion('kind', [evaluation, training])),
    problems: z.array(text).describe('Files that are no reports.'),
  })
  .meta({ id: 'Reports' })

const groups = [
  'accuracy',
  'hardness',
  'intent',
  'expected',
  'database',
  'generator',
  'errors',
  'soundness',
] as const satisfies readonly BarGroup[]

const reportSchema: z.ZodType<Report> = z
  .discriminatedUnion('kind', [
    evaluation.extend({
      rules: text,
      parameters: number.optional(),
      levers: text.optional(),
      version: text.optional(),
      commit: text.optional(),
      unjudged: number,
      bars: z.partialRecord(z.enum(groups), z.record(text, tally)),
      p50Ms: number.optional(),
      p95Ms: number.optional(),
      times: z.array(number).describe('Of each question, in milliseconds.'),
      verdicts: z.array(z.object({ id: text, isRight: z.boolean() })),
      wrong: z.array(
        z.object({
          id: text,
          question: text,
          verdict: text,
          errorKind: text.optional(),
          reason: text.optional(),
          database: text.optional(),
          predictedSql: text.optional(),
          goldSql: text.optional(),
        }),
      ),
      wrongCount: number.describe('All; fewer may be listed.'),
    }),
    training.extend({
      points: z.array(
        z.object({
          step: number,
          loss: number,
          learningRate: number,
          tokens: number,
          seconds: number,
        }),
      ),
      validations: z.array(validation),
      tokens: number,
      seconds: number,
      files: z.array(text),
      dataSets: z.array(text),
      startedFrom: text.optional(),
      settings: z.record(text, text),
    }),
  ])
  .meta({ id: 'Report' })

export function reportRoutes(shelf: ReportShelf): readonly Route[] {
  return [
    {
      method: 'get',
      path,
      summary: 'Reports of evaluations and training runs under PARLEY_HOME',
      scope,
      handlers: [async (_request, response) => void response.json(await shelf.list())],
      success: { status: 200, description: 'Newest first.', schema: listSchema },
    },
    {
      method: 'get',
      path: `${path}/:id`,
      summary: 'One report: its figures, curves and wrong answers',
      scope,
      handlers: [
        async (request, response) => {
          const report = await shelf.read(String(request.params.id))
          if (!report) throw new HttpError('not_found', 'There is no report of that id.')
          response.json(report)
        },
      ],
      success: { status: 200, description: 'The report.', schema: reportSchema },
      errors: ['not_found'],
    },
  ]
}
