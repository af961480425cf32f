/** What every tool does: it takes its call from the request, and gives its result or its failure in words and as data. */
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
} from '@modelcontextprotocol/sdk/types.js'
import type { AnswerEvent } from '../../agents/answer-event.js'
import type { McpCall, McpDoor, McpFailure } from './mcp-door.js'

export type McpRequest = RequestHandlerExtra<ServerRequest, ServerNotification>

/** The part of `authInfo.extra` that the HTTP door sets. */
export interface McpCaller {
  readonly call: McpCall
}

/** Without a caller it is whoever sits at the machine. */
export function callOf({ signal, authInfo }: McpRequest): McpCall {
  const caller = authInfo?.extra as McpCaller | undefined
  if (!caller) return { signal }
  const { call } = caller
  return { ...call, signal: AbortSignal.any([call.signal, signal]) }
}

/** A failure is a result too: the model that called reads why, and what to do. */
export async function toolResult(
  door: McpDoor,
  work: () => Promise<CallToolResult>,
): Promise<CallToolResult> {
  try {
    return await work()
  } catch (error) {
    return failedResult(door.tell(error))
  }
}

export function failedResult({ message, hints }: McpFailure): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: [message, ...hints].join('\n') }] }
}

export function jsonResult(value: Record<string, unknown>): CallToolResult {
  const text = JSON.stringify(value, undefined, 1)
  return { content: [{ type: 'text', text }], structuredContent: value }
}

/** Tells each step of an answer, where the client asked for progress. */
export function progressTeller({ _meta, sendNotification }: McpRequest) {
  const progressToken = _meta?.progressToken
  let progress = 0
  return (event: AnswerEvent): void => {
    if (progressToken === undefined || event.type !== 'state') return
    progress += 1
    const message = event.queue ? `Waiting: place ${event.queue.place}` : event.message
    const params = { progressToken, progress, message }
    // Who has gone hears nothing.
    void sendNotification({ method: 'notifications/progress', params }).catch(() => undefined)
  }
}
