/** `parley finetune openai status`, `watch` and `cancel`: jobs go on at the server, whoever looks. */
import { setTimeout as wait } from 'node:timers/promises'
import { exitCodes } from '../../exit-codes.js'
import { isOver, type KeptJob } from '../../finetune/job-store.js'
import type { CommandContext } from '../command-context.js'
import { chosenJob, jobText, type Tuning, withServer } from './with-server.js'

export interface JobOptions {
  readonly job?: string
  readonly json?: boolean
}

export interface WatchOptions extends JobOptions {
  /** Seconds. */
  readonly every: string
}

export const status = withServer(async ({ job: id, json }: JobOptions, tuning, context) => {
  const job = chosenJob(id, tuning, context)
  if (!job) return exitCodes.failed
  const now = isOver(job) ? job : await look(job, tuning, context)
  return tell(now, json, context)
})

export const watch = withServer(async ({ job: id, every, json }: WatchOptions, tuning, context) => {
  const { terminal, signal } = context
  const seconds = Number(every)
  if (!(seconds > 0)) {
    terminal.say('--every is a number of seconds.')
    return exitCodes.usage
  }
  const job = chosenJob(id, tuning, context)
  if (!job) return exitCodes.failed
  const told = new Set<string>()
  for (let now = job; ; ) {
    now = await look(now, tuning, context)
    for (const event of await tuning.client.events(now.id, signal)) {
      if (!told.has(event.id)) terminal.say(`${timeOf(event.at)} ${event.message}`)
      told.add(event.id)
    }
    if (isOver(now)) return tell(now, json, context)
    await wait(seconds * 1000, undefined, { signal })
  }
})

export const cancel = withServer(async ({ job: id, json }: JobOptions, tuning, context) => {
  const job = chosenJob(id, tuning, context)
  if (!job) return exitCodes.failed
  if (isOver(job)) {
    context.terminal.say(`${job.id} is over: ${job.status}.`)
    return exitCodes.failed
  }
  const now = await tuning.client.cancel(job.id, context.signal)
  const kept = tuning.store.update(now) ?? job
  context.terminal.print(json ? JSON.stringify(kept) : jobText(kept))
  return exitCodes.answered
})

async function look(job: KeptJob, { client, store }: Tuning, { signal }: CommandContext) {
  return store.update(await client.look(job.id, signal)) ?? job
}

function tell(job: KeptJob, json: boolean | undefined, { terminal }: CommandContext): number {
  terminal.print(json ? JSON.stringify(job) : jobText(job))
  return job.status === 'failed' || job.status === 'cancelled'
    ? exitCodes.failed
    : exitCodes.answered
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}
