/** An orchestrator that replays one recorded conversation, step by step, and notes how it was called. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer, FailedQuestion } from '../../agents/answer.js'
import type { AnswerEvent } from '../../agents/answer-event.js'
import { openConversationStore } from '../../src/conversation-store.js'
import { createHandbook } from '../../src/create-handbook.js'
import { createNotebook } from '../../src/create-notebook.js'
import type { Health, Orchestrator, ProcessOptions } from '../../src/orchestrator.js'
import { failedAnswer } from './failed-answer.js'
import { recordedAnswer, recordedCatalog, recordedSteps } from './recorded-answers.js'

export interface StandInOptions {
  /** Pause between two events, so that a reader sees the steps come. Default 0. */
  readonly stepDelayMs?: number
  /** What an event waits for before it is sent: a test may look at those before it first. */
  readonly before?: (event: AnswerEvent) => Promise<void> | undefined
  readonly health?: Health
}

export interface Call {
  readonly question: string
  readonly options: ProcessOptions
  /** Set once the caller has cancelled. */
  cancelled: boolean
}

export interface StandInOrchestrator extends Orchestrator {
  readonly calls: readonly Call[]
  /** What the product does of its own accord with every answer. */
  keepTurn(user: string, answer: Answer): Promise<unknown>
}

export const healthyParts: Health = {
  ready: true,
  source: 'Retail demo',
  data: { tables: 8, rows: 263_000, documents: 412 },
  parts: [
    { name: 'database', state: 'ok', note: 'Retail demo, 8 tables.' },
    { name: 'index', state: 'ok', note: 'Chroma on this machine, 412 documents.' },
    { name: 'model', state: 'ok', note: 'Gemma 3 270M.' },
  ],
}

/** "explode" makes it throw; "forever" keeps it busy until it is cancelled. */
export function standInOrchestrator(options: StandInOptions = {}): StandInOrchestrator {
  const calls: Call[] = []

  async function* stream(
    question: string,
    given: ProcessOptions = {},
  ): AsyncGenerator<AnswerEvent> {
    const call: Call = { question, options: given, cancelled: false }
    calls.push(call)
    const id = `answer-${calls.length}`
    const conversationId = given.conversationId ?? `conversation-${calls.length}`
    const answer = recordedAnswer(question, id, conversationId)
    try {
      yield { type: 'message_start', id, conversationId, question }
      if (question.includes('explode')) throw new Error('secret path /somewhere')
      for (const event of eventsOf(answer, question)) {
        const pause = question.includes('forever') ? 60_000 : (options.stepDelayMs ?? 0)
        await wait(pause, undefined, { signal: given.signal })
        await options.before?.(event)
        yield event
      }
      yield { type: 'message_stop', answer }
    } catch (error) {
      if (!given.signal?.aborted) throw error
      call.cancelled = true
      yield { type: 'message_stop', answer: failedAnswer(answer, cancelled) }
    }
  }

  return {
    calls,
    ...standInNotebooks(),
    stream,
    async process(question, given) {
      for await (const event of stream(question, given)) {
        given?.onEvent?.(event)
        if (event.type === 'message_stop') return event.answer
      }
      throw new Error('no answer')
    },
    catalog: async () => recordedCatalog,
    sampleRows: async () => undefined,
    suggestions: async () => [
      'Total sales in 2023',
      'Sales 2023 vs 2024 by month',
      'Active stores by region',
    ],
    complete: async (text) => [
      { kind: 'table', text: 'stores', table: 'stores', start: 0, end: text.length },
    ],
    explainSql: async () => ({ ok: true, explanation: ['Read stores.'] }),
    search: async () => [],
    generators: () => [
      { name: 'auto', ready: true, note: 'Picks the better of the two by evidence.' },
      { name: 'rules', ready: true, note: 'Reads the question by grammar and catalog.' },
      { name: 'local', ready: false, note: 'Loading the model, 43 % done.' },
    ],
    comparison: () => undefined,
    indexing: () => undefined,
    chooseModel: async () => undefined,
    health: async () => options.health ?? healthyParts,
    close: async () => undefined,
  }
}

/** Real notebooks in memory; of SQL they only ask that it begins with SELECT. */
function standInNotebooks(): Pick<
  StandInOrchestrator,
  'notebook' | 'results' | 'handbook' | 'keepTurn'
> {
  const conversations = openConversationStore(':memory:')
  const refusal = { code: 'sql_refused', message: 'Only a SELECT may run.', hints: [] } as const
  const explain = async (sql: string) => (/^select\b/i.test(sql) ? undefined : refusal)
  const scopeOf = (owner = '') => ({ owner, dataset: 'stand-in' })
  return {
    notebook: (user) => createNotebook({ conversations, scopeOf, database: { explain } }, user),
    handbook: (user) =>
      createHandbook(
        { conversations, scopeOf, database: { explain }, catalog: async () => recordedCatalog },
        user,
      ),
    results: () => {
      throw new Error('The stand-in has no data to run SQL on.')
    },
    keepTurn: (user, answer) => conversations.keepTurn(scopeOf(user), answer),
  }
}

function* eventsOf(answer: Answer, question: string): Generator<AnswerEvent> {
  for (const step of recordedSteps) {
    yield { type: 'state', state: step.phase, message: 'Working' }
    yield { type: 'state', state: step.phase, message: step.summary, step }
    if (question.includes('forever')) continue
    if (step.node === 'generateSql' && answer.ok && answer.sql) {
      const { sql, explanation } = answer
      yield { type: 'sql', sql, generator: 'rules', explanation }
    }
  }
  if (!answer.ok) {
    yield { type: 'error', error: answer.error }
    return
  }
  if (answer.clarification) {
    yield { type: 'clarification', clarification: answer.clarification }
    return
  }
  const { columns, rows, rowCount, truncated, figure, chartKind, chartKinds, text } = answer
  yield { type: 'data', columns, rows, rowCount, truncated }
  if (figure && chartKind) {
    yield { type: 'chart', kind: chartKind, kinds: chartKinds, figure }
  }
  for (const word of text.split(/(?<= )/)) yield { type: 'text_delta', text: word }
  yield { type: 'suggestions', suggestions: answer.suggestions }
}

const cancelled: FailedQuestion['error'] = {
  code: 'cancelled',
  phase: 'generating',
  message: 'Cancelled.',
  hints: [],
}
