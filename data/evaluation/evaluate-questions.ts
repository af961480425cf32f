/** Asks every question of a file, source by source, and judges the answers. */
import type { EvaluatedAnswer } from './evaluated-answer.js'
import { type EvaluatedItem, itemOf, unjudgedItem } from './evaluated-item.js'
import type { EvaluationQuestion } from './evaluation-question.js'
import { type Judge, judgeAnswer } from './judge-answer.js'

/** One source while its questions are asked. */
export interface EvaluatedSource {
  /** `conversationId` is given from the second turn of a conversation on. */
  ask(question: EvaluationQuestion, conversationId?: string): Promise<EvaluatedAnswer>
  readonly judge: Judge
  /** The kind of chart that the product draws for the question when it is given the gold SQL. */
  draw?(question: EvaluationQuestion): Promise<string | undefined>
  close(): Promise<void>
}

export type OpenedSource =
  | { readonly ok: true; readonly source: EvaluatedSource }
  | { readonly ok: false; readonly message: string }

export interface EvaluationInput {
  readonly questions: readonly EvaluationQuestion[]
  /** Called when the first question of a source comes; closed after its last. */
  openSource(source: string | undefined): Promise<OpenedSource>
  /** By question: judged in an earlier run, and not asked again. */
  readonly known?: ReadonlyMap<string, EvaluatedItem>
  /** Sources asked at once. Default 1, so that times are honest. */
  readonly workers?: number
  readonly onItem?: (item: EvaluatedItem) => void | Promise<void>
  readonly signal?: AbortSignal
}

/** In the order of the questions; fewer when the signal fires. */
export async function evaluateQuestions(input: EvaluationInput): Promise<readonly EvaluatedItem[]> {
  const { questions, known = new Map(), workers = 1 } = input
  const items = new Map<string, EvaluatedItem>()
  const left = questions.filter(({ id }) => !known.has(id))
  for (const { id } of questions) {
    const item = known.get(id)
    if (item) items.set(id, item)
  }
  const queue = bySource(wholeConversations(questions, left))
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await evaluateSource(...next, input, items)
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  return questions.flatMap(({ id }) => items.get(id) ?? [])
}

function bySource(questions: readonly EvaluationQuestion[]) {
  const groups = new Map<string | undefined, EvaluationQuestion[]>()
  for (const question of questions) {
    const group = groups.get(question.source)
    if (group) group.push(question)
    else groups.set(question.source, [question])
  }
  return [...groups]
}

/** A conversation cut short is held again from its first turn: the product has forgotten it. */
function wholeConversations(
  questions: readonly EvaluationQuestion[],
  left: readonly EvaluationQuestion[],
): readonly EvaluationQuestion[] {
  const ids = new Set(left.map(({ id }) => id))
  const open = new Set(left.flatMap(({ conversation }) => conversation ?? []))
  return questions.filter(
    ({ id, conversation }) => ids.has(id) || (conversation !== undefined && open.has(conversation)),
  )
}

async function evaluateSource(
  name: string | undefined,
  questions: readonly EvaluationQuestion[],
  { openSource, onItem, signal }: EvaluationInput,
  items: Map<string, EvaluatedItem>,
): Promise<void> {
  if (signal?.aborted) return
  const opened = await openSource(name)
  const keep = async (item: EvaluatedItem) => {
    const isNew = !items.has(item.id)
    items.set(item.id, item)
    if (isNew) await onItem?.(item)
  }
  if (!opened.ok) {
    for (const question of questions) await keep(unjudgedItem(question, opened.message))
    return
  }
  const conversations = new Map<string, string>()
  try {
    for (const question of questions) {
      if (signal?.aborted) return
      const item = await evaluateOne(question, opened.source, conversations)
      if (signal?.aborted) return
      await keep(item)
    }
  } finally {
    await opened.source.close()
  }
}

async function evaluateOne(
  question: EvaluationQuestion,
  source: EvaluatedSource,
  conversations: Map<string, string>,
): Promise<EvaluatedItem> {
  const { conversation } = question
  const started = performance.now()
  const answer = await source.ask(question, conversations.get(conversation ?? ''))
  const elapsedMs = performance.now() - started
  if (conversation) conversations.set(conversation, answer.conversationId)
  const judgement = await judgeAnswer(question, answer, source.judge)
  const drawn = question.chart && (await source.draw?.(question))
  return itemOf(question, { answer, judgement, drawn, elapsedMs })
}
