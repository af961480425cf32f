/** Decides whether one answer is what its question expects. */
import { classifyError, type ErrorKind } from './classify-error.js'
import { type EvaluatedAnswer, isRefusal, mentions } from './evaluated-answer.js'
import type { EvaluationQuestion } from './evaluation-question.js'
import { type Match, matchGold } from './gold-results.js'
import {
  GoldError,
  type ScoredDatabase,
  type ScoringInput,
  type SqlScore,
  scoreSql,
} from './score-sql.js'

/**
 * `wrong`: another answer than expected. `false_answer`: data where a refusal or a question back was expected.
 * `asked_back` and `refused`: instead of what was expected. `failed`: a fault, such as a timeout.
 * `unjudged`: the gold SQL or the source is at fault, so that nothing can be said; never counted.
 */
export type Verdict =
  | 'right'
  | 'wrong'
  | 'false_answer'
  | 'asked_back'
  | 'refused'
  | 'failed'
  | 'unjudged'

/**
 * Which rules decide the verdict on data: the official ones of a benchmark, or Parley's own, which forgive
 * the order and choice among rows that tie in the gold's ORDER BY.
 */
export type AccuracyRules = 'spider' | 'bird' | 'ties'

export interface Judge extends ScoringInput {
  readonly rules: AccuracyRules
}

export interface Judgement {
  readonly verdict: Verdict
  /** Present when results were compared. */
  readonly match?: Match
  readonly score?: SqlScore
  /** Whether the SQL runs with which data was returned; absent when none was. */
  readonly runs?: boolean
  readonly errorKind?: ErrorKind
  /** Why it is not right; empty when it is. */
  readonly reason: string
}

export async function judgeAnswer(
  question: EvaluationQuestion,
  answer: EvaluatedAnswer,
  judge: Judge,
): Promise<Judgement> {
  const judgement = await judgeExpected(question, answer, judge)
  if (!answer.ok || answer.kind !== 'data' || answer.sql === undefined) return judgement
  const { score } = judgement
  const runs = score ? score.failure === undefined : (await judge.database.run(answer.sql)).ok
  return { ...judgement, runs }
}

async function judgeExpected(
  question: EvaluationQuestion,
  answer: EvaluatedAnswer,
  judge: Judge,
): Promise<Judgement> {
  if (question.expects !== 'answer') return judgeWithheld(question.expects, answer)
  if (question.sqls.length === 0) return judgeText(question, answer)
  if (answer.ok && answer.kind === 'data') return judgeData(question, answer, judge)
  const kind = answer.error?.code.startsWith('sql_') ? 'execution_error' : 'no_answer'
  return { ...judgeMissing(answer), errorKind: kind }
}

/** A question back is also no false answer where a refusal was expected, but neither is it right. */
function judgeWithheld(expects: 'refusal' | 'clarification', answer: EvaluatedAnswer): Judgement {
  const refused = isRefusal(answer)
  const asked = answer.ok && answer.kind === 'clarification'
  if (expects === 'refusal' ? refused : asked) return { verdict: 'right', reason: '' }
  if (answer.ok && answer.kind === 'data') {
    return { verdict: 'false_answer', reason: `Answered with data; expected a ${expects}.` }
  }
  return judgeMissing(answer)
}

function judgeText(question: EvaluationQuestion, answer: EvaluatedAnswer): Judgement {
  const parts = question.contains ?? []
  if (!answer.ok || answer.kind === 'clarification') return judgeMissing(answer)
  if (parts.length === 0) {
    return answer.kind === 'text'
      ? { verdict: 'right', reason: '' }
      : { verdict: 'wrong', reason: 'Expected words, not data.' }
  }
  if (mentions(answer, parts)) return { verdict: 'right', reason: '' }
  const missing = parts.filter((part) => !mentions(answer, [part]))
  return { verdict: 'wrong', reason: `Does not mention ${missing.join(', ')}.` }
}

/** For answers that hold neither data nor the expected words. */
function judgeMissing(answer: EvaluatedAnswer): Judgement {
  const reason = answer.error
    ? `${answer.error.code}: ${answer.error.message}`
    : (answer.text ?? '')
  if (answer.ok && answer.kind === 'clarification') return { verdict: 'asked_back', reason }
  if (isRefusal(answer)) return { verdict: 'refused', reason }
  return { verdict: answer.ok ? 'wrong' : 'failed', reason }
}

async function judgeData(
  question: EvaluationQuestion,
  answer: EvaluatedAnswer,
  judge: Judge,
): Promise<Judgement> {
  try {
    const rows = await fullRows(answer, judge.database)
    const match = await matchGold(rows, question, judge.database)
    const score = await scoreSql(answer.sql ?? '', question.sqls, judge)
    if (isRight(judge.rules, match, score)) return { verdict: 'right', match, score, reason: '' }
    const errorKind = score.failure
      ? 'execution_error'
      : classifyError(answer.sql ?? '', question.sqls)
    const shape = `${rows.length} rows of ${rows[0]?.length ?? 0} columns`
    const reason = score.failure ?? `${errorKind.replaceAll('_', ' ')}; the result has ${shape}`
    return { verdict: 'wrong', match, score, errorKind, reason }
  } catch (error) {
    if (!(error instanceof GoldError)) throw error
    return { verdict: 'unjudged', reason: error.message }
  }
}

function isRight(rules: AccuracyRules, match: Match, score: SqlScore): boolean {
  return rules === 'ties' ? match === 'same' || match === 'ties' : score[rules]
}

/** A door may deliver the first rows only; the comparison needs them all. */
async function fullRows(answer: EvaluatedAnswer, database: ScoredDatabase) {
  const rows = answer.rows ?? []
  if (!answer.truncated || !answer.sql) return rows
  const outcome = await database.run(answer.sql)
  return outcome.ok ? outcome.rows : rows
}
