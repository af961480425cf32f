/** Files and fine-tuning jobs of OpenAI's API: https://platform.openai.com/docs/api-reference/fine-tuning */
import { toFile } from 'openai'
import { z } from 'zod'
import { failure } from './call-failure.js'
import { openClient } from './open-client.js'
import { createTryAgain, type Wait } from './try-again.js'

export const tuningStatuses = [
  'validating_files',
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
] as const

export type TuningStatus = (typeof tuningStatuses)[number]

export interface TuningJob {
  readonly id: string
  /** `paused` and whatever else a server may say counts as running. */
  readonly status: TuningStatus
  /** What is tuned. */
  readonly model: string
  /** The name of what came of it. */
  readonly tunedModel?: string
  readonly trainedTokens?: number
  /** Why it failed. */
  readonly error?: string
}

export interface TuningEvent {
  readonly id: string
  /** Seconds since 1970. */
  readonly at: number
  readonly message: string
}

export interface NewTuningJob {
  readonly model: string
  readonly trainingFile: string
  readonly validationFile?: string
  /** Stands in the name of the tuned model. */
  readonly suffix?: string
  /** The server chooses when absent. */
  readonly epochs?: number
}

export interface TuningClient {
  /** Gives the file's id. */
  upload(name: string, text: string, signal: AbortSignal): Promise<string>
  begin(job: NewTuningJob, signal: AbortSignal): Promise<TuningJob>
  look(id: string, signal: AbortSignal): Promise<TuningJob>
  /** The newest twenty, oldest first. */
  events(id: string, signal: AbortSignal): Promise<readonly TuningEvent[]>
  cancel(id: string, signal: AbortSignal): Promise<TuningJob>
}

export interface TuningSettings {
  readonly baseUrl: string
  readonly key?: string
  readonly onWait?: (wait: Wait) => void
  /** Attempts behind the first. Default 4. */
  readonly retries?: number
}

/** A file of half a gigabyte takes its time. */
const timeoutMs = 600_000
const mostEvents = 20

const jobAnswer = z.object({
  id: z.string().min(1),
  status: z.enum(tuningStatuses).catch('running'),
  model: z.string(),
  fine_tuned_model: z.string().nullish(),
  trained_tokens: z.number().nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
})
const eventsAnswer = z.object({
  data: z.array(z.object({ id: z.string(), created_at: z.number(), message: z.string() })),
})
const fileAnswer = z.object({ id: z.string().min(1) })

/** Everything rejects with a `ModelCallError`, or the signal's reason. */
export function createTuningClient(settings: TuningSettings): TuningClient {
  const { baseUrl, key, onWait, retries = 4 } = settings
  const client = openClient(baseUrl, key, timeoutMs)
  const tryAgain = createTryAgain({ key, timeoutMs, retries, onWait })
  const ask = <Answer>(
    schema: z.ZodType<Answer>,
    call: (signal: AbortSignal) => Promise<unknown>,
    signal: AbortSignal,
  ) =>
    tryAgain(async (attempt) => {
      const read = schema.safeParse(await call(attempt))
      if (!read.success) throw failure('bad_answer')
      return read.data
    }, signal)
  const job = async (call: (signal: AbortSignal) => Promise<unknown>, signal: AbortSignal) =>
    readJob(await ask(jobAnswer, call, signal))
  const { files, fineTuning } = client
  return {
    upload: async (name, text, signal) => {
      const file = await toFile(Buffer.from(text), name)
      const asked = (attempt: AbortSignal) =>
        files.create({ file, purpose: 'fine-tune' }, { signal: attempt })
      return (await ask(fileAnswer, asked, signal)).id
    },
    begin: (wanted, signal) =>
      job((attempt) => fineTuning.jobs.create(bodyOf(wanted), { signal: attempt }), signal),
    look: (id, signal) =>
      job((attempt) => fineTuning.jobs.retrieve(id, { signal: attempt }), signal),
    cancel: (id, signal) =>
      job((attempt) => fineTuning.jobs.cancel(id, { signal: attempt }), signal),
    events: async (id, signal) => {
      const asked = async (attempt: AbortSignal) => {
        const page = await fineTuning.jobs.listEvents(
          id,
          { limit: mostEvents },
          { signal: attempt },
        )
        return { data: page.data }
      }
      const { data } = await ask(eventsAnswer, asked, signal)
      return data
        .map(({ id: event, created_at: at, message }) => ({ id: event, at, message }))
        .toReversed()
    },
  }
}

function bodyOf({ model, trainingFile, validationFile, suffix, epochs }: NewTuningJob) {
  const hyperparameters = epochs === undefined ? {} : { n_epochs: epochs }
  return {
    model,
    training_file: trainingFile,
    ...(validationFile !== undefined && { validation_file: validationFile }),
    ...(suffix !== undefined && { suffix }),
    method: { type: 'supervised' as const, supervised: { hyperparameters } },
  }
}

function readJob(answer: z.infer<typeof jobAnswer>): TuningJob {
  const { id, status, model, fine_tuned_model: tuned, trained_tokens: tokens, error } = answer
  return {
    id,
    status,
    model,
    ...(tuned && { tunedModel: tuned }),
    ...(tokens && { trainedTokens: tokens }),
    ...(error?.message && { error: error.message }),
  }
}
