/** A server of the Model Context Protocol on one door: https://modelcontextprotocol.io/specification */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { version } from '../version.js'
import { addAnswerTools } from './answer-tools.js'
import { addDataTools } from './data-tools.js'
import type { McpDoor } from './mcp-door.js'
import { addResources } from './resources.js'

const instructions =
  'Parley answers questions about a database. ask takes plain words and is the usual way; it keeps the context of a conversation. ' +
  'For SQL of your own: describe_schema, then explain_sql, then run_sql. All of it only reads. Numbers in an answer are cells of its result: quote them as they are.'

/** For one client; tools and resources come from the door. */
export function createMcpServer(door: McpDoor): McpServer {
  const server = new McpServer({ name: 'parley', title: 'Parley', version }, { instructions })
  addAnswerTools(server, door)
  addDataTools(server, door)
  addResources(server, door)
  return server
}
