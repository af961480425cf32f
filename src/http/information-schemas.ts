/** The wire forms of everything but answers, each tied to its type so that the two cannot drift apart. */
import { z } from 'zod'
import { usualGenerators } from '../../agents/generator-name.js'
import type { GeneratorStatus } from '../../agents/sql-generator.js'
import type { Catalog } from '../../data/catalog.js'
import type { Acceptance } from '../added/added-datasets.js'
import type { DatasetGenerators, ServiceHealth } from '../dataset-health.js'
import type { DatasetStatus } from '../dataset-status.js'
import type { ComparisonReport } from '../generators/comparison.js'
import type { Health } from '../orchestrator.js'

const text = z.string()
const reference = z.object({ table: text, column: text })

const column = z.object({
  name: text,
  type: text,
  kind: z.enum(['number', 'text', 'date', 'timestamp', 'boolean', 'other']),
  nullable: z.boolean(),
  unique: z.boolean(),
  distinctCount: z.number().optional(),
  values: z.array(text).optional(),
  samples: z.array(text),
  min: text.optional(),
  max: text.optional(),
  comment: text.optional(),
  sourceComment: text
    .optional()
    .describe('What the database itself says, where people told something else.'),
  aliases: z.array(text).optional(),
})

export const catalogSchema: z.ZodType<Catalog> = z
  .object({
    dialect: z.enum(['duckdb', 'sqlite', 'postgres', 'mysql', 'spark']),
    tables: z.array(
      z.object({
        name: text,
        columns: z.array(column),
        primaryKey: z.array(text),
        rowCount: z.number(),
        comment: text.optional(),
        sourceComment: text.optional(),
        aliases: z.array(text).optional(),
      }),
    ),
    relationships: z.array(
      z.object({
        from: reference,
        to: reference,
        further: z.array(z.object({ from: text, to: text })).optional(),
        origin: z.enum(['declared', 'inferred']),
        evidence: text.optional(),
      }),
    ),
    terms: z
      .array(
        z.object({
          id: text,
          names: z.array(text),
          table: text,
          column: text.optional(),
          value: text.optional(),
          expression: text.optional(),
        }),
      )
      .optional(),
    version: text,
  })
  .meta({ id: 'Catalog' })

const count = z.number().int().min(0)

const usage = z
  .object({
    requests: count,
    failures: count,
    inputTokens: count,
    outputTokens: count,
    money: z.number().optional().describe('In the currency of the prices that are set.'),
  })
  .describe('Since the beginning of the day, UTC.')

export const generatorStatus = z.object({
  name: text.describe(`One of ${usualGenerators.join(', ')}, or one that a program brought along.`),
  ready: z.boolean(),
  note: text,
  off: z.literal(true).optional().describe('Not in use before somebody sets it up.'),
  place: z.enum(['here', 'machine', 'remote']).optional().describe('Where its model runs.'),
  told: z
    .enum(['values', 'schema-only'])
    .optional()
    .describe('Whether stored values may be told to that model, or names and types alone.'),
  model: text.optional(),
  models: z.array(text).optional().describe('Others that it could ask instead.'),
  usage: usage.optional(),
  budget: z
    .object({ tokens: z.number().optional(), money: z.number().optional() })
    .optional()
    .describe('What may be used in a day.'),
  loading: z
    .object({ share: z.number().optional() })
    .optional()
    .describe(
      'While it is being fetched or loaded: how much is there, 0 to 1, where that is known.',
    ),
})

const generators = z.array(generatorStatus)

const arm = z.object({
  arm: z.enum(['usual', 'second']),
  generator: text,
  questions: count,
  ok: count,
  fellBack: count.describe('Answered by another generator in its place.'),
  p50Ms: z.number().describe('Of the last thousand.'),
  p95Ms: z.number(),
  up: count,
  down: count,
})

export const comparisonSchema: z.ZodType<{ comparison: ComparisonReport | null }> = z
  .object({
    comparison: z
      .object({ share: z.number(), arms: z.array(arm) })
      .nullable()
      .describe('null where PARLEY_COMPARE is not set.'),
  })
  .meta({ id: 'Comparison' })

const datasetState = {
  isDefault: z.boolean(),
  state: z.enum(['open', 'opening', 'closed', 'failed']),
}

const progress = z.object({ step: text, done: z.number(), total: z.number() })
const partProgress = z.object({
  done: z.number(),
  total: z.number(),
  unit: z.enum(['bytes', 'documents', 'tables']),
})

export const generatorsSchema: z.ZodType<{
  generators: readonly GeneratorStatus[]
  datasets: readonly DatasetGenerators[]
}> = z
  .object({
    generators,
    datasets: z.array(z.object({ name: text, ...datasetState, generators })),
  })
  .meta({ id: 'Generators' })

const dataset = z.object({
  name: text,
  title: text,
  subject: text,
  samples: z.array(text),
  origin: z.enum(['given', 'demo', 'files', 'connection']),
  ...datasetState,
  progress: progress.optional(),
  indexing: partProgress
    .optional()
    .describe(
      'While its index is filled: questions work meanwhile, on what is in it. A total of 0 is not counted yet.',
    ),
  error: z
    .object({ code: text, message: text, hints: z.array(text) })
    .optional()
    .describe('Why an added one cannot be opened.'),
})

export const datasetSchema: z.ZodType<DatasetStatus> = dataset.meta({ id: 'Dataset' })

export const datasetsSchema: z.ZodType<{
  datasets: readonly DatasetStatus[]
  canAdd: boolean
  accepts?: Acceptance
}> = z
  .object({
    datasets: z.array(dataset),
    canAdd: z.boolean().describe('False under row policies.'),
    accepts: z
      .object({
        maxBytes: z.number().describe('Of all files that are sent together.'),
        tableEndings: z.array(text).describe('Of files that make one dataset together.'),
        databaseEndings: z.array(text).describe('Of files that make a dataset each.'),
        schemes: z.array(text).describe('Of addresses of servers.'),
      })
      .optional()
      .describe('What can be added, where something can.'),
  })
  .meta({ id: 'Datasets' })

export const suggestionsSchema = z
  .object({ suggestions: z.array(text) })
  .meta({ id: 'Suggestions' })

const parts = z.array(
  z.object({
    name: z.enum(['database', 'index', 'embedder', 'model', 'conversations', 'queue']),
    state: z.enum(['ok', 'loading', 'degraded', 'missing']),
    note: text,
    progress: partProgress.optional().describe('While it is being fetched or filled.'),
  }),
)

const data = z.object({ tables: z.number(), rows: z.number(), documents: z.number() }).optional()

const health = z.object({ ready: z.boolean(), source: text, data, parts })

export const healthSchema: z.ZodType<Health> = health.meta({ id: 'Health' })

export const serviceHealthSchema: z.ZodType<ServiceHealth> = health
  .extend({
    datasets: z.array(
      z.object({
        name: text,
        title: text,
        ...datasetState,
        progress: progress.optional(),
        ready: z.boolean(),
        data,
        parts,
      }),
    ),
  })
  .meta({ id: 'ServiceHealth' })

export const aliveSchema = z.object({ alive: z.literal(true) }).meta({ id: 'Alive' })

export const errorSchema = z
  .object({ error: z.object({ code: text, message: text, hints: z.array(text).optional() }) })
  .meta({ id: 'Error' })
