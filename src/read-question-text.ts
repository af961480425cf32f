/** Cleans the text of a question, or says why it cannot be one. */
import type { AnswerError, AnswerErrorCode } from '../agents/answer.js'

/** Characters; far beyond any question, far below what would fill a prompt. */
export const maxQuestionLength = 2_000

export type QuestionText =
  | { readonly ok: true; readonly question: string }
  | { readonly ok: false; readonly error: AnswerError }

/** SQL keeps every character, since a comment in it may end with a line. What it may be is for the guard to say. */
export function readText(raw: string, isSql = false): QuestionText {
  return isSql ? { ok: true, question: raw.toWellFormed().trim() } : readQuestionText(raw)
}

export function readQuestionText(raw: string): QuestionText {
  const question = raw
    .toWellFormed()
    .normalize('NFC')
    // Control characters would travel into prompts, logs and SQL literals.
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(question)) {
    return refuse(
      'empty_question',
      'There is no question in this message.',
      'Ask about the data in a sentence.',
    )
  }
  if (question.length > maxQuestionLength) {
    return refuse(
      'question_too_long',
      `The question has ${question.length} characters; at most ${maxQuestionLength} are read.`,
      'Ask for one thing at a time.',
    )
  }
  return { ok: true, question }
}

/** What whoever may see no table is told, whatever they ask. */
export const nothingVisible: QuestionText = refuse(
  'not_understood',
  'There is no data that you may see.',
  'Ask whoever runs the service to name you among the row policies.',
)

function refuse(code: AnswerErrorCode, message: string, hint: string): QuestionText {
  return { ok: false, error: { code, phase: 'understanding', message, hints: [hint] } }
}
