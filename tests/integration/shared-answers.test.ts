/** Events of answers that replicas leave for each other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerEvent } from '../../agents/answer-event.js'
import { openReplica, type Replica } from '../../src/replicas/replica.js'
import { sharedAnswers } from '../../src/replicas/shared-answers.js'
import { hasPostgres, useOwnPostgres } from '../support/postgres-database.js'

describe.skipIf(!hasPostgres)('An answer of another replica', () => {
  const server = useOwnPostgres()
  const replicas: Replica[] = []
  beforeAll(async () => {
    if (!hasPostgres) return
    await server.create('shared', [])
    const open = () => openReplica(server.url('shared', 'parley'))
    replicas.push(await open(), await open())
  })
  afterAll(() => Promise.all(replicas.map((replica) => replica.close())))

  const logs = () => replicas.map(sharedAnswers) as [Log, Log]
  const signal = new AbortController().signal
  const warning = (message: string): AnswerEvent => ({ type: 'warning', message })
  const textOf = (event: AnswerEvent) => ('message' in event ? event.message : event.type)

  it('is read from where it was left to its end, by its own user alone', async () => {
    const [one, other] = logs()
    one.begin('a', 'ada')
    for (const number of [1, 2, 3]) one.add('a', { number, event: warning(`event ${number}`) })
    await expect.poll(() => other.find('a', 'ada')).toBeDefined()
    expect([await other.find('a', 'bob'), await other.find('a', undefined)]).toEqual([
      undefined,
      undefined,
    ])
    const answer = await other.find('a', 'ada')
    const read: string[] = []
    for await (const { number, event } of answer?.follow(1, signal) ?? []) {
      read.push(`${number} ${textOf(event)}`)
      expect(answer?.followers).toBe(1)
      if (number === 3) {
        one.add('a', { number: 4, event: warning('the last \0 one') })
        one.end('a')
      }
    }
    expect(read).toEqual(['2 event 2', '3 event 3', '4 the last \0 one'])
    expect(answer?.followers).toBe(0)
  })

  it('is cancelled by a call, and calls that are none are passed over', async () => {
    const [one, other] = logs()
    const heard: string[] = []
    one.onCalls({
      cancel: (id) => heard.push(`cancel ${id}`),
      read: (id) => heard.push(`read ${id}`),
    })
    one.begin('b', undefined)
    await expect.poll(() => other.find('b', undefined)).toBeDefined()
    for (const text of ['', 'no JSON', '{"answer": "b", "want": "constructor"}', '[]']) {
      await server.run('shared', `SELECT pg_notify('parley_calls', '${text}')`)
    }
    const answer = await other.find('b', undefined)
    answer?.close()
    await expect.poll(() => heard).toEqual(['cancel b'])
    one.end('b')
  })

  it('ends with an error for its readers where its events could not all be written', async () => {
    const [one, other] = logs()
    one.begin('c', undefined)
    one.add('c', { number: 1, event: warning('event 1') })
    await expect.poll(() => other.find('c', undefined)).toBeDefined()
    const answer = await other.find('c', undefined)
    const read: string[] = []
    for await (const { number, event } of answer?.follow(0, signal) ?? []) {
      read.push(`${number} ${event.type}`)
      if (number > 1) continue
      // A number that is there already.
      one.add('c', { number: 1, event: warning('never written') })
      one.end('c')
    }
    expect(read).toEqual(['1 warning', '2 error'])
    expect(await other.find('c', undefined)).toBeUndefined()
  })
})

type Log = ReturnType<typeof sharedAnswers>
