/** Conversations: what a follow-up leans on, what a question back remembers, and what a restart keeps. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Orchestrator } from '../../src/index.js'
import {
  answered,
  failed,
  openShop,
  shopSales,
  type TemporaryHome,
} from '../support/temporary-product.js'

let home: TemporaryHome
let source: string
let orchestrator: Orchestrator

beforeAll(async () => {
  ;({ home, source, orchestrator } = await openShop())
})

afterAll(() => home.remove())

const ask = async (conversationId: string, question: string, newTopic = false) =>
  answered(await orchestrator.process(question, { conversationId, newTopic }))

/** Steps of a conversation that are on the disk. */
function stored(thread: string): number {
  const file = new Database(join(home.path, 'conversations.sqlite'))
  const sql = 'SELECT count(*) FROM checkpoints WHERE thread_id LIKE ?'
  const row: unknown = file.prepare(sql).raw().get(`%"${thread}"]`)
  file.close()
  return Number((row as number[])[0])
}

describe('a question that was cancelled', () => {
  const cancel = (conversationId: string) => {
    const stopper = new AbortController()
    return orchestrator.process('Total sales by month', {
      conversationId,
      signal: stopper.signal,
      onEvent: (event) => event.type === 'sql' && stopper.abort(),
    })
  }

  it('leaves nothing on the disk where it was the first of its conversation', async () => {
    expect(failed(await cancel('never')).error.code).toBe('cancelled')
    expect(stored('never')).toBe(0)
  })

  it('leaves the conversation that it was asked in', async () => {
    await ask('goes on', 'Total sales amount in 2023')
    expect(failed(await cancel('goes on')).error.code).toBe('cancelled')
    expect(stored('goes on')).toBe(1)
    expect((await ask('goes on', 'how many stores are there?')).rows).toHaveLength(1)
  })
})

describe('a question that is not to be kept', () => {
  it('is answered, and leaves nothing behind', async () => {
    const before = (await orchestrator.notebook().conversations()).length
    const answer = answered(await orchestrator.process('Total sales amount', { keep: false }))
    expect([answer.rows.length, answer.warnings]).toEqual([1, []])
    expect(await orchestrator.notebook().conversations()).toHaveLength(before)
    expect(await orchestrator.notebook().turns(answer.conversationId)).toEqual([])
    expect(stored(answer.conversationId)).toBe(0)
  })
})

