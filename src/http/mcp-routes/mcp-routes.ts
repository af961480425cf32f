/** The Model Context Protocol over streamable HTTP: what never becomes a message of it is refused in the shape of every other route. */
import {
  isInitializeRequest,
  JSONRPCMessageSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { McpCaller } from '../../mcp/tool-result.js'
import { callerOf } from '../caller.js'
import { HttpError } from '../http-error.js'
import type { HttpLogger } from '../http-logger.js'
import { mcpPath } from '../question-paths.js'
import { readJsonBody } from '../read-json-body.js'
import type { Doors } from '../result-routes/run-kept.js'
import type { Route } from '../route.js'
import { hangUpSignal } from '../server-sent-events.js'
import { httpMcpDoor } from './http-mcp-door.js'
import { createMcpSessions, type McpSessions } from './mcp-sessions.js'

const messageSchema = z
  .looseObject({ jsonrpc: z.literal('2.0') })
  .describe('One message of JSON-RPC 2.0, as https://modelcontextprotocol.io/specification has it.')
  .meta({ id: 'McpMessage' })

const sessionHeader = 'Mcp-Session-Id'

export function mcpRoutes(doors: Doors, logger: HttpLogger): readonly Route[] {
  const sessions = createMcpSessions(httpMcpDoor(doors, logger))
  return [
    {
      method: 'post',
      path: mcpPath,
      summary: 'One message of a client of the Model Context Protocol (streamable HTTP)',
      scope: 'ask',
      handlers: [...readJsonBody(), (request, response) => handle(sessions, request, response)],
      body: messageSchema,
      success: {
        status: 200,
        description: 'Events that end with the answer to a request; 202 for a notification.',
        events: true,
      },
      errors: [
        'malformed_json',
        'invalid_request',
        'not_found',
        'body_too_large',
        'unsupported_media_type',
      ],
    },
    {
      method: 'delete',
      path: mcpPath,
      summary: 'End a session of such a client, and what it has under way',
      scope: 'ask',
      handlers: [
        (request, response) => {
          const id = request.get(sessionHeader) ?? ''
          if (!sessions.end(id, callerOf(request).keyId)) throw noSession()
          response.status(204).end()
        },
      ],
      success: { status: 204, description: 'Ended.' },
      errors: ['not_found'],
    },
  ]
}

async function handle(sessions: McpSessions, request: Request, response: Response): Promise<void> {
  refuseWrongForm(request)
  const { keyId, name } = callerOf(request)
  const id = request.get(sessionHeader)
  const transport =
    id === undefined && isInitializeRequest(request.body)
      ? await sessions.begin(keyId)
      : sessions.find(id ?? '', keyId)
  if (!transport) throw id === undefined ? notBegun() : noSession()
  const signal = hangUpSignal(response)
  const extra: McpCaller = { call: { user: keyId, name, signal } }
  // The key itself is nobody's business behind this door.
  const auth = { token: '', clientId: keyId ?? '', scopes: [], extra: { ...extra } }
  await transport.handleRequest(Object.assign(request, { auth }), response, request.body)
}

/** Throws `invalid_request`. */
function refuseWrongForm(request: Request): void {
  const accepted = request.get('Accept') ?? ''
  if (!['application/json', 'text/event-stream'].every((type) => accepted.includes(type))) {
    throw new HttpError('invalid_request', 'A client of MCP accepts JSON and events.', [
      'Send "Accept: application/json, text/event-stream".',
    ])
  }
  if (!JSONRPCMessageSchema.safeParse(request.body).success) {
    throw new HttpError('invalid_request', 'The body is no message of JSON-RPC 2.0.')
  }
  const version = request.get('Mcp-Protocol-Version')
  if (version !== undefined && !SUPPORTED_PROTOCOL_VERSIONS.includes(version)) {
    throw new HttpError('invalid_request', 'This version of the protocol is not spoken here.', [
      `Speak ${SUPPORTED_PROTOCOL_VERSIONS.join(', ')}.`,
    ])
  }
}

function notBegun(): HttpError {
  return new HttpError(
    'invalid_request',
    `A session begins with initialize, and each further message names it in ${sessionHeader}.`,
  )
}

/** The protocol has clients begin anew when they hear this. */
function noSession(): HttpError {
  return new HttpError('not_found', 'There is no such session.', [
    'Begin a new one with initialize.',
  ])
}
