/** The tools that give an answer: to a question, and to SQL. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import type { Answer } from '../../agents/answer.js'
import { maxSqlLength } from '../../data/guard/guard-sql.js'
import { answerMarkdown } from '../answer-markdown.js'
import { askDescription } from '../ask-description.js'
import { maxQuestionLength } from '../read-question-text.js'
import { answerShape, structuredAnswer } from './answer-shape.js'
import type { McpDoor, Question } from './mcp-door.js'
import { conversationInput, datasetInput, generatorInput } from './tool-inputs.js'
import { callOf, failedResult, type McpRequest, progressTeller, toolResult } from './tool-result.js'

const reads = { readOnlyHint: true, openWorldHint: false } as const

export function addAnswerTools(server: McpServer, door: McpDoor): void {
  server.registerTool(
    'ask',
    {
      title: 'Ask the data',
      description: askDescription,
      inputSchema: {
        question: z
          .string()
          .min(1)
          .max(maxQuestionLength)
          .describe('One question, in plain words.'),
        ...conversationInput,
        ...datasetInput,
        ...generatorInput,
      },
      outputSchema: answerShape,
      annotations: reads,
    },
    ({ question, conversation_id, dataset, generator }, request) => {
      const asked = { text: question, conversationId: conversation_id }
      return answerIn(door, asked, request, dataset, generator)
    },
  )
  server.registerTool(
    'run_sql',
    {
      title: 'Run SQL',
      description:
        'Runs one SELECT as it is and gives its rows. Anything that writes, reads files or is more than one statement is refused. ' +
        'Prefer ask for questions; use this for SQL of your own, after describe_schema, and explain_sql to check it first.',
      inputSchema: {
        sql: z.string().min(1).max(maxSqlLength).describe("One SELECT in the dataset's dialect."),
        ...conversationInput,
        ...datasetInput,
      },
      outputSchema: answerShape,
      annotations: reads,
    },
    ({ sql, conversation_id, dataset }, request) => {
      const asked = { text: sql, conversationId: conversation_id, isSql: true }
      return answerIn(door, asked, request, dataset)
    },
  )
}

function answerIn(
  door: McpDoor,
  question: Question,
  request: McpRequest,
  dataset: string | undefined,
  generator?: string,
): Promise<CallToolResult> {
  const call = callOf(request)
  return toolResult(door, async () => {
    const orchestrator = await door.open(dataset, call)
    const known = orchestrator.generators().map(({ name }) => name)
    const chosen = known.find((name) => name === generator)
    if (generator !== undefined && !chosen) return failedResult(noGenerator(known))
    const asked = { ...question, generator: chosen }
    return resultOf(await door.answer(orchestrator, asked, call, progressTeller(request)))
  })
}

function noGenerator(known: readonly string[]) {
  const hints = [`The generators are ${known.join(', ')}.`]
  return { code: 'invalid_request', message: 'There is no generator of that name.', hints }
}

function resultOf(answer: Answer): CallToolResult {
  return {
    isError: !answer.ok,
    content: [{ type: 'text', text: answerMarkdown(answer) }],
    structuredContent: structuredAnswer(answer),
  }
}