describe('a follow-up', () => {
  it('is completed from the turn before and shown as a question of its own', async () => {
    const first = await ask('follow', 'Total sales amount in 2023')
    expect(first.rows).toEqual([[shopSales(2023)]])
    const next = await ask('follow', 'and in 2024?')
    expect(next.rows).toEqual([[shopSales(2024)]])
    expect(next.intent).toBe('follow_up')
    expect(next.rewrittenQuestion).toMatch(/amount.*2024/)
    expect(next.question).toBe('and in 2024?')
  })

  it('leans on the whole conversation, not on the last words alone', async () => {
    await ask('whole', 'Total sales amount in 2023')
    await ask('whole', 'and in 2024?')
    const third = await ask('whole', 'by store name')
    expect(third.rows).toHaveLength(6)
    expect(third.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(shopSales(2024))
  })

  it('has nothing to lean on when a new topic is begun', async () => {
    await ask('topic', 'Total sales amount in 2023')
    const conversation = { conversationId: 'topic' }
    const cut = await orchestrator.process('and in 2024?', { ...conversation, newTopic: true })
    expect(failed(cut).error.code).toBe('not_understood')
    expect(cut.rewrittenQuestion).toBeUndefined()
  })

  it('never leans on another conversation', async () => {
    await ask('one', 'Total sales amount in 2023')
    await ask('other', 'how many customers are there?')
    const stranger = await orchestrator.process('and in 2024?', { conversationId: 'third' })
    expect(failed(stranger).error.code).toBe('not_understood')
    expect((await ask('one', 'and in 2024?')).rows).toEqual([[shopSales(2024)]])
  })

  it('does not mix with conversations that are asked at the same time', async () => {
    const years = [2023, 2024]
    await Promise.all(years.map((year) => ask(`at-${year}`, `Total sales amount in ${year}`)))
    const both = await Promise.all(years.map((year) => ask(`at-${year}`, 'by store name')))
    const sums = both.map(({ rows }) => rows.reduce((sum, row) => sum + Number(row[1]), 0))
    expect(sums).toEqual(years.map(shopSales))
  })
})

const ambiguous = 'total sales amount by city'

async function askBack(conversationId: string) {
  const { kind, clarification, rows } = await ask(conversationId, ambiguous)
  expect([kind, rows]).toEqual(['clarification', []])
  const [first, second] = clarification?.choices ?? []
  if (!first || !second) throw new Error('There were no choices.')
  return [first, second] as const
}

describe('a question with two readings', () => {
  it('asks back and is answered by the label of a choice', async () => {
    const [first] = await askBack('label')
    const answer = await ask('label', first.label)
    expect(answer.question).toBe(ambiguous)
    expect(answer.sql).toContain(first.value)
  })

  it('is answered by the value of a choice, whatever its case', async () => {
    const [, second] = await askBack('value')
    const answer = await ask('value', ` ${second.value.toUpperCase()} `)
    expect(answer.sql).toContain(second.value)
  })

  it('is not asked back again in the conversation, and is in another', async () => {
    const [, second] = await askBack('remembered')
    await ask('remembered', second.value)
    expect((await ask('remembered', ambiguous)).sql).toContain(second.value)
    await askBack('not-remembered')
  })

  it('gives way to another question', async () => {
    await askBack('instead')
    const answer = await ask('instead', 'how many stores are there?')
    expect(answer.rows).toEqual([[6]])
    expect(answer.question).toBe('how many stores are there?')
  })

  it('leaves no steps and times of the pause in the answer that follows', async () => {
    await askBack('trace')
    const answer = await ask('trace', 'how many stores are there?')
    expect(answer.trace.map(({ node }) => node).slice(0, 3)).toEqual([
      'askBack',
      'classifyIntent',
      'extractEntities',
    ])
    expect(answer.trace.filter(({ node }) => node === 'classifyIntent')).toHaveLength(1)
  })

  it('tells the listener that it waits for a choice', async () => {
    const types: string[] = []
    for await (const { type } of orchestrator.stream(ambiguous)) types.push(type)
    expect(types.slice(-2)).toEqual(['clarification', 'message_stop'])
  })
})

describe('the conversations on disk', () => {
  it('go on after a restart, follow-ups and open questions alike', async () => {
    await ask('kept', 'Total sales amount in 2023')
    const [first] = await askBack('kept-open')
    await orchestrator.close()
    orchestrator = await home.open({ source })
    expect((await ask('kept', 'and in 2024?')).rows).toEqual([[shopSales(2024)]])
    expect((await ask('kept-open', first.label)).sql).toContain(first.value)
  })

  it('stay small and hold neither rows nor figures', async () => {
    const file = join(home.path, 'conversations.sqlite')
    await orchestrator.close()
    const before = (await stat(file)).size
    orchestrator = await home.open({ source })
    for (let turn = 0; turn < 10; turn += 1) {
      const answer = await ask('long', 'list all customer names', true)
      expect(answer.rows.flat()).toContain('Person 15')
      await ask('long', 'Total sales amount by store name')
    }
    await orchestrator.close()
    const bytes = await readFile(file)
    orchestrator = await home.open({ source })
    expect(bytes.includes('list all customer names')).toBe(true)
    // The answer's text names a few of them.
    expect(bytes.includes('Person 15')).toBe(false)
    expect(bytes.includes('hovertemplate')).toBe(false)
    expect(bytes.length - before).toBeLessThan(20 * maxBytesPerTurn)
  })
})

/** Question, entities and trace of one turn. */
const maxBytesPerTurn = 16_000
