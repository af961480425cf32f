/** The turns of a kept conversation as the page shows them: all that is kept of an answer, which is not its rows. */
import type {
  Answer,
  AnswerErrorCode,
  AnswerMaking,
  GeneratorName,
} from '../../../agents/answer.js'
import type { ChartKind } from '../../../agents/chart/figure.js'
import type { Turn as KeptTurn } from '../../../data/store/app-store.js'
import { newTurn, type Turn } from '../chat/turn-state.js'

export function shownTurns(turns: readonly KeptTurn[]): readonly Turn[] {
  return turns.map((turn, at) => shownTurn(turn, at === turns.length - 1))
}

/** Only the last question back still waits for its choice. */
function shownTurn(kept: KeptTurn, isLast: boolean): Turn {
  const { id, conversationId, question, answer } = kept
  const { ok, text, sql, errorCode = 'internal' } = answer
  const making = makingOf(kept)
  return {
    ...newTurn(question, answer.generator === 'given'),
    isRunning: false,
    answerId: id,
    conversationId,
    kept,
    ...(making && { answer: answerOf(kept, making) }),
    ...(isLast && making?.clarification && { clarification: making.clarification }),
    ...(sql && { sql: { sql, explanation: making?.explanation ?? [] } }),
    ...(ok
      ? { text }
      : { failure: { code: errorCode, message: text, hints: making?.hints ?? [] } }),
  }
}

/** Absent of turns that were kept by an older version, and of very long ones. */
export function makingOf({ answer }: KeptTurn): AnswerMaking | undefined {
  return answer.making as AnswerMaking | undefined
}

/** The answer as it was given, without its rows. */
function answerOf(
  { id, conversationId, question, answer }: KeptTurn,
  making: AnswerMaking,
): Answer {
  const { rewrittenQuestion, sql, text } = answer
  const { phase = 'understanding', hints = [], ...made } = making
  const base = { id, conversationId, question, rewrittenQuestion, sql, ...made }
  if (!answer.ok) {
    const code = (answer.errorCode ?? 'internal') as AnswerErrorCode
    return { ...base, ok: false, error: { code, phase, message: text, hints } }
  }
  return {
    ...base,
    ok: true,
    kind: answer.kind === 'data' || answer.kind === 'clarification' ? answer.kind : 'text',
    text,
    textCells: [],
    columns: made.columns ?? [],
    rows: [],
    rowCount: answer.rowCount ?? 0,
    truncated: false,
    chartKind: answer.chartKind as ChartKind | undefined,
    chartKinds: made.chartKinds ?? [],
    explanation: made.explanation ?? [],
    generator: answer.generator as GeneratorName | undefined,
  }
}
