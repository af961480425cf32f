/** Writes the events of answers that this replica makes, in order, and takes away those of answers that ended. */
import type pg from 'pg'
import type { AnswerLog } from '../http/answer-log.js'
import type { NumberedEvent } from '../http/answer-stream.js'

/** As long as a replica itself finds an answer that has ended; and a bound for those of a replica that died. */
const forgetSql = `
  DELETE FROM answers
  WHERE ended_at < now() - interval '1 minute' OR begun_at < now() - interval '1 hour'`
const forgetEveryMs = 20_000

interface Writing {
  readonly waiting: NumberedEvent[]
  done: Promise<unknown>
}

export function createEventWriter(
  pool: pg.Pool,
  replica: string,
): Pick<AnswerLog, 'begin' | 'add' | 'end'> {
  const answers = new Map<string, Writing>()
  let forgotAt = 0
  const then = (writing: Writing, write: () => Promise<unknown>) => {
    // Without its beginning there is no answer to add to: an error stays for all that follows.
    writing.done = writing.done.then(write)
    writing.done.catch(() => {})
  }
  const writeWaiting = async (id: string, { waiting }: Writing) => {
    const events = waiting.splice(0)
    if (events.length === 0) return
    const numbers = events.map(({ number }) => number)
    await pool.query(addSql, [id, numbers, events.map(({ event }) => JSON.stringify(event))])
  }
  const forget = async () => {
    if (performance.now() - forgotAt < forgetEveryMs) return
    forgotAt = performance.now()
    await pool.query(forgetSql)
  }
  return {
    begin: (id, user) => {
      const writing = { waiting: [], done: Promise.resolve() }
      answers.set(id, writing)
      const sql = 'INSERT INTO answers (id, owner, replica) VALUES ($1, $2, $3)'
      then(writing, () => pool.query(sql, [id, user, replica]))
    },
    add: (id, event) => {
      const writing = answers.get(id)
      if (!writing) return
      writing.waiting.push(event)
      // Whatever comes while one is written goes with the next.
      then(writing, () => writeWaiting(id, writing))
    },
    end: (id) => {
      const writing = answers.get(id)
      answers.delete(id)
      if (!writing) return
      // Of what is not whole nothing stays: its readers are told so then.
      const close = () => pool.query('UPDATE answers SET ended_at = now() WHERE id = $1', [id])
      const drop = () => pool.query('DELETE FROM answers WHERE id = $1', [id])
      writing.done = writing.done.then(close).catch(drop)
      then(writing, forget)
    },
  }
}

const addSql = 'INSERT INTO answer_events SELECT $1, * FROM unnest($2::int[], $3::text[])'
