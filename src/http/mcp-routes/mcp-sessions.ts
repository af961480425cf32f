/** Sessions of MCP's clients: a cancel must find the question that it is about. Each belongs to the key that began it. */
import { randomUUID } from 'node:crypto'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createMcpServer } from '../../mcp/create-mcp-server.js'
import type { McpDoor } from '../../mcp/mcp-door.js'

/** A client that was away for longer begins anew, as the protocol has it. */
const idleMs = 30 * 60_000
/** Of one key, and of all; the one that was used longest ago makes room. */
const mostOwn = 32
const mostOfAll = 512

export interface McpSessions {
  /** Takes a request to initialise; the session is there once the transport has answered it. */
  begin(user: string | undefined): Promise<StreamableHTTPServerTransport>
  /** Nobody finds the session of another key. */
  find(id: string, user: string | undefined): StreamableHTTPServerTransport | undefined
  /** False when there is none. */
  end(id: string, user: string | undefined): boolean
}

interface Session {
  readonly user: string | undefined
  readonly transport: StreamableHTTPServerTransport
  readonly idle: NodeJS.Timeout
}

export function createMcpSessions(door: McpDoor): McpSessions {
  /** Used longest ago first. */
  const sessions = new Map<string, Session>()

  function end(id: string): void {
    const session = sessions.get(id)
    if (!session) return
    sessions.delete(id)
    clearTimeout(session.idle)
    void session.transport.close()
  }

  function keep(id: string, user: string | undefined, transport: StreamableHTTPServerTransport) {
    const idle = setTimeout(() => end(id), idleMs).unref()
    sessions.set(id, { user, transport, idle })
    const own = [...sessions].filter(([, session]) => session.user === user)
    if (own.length > mostOwn && own[0]) end(own[0][0])
    const [oldest] = sessions.keys()
    if (sessions.size > mostOfAll && oldest !== undefined) end(oldest)
  }

  function findOwn(id: string, user: string | undefined): Session | undefined {
    const session = sessions.get(id)
    return session?.user === user ? session : undefined
  }

  return {
    begin: async (user) => {
      const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => keep(id, user, transport),
      })
      await createMcpServer(door).connect(transport)
      return transport
    },
    find: (id, user) => {
      const session = findOwn(id, user)
      if (!session) return undefined
      session.idle.refresh()
      sessions.delete(id)
      sessions.set(id, session)
      return session.transport
    },
    end: (id, user) => {
      const isThere = findOwn(id, user) !== undefined
      if (isThere) end(id)
      return isThere
    },
  }
}
