/** Parley as a tool of a LangChain agent: the model reads Markdown, the program gets the whole answer as the artifact. */
import type { RunnableConfig } from '@langchain/core/runnables'
import { type DynamicStructuredTool, tool } from '@langchain/core/tools'
import { z } from 'zod'
import type { Answer } from '../../agents/answer.js'
import { answerMarkdown } from '../answer-markdown.js'
import { askDescription } from '../ask-description.js'
import type { Orchestrator, ProcessOptions } from '../orchestrator.js'

export interface AskToolOptions extends Pick<ProcessOptions, 'generator' | 'user' | 'asOf'> {
  /** As the model calls it; default `ask_database`. An agent with several databases names each. */
  readonly name?: string
  /** What the model is told of it; say what the data is about. */
  readonly description?: string
}

const askInput = z.object({
  question: z.string().describe('One question, in plain words.'),
  conversation_id: z.string().optional().describe('Of an earlier answer, to ask a follow-up.'),
})

export type AskTool = DynamicStructuredTool<typeof askInput>

/** A question that fails is told to the model in words; nothing is thrown for it. The orchestrator stays the caller's to close. */
export function createAskTool(
  orchestrator: Pick<Orchestrator, 'process'>,
  { name = 'ask_database', description = askDescription, ...options }: AskToolOptions = {},
): AskTool {
  const ask = async (
    { question, conversation_id }: z.infer<typeof askInput>,
    config?: RunnableConfig,
  ): Promise<[string, Answer]> => {
    const asked = { ...options, conversationId: conversation_id, signal: config?.signal }
    const answer = await orchestrator.process(question, asked)
    return [`${answerMarkdown(answer)}\n\nconversation_id: ${answer.conversationId}`, answer]
  }
  return tool(ask, {
    name,
    description,
    schema: askInput,
    responseFormat: 'content_and_artifact',
  })
}
