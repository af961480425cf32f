/** What is known of tuning jobs, kept under the home: a lost connection, a Ctrl-C or a restart loses none. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type TuningJob, tuningStatuses } from '../../models/openai/tuning-client.js'

const job = z.object({
  id: z.string(),
  status: z.enum(tuningStatuses),
  model: z.string(),
  tunedModel: z.string().optional(),
  trainedTokens: z.number().optional(),
  error: z.string().optional(),
  startedAt: z.iso.datetime(),
  rows: z.number(),
})
const kept = z.object({
  /** Oldest first. */
  jobs: z.array(job),
  /** Ids of files that the server has, by the hash of what is in them. */
  uploads: z.record(z.string(), z.string()),
})

export type KeptJob = z.infer<typeof job>
type Kept = z.infer<typeof kept>

export interface JobStore {
  /** Oldest first. */
  jobs(): readonly KeptJob[]
  add(job: KeptJob): void
  /** What the server says now. */
  update(job: TuningJob): KeptJob | undefined
  uploaded(hash: string): string | undefined
  keepUpload(hash: string, id: string): void
}

/** Read anew each time: another process may watch the same job. */
export function openJobStore(home: string): JobStore {
  const folder = join(home, 'finetune', 'openai')
  const path = join(folder, 'jobs.json')
  const read = (): Kept => {
    try {
      return kept.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      return { jobs: [], uploads: {} }
    }
  }
  const write = (state: Kept) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  return {
    jobs: () => read().jobs,
    add: (added) => {
      const state = read()
      write({ ...state, jobs: [...state.jobs, added] })
    },
    update: (now) => {
      const state = read()
      const before = state.jobs.find(({ id }) => id === now.id)
      if (!before) return undefined
      const after = { ...before, ...now }
      write({ ...state, jobs: state.jobs.map((each) => (each.id === now.id ? after : each)) })
      return after
    },
    uploaded: (hash) => read().uploads[hash],
    keepUpload: (hash, id) => {
      const state = read()
      write({ ...state, uploads: { ...state.uploads, [hash]: id } })
    },
  }
}

export function isOver({ status }: Pick<KeptJob, 'status'>): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled'
}
