/** Starts the answer to the last message of a chat, in a conversation that holds the ones before it. */
import type { Answer } from '../../../agents/answer.js'
import type { ProcessOptions } from '../../orchestrator.js'
import type { AnswerStream } from '../answer-stream.js'
import type { AnswerStreams } from '../answer-streams.js'
import type { CompletionRequest } from './completion-body.js'
import type { KnownChats } from './known-chats.js'
import type { OpenedModel } from './open-model.js'

/** Earlier questions that are asked again where the conversation is not known; a follow-up leans on the last ones. */
const maxReplayed = 8

export interface Begun {
  readonly stream: AnswerStream
  /** To be called with the answer, so that the chat can go on. */
  readonly remember: (answer: Answer) => Promise<void>
}

interface Beginning {
  readonly streams: AnswerStreams
  readonly chats: KnownChats
  readonly model: OpenedModel
  readonly asked: CompletionRequest
  readonly user: string | undefined
  readonly signal: AbortSignal
}

/** Throws `busy` or `rate_limited` as any question does; undefined when the client has gone meanwhile. */
export async function beginCompletion(beginning: Beginning): Promise<Begun | undefined> {
  const { streams, chats, model, asked, user, signal } = beginning
  const conversationId = await findConversation(beginning)
  if (signal.aborted) return undefined
  streams.admit(user)
  const stream = startIn(beginning, asked.question, conversationId)
  return {
    stream,
    remember: async (answer) => {
      if (!answer.ok && answer.error.code === 'cancelled') return
      const questions = [...asked.earlier, asked.question]
      await chats.keep({ user, dataset: model.dataset, questions }, answer.conversationId)
    },
  }
}

async function findConversation(beginning: Beginning): Promise<string | undefined> {
  const { chats, model, asked, user, signal } = beginning
  const { earlier } = asked
  if (earlier.length === 0) return undefined
  const known = await chats.take({ user, dataset: model.dataset, questions: earlier })
  if (known !== undefined && (await isKept(beginning, known))) return known
  let conversationId: string | undefined
  for (const question of earlier.slice(-maxReplayed)) {
    if (signal.aborted) return undefined
    beginning.streams.admit(user)
    const answer = await startIn(beginning, question, conversationId).answer(signal)
    conversationId = answer?.conversationId ?? conversationId
  }
  return conversationId
}

/** It may have been removed since. */
async function isKept({ model, user }: Beginning, conversationId: string): Promise<boolean> {
  const turns = model.orchestrator.notebook(user).turns(conversationId)
  return (await turns.catch(() => [])).length > 0
}

/** Nobody comes back to a completion, so hanging up ends the work at once. */
function startIn(
  { streams, model, user, signal }: Beginning,
  question: string,
  conversationId: string | undefined,
): AnswerStream {
  const options: ProcessOptions = { user, conversationId, generator: model.generator }
  const stream = streams.start(model.orchestrator, { question, options })
  signal.addEventListener('abort', () => stream.close())
  return stream
}
