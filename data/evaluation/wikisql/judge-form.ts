/** Compares an answer with the logical form that a question is meant by. */
import { sqlOfForm } from './form-table.js'
import { compareForms, type FormComparison } from './logical-form.js'
import type { FormQuestion } from './read-form-questions.js'
import { readLogicalForm } from './read-logical-form.js'

/** `no_form`: the SQL says something that no logical form does; `unanswered`: there is none. */
export type FormVerdict = 'right' | 'wrong' | 'no_form' | 'unanswered'

export interface FormItem {
  readonly id: string
  readonly question: string
  readonly verdict: FormVerdict
  readonly right: FormComparison
  readonly goldSql: string
  readonly predictedSql?: string
  /** Why there is none. */
  readonly reason?: string
  readonly ms: number
}

export type FormAnswer =
  | { readonly ok: true; readonly sql: string; readonly ms: number }
  | { readonly ok: false; readonly reason: string; readonly ms: number }

export function judgeForm(asked: FormQuestion, answer: FormAnswer): FormItem {
  const { id, question, gold, columns } = asked
  const names = columns.map(({ name }) => name)
  const read = answer.ok ? readLogicalForm(answer.sql, names) : undefined
  const right = compareForms(gold, read)
  return {
    id,
    question,
    verdict: right.whole ? 'right' : !answer.ok ? 'unanswered' : read ? 'wrong' : 'no_form',
    right,
    goldSql: sqlOfForm(gold, columns),
    ...(answer.ok ? { predictedSql: answer.sql } : { reason: answer.reason }),
    ms: answer.ms,
  }
}
