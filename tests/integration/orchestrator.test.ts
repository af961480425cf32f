/** The product as one object, on the demo: a question becomes a number, a chart, a text and a trace. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFile } from '../../data/demo/demo-file.js'
import { retail } from '../../data/demo/retail/retail.js'
import type { AnswerEvent, Orchestrator } from '../../src/index.js'
import {
  answered,
  failed,
  rowsOfFile,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

let home: TemporaryHome
let orchestrator: Orchestrator

beforeAll(async () => {
  home = await temporaryHome()
  orchestrator = await home.open()
}, 60_000)

afterAll(() => home.remove())

const steps = [
  'classifyIntent',
  'extractEntities',
  'retrieveContext',
  'answerFromKnowledge',
  'generateSql',
  'checkSql',
  'executeSql',
  'drawChart',
  'composeAnswer',
]

describe('a question about the demo', () => {
  it('gets the number that the same sum by hand gives', async () => {
    const answer = answered(await orchestrator.process('Total sales in 2023'))
    const [row] = await rowsOfFile(
      await demoFile(retail, home.path),
      'SELECT sum(total_amount)::DOUBLE FROM sales WHERE year(sold_on) = 2023',
    )
    expect(answer.kind).toBe('data')
    expect(answer.rows).toHaveLength(1)
    expect(Number(answer.rows[0]?.[0])).toBeCloseTo(Number(row?.[0]), 2)
    expect(Number(row?.[0])).toBeGreaterThan(0)
  })

  it('about one table of another is about the one named last, as the README shows', async () => {
    const answer = answered(
      await orchestrator.process('Which 5 product categories sold most in 2025?'),
    )
    expect(answer.sql).toMatch(/GROUP BY categories\.category_name/)
    expect(answer.rows).toHaveLength(5)
    expect(answer.rows[0]?.[0]).toBe('Electronics')
  })

  it('is drawn as a number and told in words that hold the cell', async () => {
    const answer = answered(await orchestrator.process('Total sales in 2023'))
    expect(answer.chartKind).toBe('number')
    expect(answer.figure?.data.length).toBeGreaterThan(0)
    expect(answer.text.replaceAll(',', '')).toContain(Number(answer.rows[0]?.[0]).toFixed(2))
    expect(answer.explanation.length).toBeGreaterThan(0)
  })

  it('says where the SQL came from and how sure it is', async () => {
    const answer = answered(await orchestrator.process('Total sales in 2023'))
    expect(answer.generator).toBe('rules')
    expect(answer.provenance?.attempts).toEqual([{ sql: answer.sql, generator: 'rules' }])
    expect(answer.provenance?.dataVersion).toBe((await orchestrator.catalog()).version)
    expect(answer.provenance?.documents.length).toBeGreaterThan(0)
    const signals = answer.confidence?.signals ?? []
    expect(signals.map(({ name }) => name)).toContain('binds')
    expect(answer.confidence?.score).toBeGreaterThan(0)
    expect(answer.confidence?.score).toBeLessThanOrEqual(1)
  })

  it('leaves one trace step per node, in the order of the graph, and their times', async () => {
    const answer = await orchestrator.process('Total sales in 2023')
    expect(answer.trace.map(({ node }) => node)).toEqual(steps)
    expect(Object.keys(answer.timings).sort()).toEqual([...steps, 'total'].sort())
    const { total = 0, ...parts } = answer.timings
    const sum = Object.values(parts).reduce((before, one) => before + one, 0)
    expect(sum).toBeLessThanOrEqual(total)
  })

  it('leads to suggestions that are answered', async () => {
    const answer = answered(await orchestrator.process('Total sales in 2023'))
    expect(answer.suggestions.length).toBeGreaterThan(0)
    for (const question of answer.suggestions) {
      expect([question, (await orchestrator.process(question)).ok]).toEqual([question, true])
    }
  })

  it('gets the same SQL and fingerprint when it is asked again', async () => {
    const question = 'Top 5 products by revenue in 2024'
    const first = answered(await orchestrator.process(question))
    const again = answered(await orchestrator.process(question))
    expect(first.sql).toBeDefined()
    expect(again.sql).toBe(first.sql)
    expect(again.rows).toEqual(first.rows)
    expect(again.provenance?.fingerprint).toBe(first.provenance?.fingerprint)
  })

  it('is answered without retrieval too, and then leans on no document', async () => {
    const answer = answered(await orchestrator.process('Total sales in 2023', { useRag: false }))
    expect(answer.provenance?.documents).toEqual([])
    expect(answer.rows).toHaveLength(1)
  })

  it('fails plainly when the local model is asked for and missing', async () => {
    const answer = failed(await orchestrator.process('Total sales', { generator: 'local' }))
    expect(answer.error.code).toBe('model_unavailable')
    expect(answer.error.hints.length).toBeGreaterThan(0)
  })
})

async function collect(question: string): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = []
  for await (const event of orchestrator.stream(question)) events.push(event)
  return events
}

describe('a streamed question', () => {
  it('tells its events in the order in which they happen and ends with the answer', async () => {
    const events = await collect('Total sales in 2023 by region')
    const told = events.map(({ type }) => type).filter((type) => type !== 'state')
    expect(told).toEqual([
      'message_start',
      'sql',
      'data',
      'chart',
      'text_delta',
      'suggestions',
      'message_stop',
    ])
    expect(events.at(-1)?.type).toBe('message_stop')
  })

  it('tells the phases once begun and once done, and hands over each trace step', async () => {
    const events = await collect('Total sales in 2023')
    const states = events.flatMap((event) => (event.type === 'state' ? [event] : []))
    expect([...new Set(states.map(({ state }) => state))]).toEqual([
      'understanding',
      'searching',
      'planning',
      'generating',
      'executing',
      'charting',
    ])
    expect(states.flatMap(({ step }) => step?.node ?? [])).toEqual(steps)
  })

  it('ends with an error and the failed answer when there is no question in it', async () => {
    const types = (await collect('   ')).map(({ type }) => type)
    expect(types).toEqual(['message_start', 'error', 'message_stop'])
  })

  it('is cancelled by leaving the loop', async () => {
    const heard: AnswerEvent[] = []
    const onEvent = (event: AnswerEvent) => void heard.push(event)
    for await (const event of orchestrator.stream('Total sales in 2023', { onEvent })) {
      if (event.type === 'state') break
    }
    await expect.poll(() => heard.at(-1)?.type, { timeout: 10_000 }).toBe('message_stop')
    const stop = heard.at(-1)
    if (stop?.type !== 'message_stop') throw new Error('There was no end.')
    expect(failed(stop.answer).error.code).toBe('cancelled')
    expect(heard.map(({ type }) => type)).not.toContain('data')
  })
})

describe('a cancelled question', () => {
  it('ends as cancelled, and the next one is answered', async () => {
    const stopper = new AbortController()
    const answer = await orchestrator.process('Total sales by month', {
      conversationId: 'stopped',
      signal: stopper.signal,
      onEvent: (event) => event.type === 'sql' && stopper.abort(),
    })
    expect(failed(answer).error.code).toBe('cancelled')
    const next = await orchestrator.process('how many stores?', { conversationId: 'stopped' })
    expect(answered(next).rows).toHaveLength(1)
  })

  it('never starts when its signal was aborted before', async () => {
    const answer = await orchestrator.process('Total sales', { signal: AbortSignal.abort() })
    expect(failed(answer).error.code).toBe('cancelled')
  })
})
