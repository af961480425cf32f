/** SQL that is there already in the place of the product: each question is answered by its prediction. */

import type { EvaluatedSource, OpenedSource } from '../../data/evaluation/evaluate-questions.js'
import type { EvaluatedAnswer } from '../../data/evaluation/evaluated-answer.js'
import type { EvaluationQuestion } from '../../data/evaluation/evaluation-question.js'
import type { ScoredDatabase } from '../../data/evaluation/score-sql.js'
import type { CommandContext } from './command-context.js'
import { type JudgeSettings, openJudge } from './open-judge.js'

/** Gives a question's SQL, or undefined where there is none. */
export type Predict = (question: EvaluationQuestion) => string | undefined

/** A source that cannot be opened is a value. */
export async function openPredictedSource(
  source: string | undefined,
  predict: Predict,
  judging: JudgeSettings,
  { config, signal }: Pick<CommandContext, 'config' | 'signal'>,
): Promise<OpenedSource> {
  try {
    const { judge, close } = await openJudge(source, config, judging, signal)
    const ask: EvaluatedSource['ask'] = (question) =>
      answerWith(predict(question), question.id, judge.database)
    return { ok: true, source: { ask, judge, close } }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

async function answerWith(
  sql: string | undefined,
  conversationId: string,
  database: ScoredDatabase,
): Promise<EvaluatedAnswer> {
  const base = { conversationId, intent: 'unknown', generator: 'file' }
  if (sql === undefined) {
    const error = { code: 'not_understood', message: 'There is no SQL for it.' }
    return { ...base, ok: false, error }
  }
  const outcome = await database.run(sql)
  // SQL that does not run is scored all the same: it still counts as returned.
  const rows = outcome.ok ? outcome.rows : []
  return { ...base, ok: true, kind: 'data', sql, rows }
}
