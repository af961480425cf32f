/** A server that follows OpenAI's published API of files and fine-tuning jobs, through the life of a job and its mishaps. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Status = 'validating_files' | 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

/** What stands in the place of one answer. */
export type Mishap = { readonly status: number; readonly headers?: Record<string, string> } | 'cut'

export interface TuningServer {
  readonly baseUrl: string
  /** Method and path of every request, in their order. */
  readonly requests: readonly string[]
  /** The bodies of files, as they came. */
  readonly uploads: readonly string[]
  /** The bodies of new jobs. */
  readonly jobs: readonly Readonly<Record<string, unknown>>[]
  /** Models that were asked for chat completions. */
  readonly asked: readonly string[]
  /** What jobs are found to be, one a look, the last for good. */
  lives(...statuses: readonly Status[]): void
  /** What happens to the next requests instead of an answer. */
  meets(...mishaps: readonly Mishap[]): void
  close(): Promise<void>
}

export const tunedModel = 'ft:gpt-test:org:shop:abc123'

/** `sql` is what the tuned model writes. */
export async function startTuningServer(sql: string): Promise<TuningServer> {
  const requests: string[] = []
  const uploads: string[] = []
  const jobs: Record<string, unknown>[] = []
  const asked: string[] = []
  let life: Status[] = ['succeeded']
  const mishaps: Mishap[] = []
  let state: Status = 'validating_files'
  const jobOf = (status: Status) => ({
    id: `ftjob-${jobs.length}`,
    object: 'fine_tuning.job',
    model: jobs.at(-1)?.model,
    status,
    created_at: 1_760_000_000,
    fine_tuned_model: status === 'succeeded' ? tunedModel : null,
    trained_tokens: status === 'succeeded' ? 5_768 : null,
    error:
      status === 'failed' ? { code: 'invalid', message: 'Loss was no number.', param: null } : {},
  })
  const events = () => ({
    object: 'list',
    has_more: false,
    data: [
      {
        id: `event-${state}`,
        object: 'fine_tuning.job.event',
        created_at: 1_760_000_060,
        level: 'info',
        message: `Now ${state}`,
      },
      {
        id: 'event-begin',
        object: 'fine_tuning.job.event',
        created_at: 1_760_000_000,
        level: 'info',
        message: 'Created',
      },
    ],
  })
  const answer = (path: string, body: string): unknown => {
    if (path === 'POST /v1/files') {
      const id = `file-${uploads.push(body)}`
      return { id, object: 'file', purpose: 'fine-tune', status: 'processed' }
    }
    if (path === 'POST /v1/fine_tuning/jobs') {
      jobs.push(JSON.parse(body))
      return jobOf('validating_files')
    }
    if (path.endsWith('/cancel')) return jobOf('cancelled')
    if (path.includes('/events')) return events()
    if (path.startsWith('GET /v1/fine_tuning/jobs/')) {
      state = (life.length > 1 ? life.shift() : life[0]) ?? 'succeeded'
      return jobOf(state)
    }
    if (path === 'POST /v1/chat/completions') {
      asked.push(JSON.parse(body).model)
      return { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: sql } }] }
    }
    return undefined
  }
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const path = `${request.method} ${request.url}`
    requests.push(path)
    const mishap = mishaps.shift()
    if (mishap === 'cut') return void response.destroy()
    const json = { 'content-type': 'application/json' }
    if (mishap) {
      response.writeHead(mishap.status, { ...json, ...mishap.headers })
      return void response.end(JSON.stringify({ error: { message: 'Sorry.' } }))
    }
    const said = answer(path, Buffer.concat(chunks).toString())
    response.writeHead(said === undefined ? 404 : 200, json).end(JSON.stringify(said ?? {}))
  }
  const http = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests,
    uploads,
    jobs,
    asked,
    lives: (...statuses) => {
      life = [...statuses]
    },
    meets: (...met) => void mishaps.push(...met),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}
