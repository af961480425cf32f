/** `parley evaluate` and `parley bench` on an orchestrator that replays recorded answers. */
import { describe, expect, it } from 'vitest'
import { tolerantCells } from '../../data/evaluation/compare-cells.js'
import { evaluateQuestions } from '../../data/evaluation/evaluate-questions.js'
import { parseQuestions } from '../../data/evaluation/evaluation-question.js'
import { summarise } from '../../data/evaluation/evaluation-report.js'
import { type EvaluateOptions, locateSources } from '../../src/commands/evaluation-settings.js'
import { evaluationText } from '../../src/commands/evaluation-text.js'
import { measureAnswers } from '../../src/commands/measure-answers.js'
import { askThrough } from '../../src/commands/open-evaluated-source.js'
import { parseCount } from '../../src/commands/parse-count.js'
import { suiteFile } from '../../src/commands/suite-file.js'
import type { Config } from '../../src/config.js'
import { standInOrchestrator } from '../support/stand-in-orchestrator.js'

const file = [
  { id: 'sum', question: 'Total sales', sql: 'gold', intent: 'metric', conversation: 'a' },
  { id: 'then', question: 'Total again', sql: 'other', intent: 'follow_up', conversation: 'a' },
  { id: 'sky', question: 'the weather?', expects: 'refusal', intent: 'unclear' },
  { id: 'town', question: 'Sales of springfield', expects: 'clarification', intent: 'unclear' },
]

const database = {
  run: async (sql: string) =>
    ({ ok: true, rows: sql === 'gold' ? [[15_755_212.6]] : [[1]], truncated: false }) as const,
}
const judge = { database, cells: tolerantCells, keepDistinct: false, rules: 'ties' } as const

function parsed(text: string) {
  const read = parseQuestions(text)
  if (!read.ok) throw new Error(read.message)
  return read.questions
}

async function evaluateAll() {
  const questions = parsed(file.map((line) => JSON.stringify(line)).join('\n'))
  const orchestrator = standInOrchestrator()
  const { signal } = new AbortController()
  const ask = askThrough(orchestrator, { generator: 'rules', withEvidence: true }, signal)
  const source = { ask, judge, close: async () => {} }
  const openSource = async () => ({ ok: true, source }) as const
  const items = await evaluateQuestions({ questions, openSource, signal })
  return { items, report: summarise(items), orchestrator }
}

describe('evaluating', () => {
  it('asks through the same call as every door and judges the answers', async () => {
    const { items, orchestrator } = await evaluateAll()
    expect(items.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['sum', 'right'],
      ['then', 'wrong'],
      ['sky', 'right'],
      ['town', 'right'],
    ])
    expect(
      orchestrator.calls.map(({ options }) => [options.generator, options.conversationId]),
    ).toEqual([
      ['rules', undefined],
      ['rules', 'conversation-1'],
      ['rules', undefined],
      ['rules', undefined],
    ])
  })

  it('prints the share with its interval, and failures with both SQL when asked', async () => {
    const { report, items } = await evaluateAll()
    const short = evaluationText(report, [])
    expect(short).toContain('Right: 3 of 4 = 75.0 % (95 % interval 30.1 % to 95.4 %)')
    expect(short).toMatch(/follow_up +░+ +0\/1/)
    expect(short).not.toContain('Total again')
    const long = evaluationText(report, items)
    expect(long).toContain('✗ then (follow_up, wrong): Total again')
    expect(long).toContain('gold: other')
    expect(long).not.toContain('✗ sum')
  })

  it('finds the questions of each demo and no other suite', () => {
    expect(suiteFile('demo')).toBe(suiteFile('retail'))
    expect(suiteFile('finance')).toMatch(/finance\/questions\.jsonl$/)
    expect(suiteFile('moon')).toBeUndefined()
  })

  it('asks the questions of a demo of that demo, and those of a file of what the user named', () => {
    const [question] = parsed('{"id": "1", "question": "How many?", "sql": "SELECT 1"}')
    const located = (options: EvaluateOptions) => {
      return locateSources([question!], options, { source: 'sales.duckdb' } as Config)[0]?.source
    }
    expect(located({ suite: 'finance' })).toBe('demo:finance')
    expect(located({ suite: 'demo' })).toBeUndefined()
    expect(located({ data: 'questions.jsonl' })).toBe('sales.duckdb')
    expect(located({ data: 'questions.jsonl', source: 'demo:saas' })).toBe('demo:saas')
    const own = (source: string) =>
      locateSources([{ ...question!, source }], { data: '/asked/q.jsonl' }, {} as Config)[0]?.source
    expect(own('sales.sqlite')).toBe('/asked/sales.sqlite')
    expect(own('demo:saas')).toBe('demo:saas')
  })

  it('takes whole counts above 0 only', () => {
    expect(['7', '0', '-1', '1.5', 'x', ''].map(parseCount)).toEqual([
      7,
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'wrong',
    ])
    expect(parseCount(undefined)).toBeUndefined()
  })
})

describe('measuring answers', () => {
  it('times every stage of the warm questions, apart from the total', async () => {
    const orchestrator = standInOrchestrator()
    const report = await measureAnswers(orchestrator, ['Total sales', 'the weather?'], {
      runs: 5,
      generator: 'rules',
    })
    expect(report).toMatchObject({
      questions: 5,
      answered: 3,
      total: { p50: 274, p95: 274 },
      generator: 'rules',
    })
    expect(report.stages).toContainEqual({ stage: 'generateSql', runs: 5, p50: 212, p95: 212 })
    expect(report.stages.map(({ stage }) => stage)).not.toContain('total')
    expect(report.tokens).toBeUndefined()
    expect(report.peakRssMegabytes).toBeGreaterThanOrEqual(report.rssMegabytes * 0.9)
    expect(orchestrator.calls.length).toBe(8)
  })

  it('stops between two questions', async () => {
    const stopper = new AbortController()
    const report = await measureAnswers(standInOrchestrator(), ['Total sales'], {
      runs: 5,
      generator: 'rules',
      signal: stopper.signal,
      onProgress: (done) => done === 2 && stopper.abort(),
    })
    expect(report.questions).toBe(2)
  })
})
