/** Events of answers in PostgreSQL, for a minute: whoever was cut off from one replica reads on at another. */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import type { AnswerEvent } from '../../agents/answer-event.js'
import type { ReplicaLine } from '../../data/store/postgres/replica-line.js'
import { type AnswerLog, type FollowableAnswer, failureEvent } from '../http/answer-log.js'
import type { NumberedEvent } from '../http/answer-stream.js'
import { createEventWriter } from './event-writer.js'
import type { Replica } from './replica.js'

/** Milliseconds between two looks for further events; only while somebody follows another replica's answer. */
const lookMs = 100
/** Within that, the replica that answers is known to live and hears of the reader: less than it waits for one. */
const tellMs = 1_000

const call = z.object({ answer: z.string(), want: z.enum(['cancel', 'read']) })
type Want = z.infer<typeof call>['want']

interface FoundAnswer {
  readonly replica: string
  readonly has_ended: boolean
}

export function sharedAnswers({ pool, line }: Pick<Replica, 'pool' | 'line'>): AnswerLog {
  const writer = createEventWriter(pool, line.replica)
  const tell = (answer: string, want: Want) =>
    line.call(JSON.stringify({ answer, want })).catch(() => {})
  return {
    ...writer,
    onCalls: (calls) =>
      line.onCall((message) => {
        const read = call.safeParse(parseJson(message))
        if (read.success) calls[read.data.want](read.data.answer)
      }),
    find: async (id, user) => {
      const sql = 'SELECT 1 FROM answers WHERE id = $1 AND owner IS NOT DISTINCT FROM $2'
      const found = await pool.query(sql, [id, user]).catch(() => undefined)
      if (!found?.rowCount) return undefined
      return followable({ pool, line, id, tell: (want) => void tell(id, want) })
    },
  }
}

/** Whoever may use the database can call; what is no call of ours is passed over. */
function parseJson(message: string): unknown {
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}

interface Followed {
  readonly pool: pg.Pool
  readonly line: Pick<ReplicaLine, 'lives'>
  readonly id: string
  readonly tell: (want: Want) => void
}

function followable(followed: Followed): FollowableAnswer {
  let followers = 0
  return {
    get followers() {
      return followers
    },
    close: () => followed.tell('cancel'),
    async *follow(after, signal) {
      followers += 1
      try {
        yield* follow(followed, after, signal)
      } finally {
        followers -= 1
      }
    },
  }
}

async function* follow(
  { pool, line, id, tell }: Followed,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<NumberedEvent> {
  let last = after
  let toldAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const isDue = performance.now() - toldAt > tellMs
    // First whether it has ended: all its events are there by then.
    const answer = await find(pool, id)
    const isLeft = isDue && answer?.has_ended === false && !(await line.lives(answer.replica))
    for (const event of await eventsAfter(pool, id, last)) {
      last = event.number
      yield event
    }
    if (!answer || isLeft) yield { number: last + 1, event: answer ? leftEvent : lostEvent }
    if (answer?.has_ended !== false || isLeft) return
    if (isDue) {
      toldAt = performance.now()
      tell('read')
    }
    await wait(lookMs, undefined, { signal }).catch(() => {})
  }
}

const leftEvent = failureEvent('The service that was answering this question has ended.', [
  'Ask again.',
])
const lostEvent = failureEvent('The rest of this answer was lost on its way here.', [
  'Open its conversation again, or ask again.',
])

async function find(pool: pg.Pool, id: string): Promise<FoundAnswer | undefined> {
  const sql = 'SELECT replica, ended_at IS NOT NULL AS has_ended FROM answers WHERE id = $1'
  return (await pool.query<FoundAnswer>(sql, [id])).rows[0]
}

async function eventsAfter(
  pool: pg.Pool,
  id: string,
  after: number,
): Promise<readonly NumberedEvent[]> {
  const sql = 'SELECT number, event FROM answer_events WHERE answer = $1 AND number > $2 ORDER BY 1'
  const { rows } = await pool.query<{ number: number; event: string }>(sql, [id, after])
  return rows.map(({ number, event }) => ({ number, event: JSON.parse(event) as AnswerEvent }))
}
