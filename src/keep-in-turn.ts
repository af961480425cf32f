/** Answers a question when it is its conversation's turn, and keeps the answer. */
import type { Answer } from '../agents/answer.js'
import { threadOf } from './conversation-store.js'
import type { ProcessOptions } from './orchestrator.js'
import { cancelled } from './read-open-question.js'
import { refused } from './refused-question.js'
import type { Services } from './services.js'
import type { Turn } from './start-turn.js'

/** Questions of one conversation come one after the other, and each is over once what was answered is kept. */
export async function keepInTurn(
  services: Services,
  turn: Turn,
  options: ProcessOptions,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { conversations, scopeOf } = services
  const thread = threadOf(scopeOf(options.user), turn.ids.conversationId)
  const end = await conversations.turns.take(thread, options.signal)
  if (!end) return refused(turn, cancelled)
  try {
    return await keep(services, options, await work())
  } finally {
    await end()
  }
}

/** An answer is given once it is on disk; one that cannot be kept says so. */
async function keep(
  { conversations, scopeOf }: Services,
  { user, onEvent, keep: isKept }: ProcessOptions,
  answer: Answer,
): Promise<Answer> {
  if (isKept === false || (!answer.ok && answer.error.code === 'cancelled')) {
    await conversations.dropSteps(scopeOf(user), answer.conversationId)
    return answer
  }
  const failure = await conversations.keepTurn(scopeOf(user), answer)
  if (!failure) return answer
  const message = `This turn could not be kept, and later questions will not know of it: ${failure.message}`
  onEvent?.({ type: 'warning', message })
  return { ...answer, warnings: [...answer.warnings, message] }
}
