/** Parley as a sub-graph of LangGraph: it answers the last message of a person, and adds its answer as a message. */
import { AIMessage, type BaseMessage, isHumanMessage } from '@langchain/core/messages'
import {
  END,
  type LangGraphRunnableConfig,
  MessagesValue,
  START,
  StateGraph,
  StateSchema,
} from '@langchain/langgraph'
import { z } from 'zod'
import type { Answer } from '../../agents/answer.js'
import { answerMarkdown } from '../answer-markdown.js'
import type { Orchestrator, ProcessOptions } from '../orchestrator.js'

/** A graph around it needs `messages` alone; with the others among its own channels it reads them there. */
export const ParleyState = new StateSchema({
  messages: MessagesValue,
  /** The whole answer to the last question: rows, figure, SQL, trace. */
  parleyAnswer: z.custom<Answer>(() => true).optional(),
  /** What the next question goes on with; without it, the conversation of the thread. */
  parleyConversationId: z.string().optional(),
})

export type AnswerGraphOptions = Pick<ProcessOptions, 'generator' | 'user' | 'asOf'>

/** Steps come in the stream mode `custom`, as the events of `orchestrator.stream`. The orchestrator stays the caller's to close. */
export function createAnswerGraph(
  orchestrator: Pick<Orchestrator, 'process'>,
  options: AnswerGraphOptions = {},
) {
  const askParley = async (state: typeof ParleyState.State, config: LangGraphRunnableConfig) => {
    const thread: unknown = config.configurable?.thread_id
    const answer = await orchestrator.process(questionOf(state.messages), {
      ...options,
      conversationId:
        state.parleyConversationId ?? (thread === undefined ? undefined : String(thread)),
      signal: config.signal,
      onEvent: (event) => config.writer?.(event),
    })
    return {
      messages: [new AIMessage(answerMarkdown(answer))],
      parleyAnswer: answer,
      parleyConversationId: answer.conversationId,
    }
  }
  return new StateGraph(ParleyState)
    .addNode('askParley', askParley)
    .addEdge(START, 'askParley')
    .addEdge('askParley', END)
    .compile()
}

/** Nothing where nobody asked, which is answered as an empty question is. */
function questionOf(messages: readonly BaseMessage[]): string {
  return messages.findLast((message) => isHumanMessage(message))?.text ?? ''
}
