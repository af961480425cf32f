/** The turns of a kept conversation as the page shows them: all that is kept of an answer, which is not its rows. */
import type { Turn as KeptTurn } from '../../../data/store/app-store.js'
import { newTurn, type Turn } from '../chat/turn-state.js'

export function shownTurns(turns: readonly KeptTurn[]): readonly Turn[] {
  return turns.map(shownTurn)
}

function shownTurn(kept: KeptTurn): Turn {
  const { id, conversationId, question, answer } = kept
  const { ok, text, sql, errorCode = 'internal' } = answer
  return {
    ...newTurn(question),
    isRunning: false,
    answerId: id,
    conversationId,
    kept,
    ...(sql && { sql: { sql, explanation: [] } }),
    ...(ok ? { text } : { failure: { code: errorCode, message: text, hints: [] } }),
  }
}
