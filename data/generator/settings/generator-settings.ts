/** What a configuration file of `parley generate` may say; each field with its meaning. */
import { z } from 'zod'
import { columnMarks } from '../anonymise/column-marks.js'
import { type PhaseName, phaseNames } from '../pair.js'
import { budget, critic, writerModel } from './model-settings.js'

const mostPairs = 1_000_000
const mostWorkers = 64
const mostSessions = 256
const mostAnswers = 50

const phase = z.strictObject({
  name: z.enum(phaseNames).meta({ description: 'Which questions are asked.' }),
  count: z.int().min(1).max(mostPairs).meta({ description: 'Pairs wanted.' }),
  dataset_output_dir: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Folder of its file, instead of output_dir.' }),
  parallelism: z
    .int()
    .min(1)
    .max(mostWorkers)
    .default(2)
    .meta({ description: 'Workers that check pairs at the same time.' }),
  use_sample_rows: z.boolean().default(true).meta({
    description: 'Whether questions may name stored values. Without, numbers are round ones.',
  }),
  api_answer_count: z
    .int()
    .min(1)
    .max(mostAnswers)
    .default(5)
    .meta({ description: 'Pairs that a model is asked for at a time.' }),
  prompt_template: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'A file instead of the one in data/generator/prompts.' }),
})

export const generatorSettings = z
  .strictObject({
    source: z.string().min(1).optional().meta({
      description: 'A file or folder to ask about; --source and --demo go before it.',
    }),
    database: z
      .string()
      .min(1)
      .optional()
      .meta({ description: 'What rows call the database. Default: the name of the source.' }),
    output_dir: z
      .string()
      .min(1)
      .default('generated')
      .meta({ description: 'Folder of the files and of logs/, from where the command runs.' }),
    seed: z.int().min(0).default(1).meta({ description: 'Another seed asks other questions.' }),
    writer: z
      .enum(['templates', 'model'])
      .default('templates')
      .meta({ description: 'Who writes the pairs; sample_data never needs a model.' }),
    model: writerModel
      .prefault({})
      .meta({ description: 'The model that writes, where the writer is a model.' }),
    critic: critic
      .optional()
      .meta({ description: 'A model that judges pairs, and repairs them. Default: none.' }),
    schema_only: z.boolean().default(true).meta({
      description: 'Whether a model elsewhere is told names and types alone, and no stored value.',
    }),
    budget: budget
      .prefault({})
      .meta({ description: 'Where models stop. Without tokens and money: nowhere.' }),
    run_queries: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether each query is run, or only bound.' }),
    keep_empty_share: z.number().min(0).max(1).default(0.02).meta({
      description: 'Most that pairs whose query finds nothing may make of a file, 0 to 1.',
    }),
    query_timeout_ms: z
      .int()
      .min(1)
      .max(600_000)
      .default(5_000)
      .meta({ description: 'Longest that one query may run.' }),
    db_concurrent_sessions: z
      .int()
      .min(1)
      .max(mostSessions)
      .default(2)
      .meta({ description: 'Queries that one worker may have running.' }),
    max_db_sessions: z
      .int()
      .min(1)
      .max(mostSessions)
      .default(8)
      .meta({ description: 'Queries that all workers together may have running.' }),
    parallel_phases: z
      .int()
      .min(1)
      .max(phaseNames.length)
      .default(1)
      .meta({ description: 'Phases that run at the same time; they share max_db_sessions.' }),
    anonymise_questions: z.boolean().default(true).meta({
      description: 'Whether questions and answers name nothing that is stored in marked columns.',
    }),
    anonymise_columns: z
      .record(z.string(), z.enum(columnMarks))
      .default({})
      .meta({ description: 'Marks of single columns instead of those that are found.' }),
    jitter_numbers: z.number().min(0).max(1).default(0).meta({
      description: 'Most by which numbers of sample rows are moved, as a share of them.',
    }),
    validation_share: z.number().min(0).max(0.9).default(0.2).meta({
      description: 'What validation.jsonl should make of all pairs; the rest is train.jsonl.',
    }),
    phases: z.array(phase).min(1).meta({ description: 'One file each, in this order.' }),
  })
  .superRefine(({ writer, phases, max_db_sessions: most, parallel_phases }, context) => {
    const tasks = Math.min(parallel_phases, phases.length)
    for (const [at, { name, parallelism, prompt_template }] of phases.entries()) {
      if (prompt_template !== undefined && (writer !== 'model' || !isModelPhase(name))) {
        const message = writer === 'model' ? `No model writes ${name}.` : 'It needs writer: model.'
        context.addIssue({ code: 'custom', path: ['phases', at, 'prompt_template'], message })
      }
      if (phases.findIndex((other) => other.name === name) < at) {
        context.addIssue({
          code: 'custom',
          path: ['phases', at, 'name'],
          message: `${name} stands here twice.`,
        })
      }
      if (parallelism * tasks > most) {
        const times = tasks > 1 ? ` in each of ${tasks} phases` : ''
        context.addIssue({
          code: 'custom',
          path: ['phases', at, 'parallelism'],
          message: `${parallelism} workers${times} need more than max_db_sessions: ${most}.`,
        })
      }
    }
  })

/** Sample rows are read, and never written by a model. */
export function isModelPhase(phase: PhaseName): phase is ModelPhase {
  return phase !== 'sample_data'
}

export type ModelPhase = Exclude<PhaseName, 'sample_data'>
export type GeneratorSettings = z.output<typeof generatorSettings>
export type PhaseSettings = GeneratorSettings['phases'][number]
