/** The wire form of an answer, for the OpenAPI document; the annotation makes it fail to compile when `Answer` moves on. */
import { z } from 'zod'
import type { Answer, AnswerErrorCode, Intent, Phase } from '../../agents/answer.js'
import type { ChartKind } from '../../agents/chart/figure.js'
import type { Entities } from '../../agents/entities/entities.js'
import { usualGenerators } from '../../agents/generator-name.js'

/** Every name of a union, so that a new one which is missing here does not compile. */
type Names<Union extends string> = { [Name in Union]: Name }

const text = z.string()
export const value = z.union([text, z.number(), z.boolean(), z.null()])

const phase = z.enum({
  understanding: 'understanding',
  searching: 'searching',
  planning: 'planning',
  generating: 'generating',
  correcting: 'correcting',
  executing: 'executing',
  charting: 'charting',
} satisfies Names<Phase>)

const intent = z.enum({
  metric: 'metric',
  comparison: 'comparison',
  ranking: 'ranking',
  trend: 'trend',
  distribution: 'distribution',
  lookup: 'lookup',
  listing: 'listing',
  catalog: 'catalog',
  follow_up: 'follow_up',
  chit_chat: 'chit_chat',
  unsafe: 'unsafe',
  unclear: 'unclear',
} satisfies Names<Intent>)

export const chartKind = z.enum({
  number: 'number',
  bar: 'bar',
  grouped_bar: 'grouped_bar',
  stacked_bar: 'stacked_bar',
  line: 'line',
  area: 'area',
  scatter: 'scatter',
  histogram: 'histogram',
  pie: 'pie',
  heat_map: 'heat_map',
  table: 'table',
} satisfies Names<ChartKind>)

const generator = text.describe(
  `What wrote the SQL: ${[...usualGenerators, 'given', 'approved'].join(', ')}, or a generator that a program brought along.`,
)

const answerErrorCode = z.enum({
  empty_question: 'empty_question',
  question_too_long: 'question_too_long',
  unsafe_request: 'unsafe_request',
  not_understood: 'not_understood',
  model_unavailable: 'model_unavailable',
  model_failed: 'model_failed',
  rate_limited: 'rate_limited',
  busy: 'busy',
  deadline: 'deadline',
  sql_refused: 'sql_refused',
  sql_invalid: 'sql_invalid',
  sql_failed: 'sql_failed',
  sql_timeout: 'sql_timeout',
  sql_out_of_memory: 'sql_out_of_memory',
  cancelled: 'cancelled',
  internal: 'internal',
} satisfies Names<AnswerErrorCode>)

export const figure = z
  .object({
    data: z.array(z.record(text, z.unknown())),
    layout: z.record(text, z.unknown()),
  })
  .describe('Plotly JSON')

export const column = z.object({
  name: text,
  type: text,
  kind: z.enum(['number', 'text', 'date', 'timestamp', 'boolean', 'other']),
})

const columnName = z.object({ table: text, column: text })

const provenance = z.object({
  fingerprint: text,
  dataVersion: text,
  model: text.optional(),
  documents: z.array(z.object({ id: text, distance: z.number().optional(), score: z.number() })),
  valueLinks: z.array(z.object({ phrase: text, column: text, value: text })),
  approvedPair: z.object({ id: text, approvedBy: text, approvedAt: text }).optional(),
  attempts: z.array(
    z.object({
      sql: text,
      generator,
      failure: z.object({ code: text, message: text }).optional(),
    }),
  ),
  reason: text,
})

const base = {
  id: text,
  conversationId: text,
  question: text,
  rewrittenQuestion: text.optional(),
  intent,
  suggestions: z.array(text),
  warnings: z.array(text),
  trace: z.array(
    z.object({
      node: text,
      phase,
      elapsedMs: z.number(),
      summary: text,
      details: z.record(text, z.unknown()).optional(),
    }),
  ),
  timings: z.record(text, z.number()).describe('Milliseconds by step, and total.'),
}

const answered = z.object({
  ...base,
  ok: z.literal(true),
  kind: z.enum(['data', 'text', 'clarification']),
  entities: z.custom<Entities>().optional(),
  sql: text.optional(),
  dialect: text.optional(),
  columns: z.array(column),
  rows: z.array(z.array(value)),
  rowCount: z.number(),
  truncated: z.boolean(),
  figure: figure.optional(),
  chartKind: chartKind.optional(),
  chartKinds: z.array(chartKind).describe('What /api/v1/chart can draw of the result.'),
  text,
  textCells: z
    .array(z.object({ start: z.number(), end: z.number(), row: z.number(), column: z.number() }))
    .describe('Where the text tells a cell; start and end count UTF-16 units.'),
  explanation: z.array(text),
  columnReadings: z
    .array(z.object({ column: columnName, phrase: text.optional(), others: z.array(columnName) }))
    .optional()
    .describe('Columns that were read; /api/v1/chat takes others in their place.'),
  confidence: z
    .object({
      score: z.number(),
      signals: z.array(z.object({ name: text, value: z.number(), note: text })),
    })
    .optional(),
  clarification: z
    .object({ question: text, choices: z.array(z.object({ label: text, value: text })) })
    .optional(),
  generator: generator.optional(),
  provenance: provenance.optional(),
})

const failed = z.object({
  ...base,
  ok: z.literal(false),
  error: z.object({
    code: answerErrorCode,
    phase,
    message: text,
    hints: z.array(text),
    retryAfterSeconds: z.number().optional(),
  }),
  sql: text.optional(),
  provenance: provenance.optional(),
})

export const answerSchema: z.ZodType<Answer> = z
  .discriminatedUnion('ok', [answered, failed])
  .meta({ id: 'Answer' })
