/** What the commands about tuning jobs share: the server, the jobs that are kept, failures in one line, Ctrl-C. */
import { ModelCallError } from '../../../models/model-call-error.js'
import { createTuningClient, type TuningClient } from '../../../models/openai/tuning-client.js'
import { exitCodes } from '../../exit-codes.js'
import { type JobStore, type KeptJob, openJobStore } from '../../finetune/job-store.js'
import type { CommandContext } from '../command-context.js'

export interface Tuning {
  readonly client: TuningClient
  readonly store: JobStore
}

export function withServer<Options>(
  command: (options: Options, tuning: Tuning, context: CommandContext) => Promise<number>,
) {
  return async (options: Options, context: CommandContext): Promise<number> => {
    const { config, terminal, signal } = context
    if (!config.openai) {
      terminal.say('Set PARLEY_OPENAI_KEY first, or PARLEY_OPENAI_URL for another server.')
      return exitCodes.usage
    }
    const { baseUrl, key } = config.openai
    const onWait = ({ ms, reason }: { ms: number; reason: string }) =>
      terminal.say(`${reason} Asking again in ${(ms / 1000).toFixed(1)} s.`)
    const client = createTuningClient({ baseUrl, key, onWait })
    try {
      return await command(options, { client, store: openJobStore(config.home) }, context)
    } catch (error) {
      if (signal.aborted) {
        terminal.say(
          'Stopped. The job, if there is one, goes on; `parley finetune openai status` tells how.',
        )
        return exitCodes.failed
      }
      if (!(error instanceof ModelCallError)) throw error
      terminal.say(error.message)
      return exitCodes.failed
    }
  }
}

/** The job of that id, or the newest; says so where there is none. */
export function chosenJob(
  id: string | undefined,
  { store }: Tuning,
  { terminal }: CommandContext,
): KeptJob | undefined {
  const jobs = store.jobs()
  const job = id === undefined ? jobs.at(-1) : jobs.find((each) => each.id === id)
  if (!job) {
    const which = id === undefined ? 'There is no job yet' : `There is no job ${id}`
    terminal.say(`${which}; \`parley finetune openai submit\` begins one.`)
  }
  return job
}

export function jobText({ id, status, model, tunedModel, rows, error }: KeptJob): string {
  const became =
    tunedModel === undefined ? '' : ` It became ${tunedModel}: the generator custom asks it.`
  return `${id}: ${status}, ${model} on ${rows} rows.${became}${error === undefined ? '' : ` ${error}`}`
}
