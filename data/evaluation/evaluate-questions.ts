/** Asks every question of a file, in order, and judges the answers. */
import type { EvaluatedAnswer } from './evaluated-answer.js'
import type { EvaluationQuestion } from './evaluation-question.js'
import { type EvaluatedItem, type EvaluationReport, summarise } from './evaluation-report.js'
import type { RunSql } from './gold-results.js'
import { judgeAnswer } from './judge-answer.js'

export interface EvaluationInput {
  readonly questions: readonly EvaluationQuestion[]
  /** Asks the product; `conversationId` is given from the second turn of a conversation on. */
  readonly ask: (question: string, conversationId?: string) => Promise<EvaluatedAnswer>
  /** Runs SQL on the same data, with room for every gold row. */
  readonly runGold: RunSql
  readonly onProgress?: (done: number, total: number, right: number) => void
  readonly signal?: AbortSignal
}

/** Stops early, with what it has, when the signal fires. One after the other, so that times are honest. */
export async function evaluateQuestions(input: EvaluationInput): Promise<EvaluationReport> {
  const { questions, signal, onProgress } = input
  const conversations = new Map<string, string>()
  const items: EvaluatedItem[] = []
  let right = 0
  for (const question of questions) {
    if (signal?.aborted) break
    const item = await evaluateOne(question, input, conversations)
    if (signal?.aborted) break
    items.push(item)
    if (item.verdict === 'right') right += 1
    onProgress?.(items.length, questions.length, right)
  }
  return summarise(items)
}

async function evaluateOne(
  question: EvaluationQuestion,
  { ask, runGold, signal }: EvaluationInput,
  conversations: Map<string, string>,
): Promise<EvaluatedItem> {
  const { conversation } = question
  const started = performance.now()
  const answer = await ask(question.question, conversations.get(conversation ?? ''))
  const elapsedMs = performance.now() - started
  if (conversation) conversations.set(conversation, answer.conversationId)
  const judgement = await judgeOrStop(question, answer, runGold, signal)
  return {
    id: question.id,
    question: question.question,
    intent: question.intent,
    expected: question.expects,
    ...judgement,
    predictedSql: answer.sql,
    goldSql: question.sqls[0],
    generator: answer.generator,
    ...countStatements(answer),
    elapsedMs: Math.round(elapsedMs),
  }
}

async function judgeOrStop(
  question: EvaluationQuestion,
  answer: EvaluatedAnswer,
  runGold: RunSql,
  signal?: AbortSignal,
) {
  try {
    return await judgeAnswer(question, answer, runGold, signal)
  } catch (error) {
    if (!signal?.aborted) throw error
    return { verdict: 'failed', reason: 'Stopped.' } as const
  }
}

/** What the guard refuses never reaches the engine, so it is not counted. */
function countStatements(answer: EvaluatedAnswer) {
  const attempts = answer.provenance?.attempts ?? []
  const sent = attempts.filter(({ failure }) => failure?.code !== 'sql_refused')
  const bound = sent.filter(({ failure }) => failure?.code !== 'sql_invalid')
  return { attempts: sent.length, bound: bound.length }
}
