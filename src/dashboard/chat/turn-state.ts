/** One question and what has come of it so far, as a value; each event makes the next one. */
import type { Answer, AnsweredQuestion, Clarification, TraceStep } from '../../../agents/answer.js'
import type { AnswerEvent } from '../../../agents/answer-event.js'
import type { ColumnSwap } from '../../../data/join-free/replace-columns.js'
import type { Turn as KeptTurn } from '../../../data/store/app-store.js'

type EventOf<Type extends AnswerEvent['type']> = Extract<AnswerEvent, { type: Type }>

/** Like the service's errors; the page adds codes of its own, worded in `messages.failures`. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly hints: readonly string[]
}

export interface Turn {
  /** Counts the turns of a page. */
  readonly key: number
  readonly question: string
  /** Whether the reader wrote the SQL. */
  readonly isOwnSql: boolean
  /** Columns that the reader picked in the place of others. */
  readonly swaps?: readonly ColumnSwap[]
  readonly isRunning: boolean
  readonly steps: readonly TraceStep[]
  readonly text: string
  /** As the service calls them, once it has. */
  readonly answerId?: string
  readonly conversationId?: string
  readonly state?: EventOf<'state'>
  readonly sql?: Pick<EventOf<'sql'>, 'sql' | 'explanation'>
  readonly data?: Pick<EventOf<'data'>, 'columns' | 'rows' | 'rowCount' | 'truncated'>
  readonly chart?: Pick<EventOf<'chart'>, 'kind' | 'kinds' | 'figure'>
  readonly clarification?: Clarification
  readonly failure?: Failure
  readonly answer?: Answer
  /** What the service keeps of an answer that was given before the page was opened. */
  readonly kept?: KeptTurn
}

let turns = 0

export function newTurn(question: string, isOwnSql = false): Turn {
  turns += 1
  return { key: turns, question, isOwnSql, isRunning: true, steps: [], text: '' }
}

/** The turn after `event`; what a final answer repeats keeps its identity, so that nothing is drawn twice. */
export function withEvent(turn: Turn, event: AnswerEvent): Turn {
  switch (event.type) {
    case 'message_start':
      return { ...turn, answerId: event.id, conversationId: event.conversationId }
    case 'state':
      return { ...turn, state: event, steps: event.step ? [...turn.steps, event.step] : turn.steps }
    case 'text_delta':
      return { ...turn, text: turn.text + event.text }
    case 'sql':
      return { ...turn, sql: event }
    case 'data':
      return { ...turn, data: event }
    case 'chart':
      return { ...turn, chart: event }
    case 'clarification':
      return { ...turn, clarification: event.clarification, text: event.clarification.question }
    case 'error':
      return { ...turn, failure: event.error, text: '' }
    case 'message_stop':
      return withAnswer(turn, event.answer)
    default:
      return turn
  }
}

function withAnswer(turn: Turn, answer: Answer): Turn {
  if (!answer.ok) {
    const sql = answer.sql ? { sql: answer.sql, explanation: [] } : undefined
    return { ...turn, answer, failure: answer.error, text: '', sql: turn.sql ?? sql }
  }
  const { sql, explanation, columns, clarification } = answer
  return {
    ...turn,
    answer,
    clarification,
    text: clarification?.question ?? answer.text,
    sql: turn.sql ?? (sql ? { sql, explanation } : undefined),
    data: turn.data ?? (columns.length > 0 ? answer : undefined),
    chart: turn.chart ?? chartOf(answer),
  }
}

function chartOf({ chartKind, chartKinds, figure }: AnsweredQuestion): Turn['chart'] {
  return chartKind && figure ? { kind: chartKind, kinds: chartKinds, figure } : undefined
}
