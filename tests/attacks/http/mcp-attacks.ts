/** Attempts against the door for clients of MCP, before anything becomes a message of its own. */
import { get, type HttpAttack } from './http-attack.js'

const accepts = { Accept: 'application/json, text/event-stream' }
const list = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

function post(
  body: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): HttpAttack {
  return {
    title: `to /mcp ${body.slice(0, 80)} ${JSON.stringify(headers).slice(0, 80)}`,
    method: 'POST',
    path: '/mcp',
    headers: { 'Content-Type': 'application/json', ...accepts, ...headers },
    body,
    status: [status],
  }
}

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'evil', version: '1' },
  },
})

const forms: readonly HttpAttack[] = [
  '{}',
  '[]',
  '{"jsonrpc":"1.0","id":1,"method":"tools/list"}',
  '{"jsonrpc":"2.0","id":{"a":1},"method":"tools/list"}',
  '{"jsonrpc":"2.0","id":1,"method":["tools/list"]}',
  `[${Array(50).fill(list).join(',')}]`,
  '{"__proto__":{"jsonrpc":"2.0","id":1,"method":"tools/list"}}',
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
].map((body) => post(body, 400))

const sessions: readonly HttpAttack[] = [
  post(list, 400),
  ...['guess', '../../x', "' OR 1=1 --", 'x'.repeat(5_000), '__proto__'].map((id) => ({
    ...post(list, 404, { 'Mcp-Session-Id': id }),
    code: 'not_found',
  })),
  post(initialize, 404, { 'Mcp-Session-Id': 'mine' }),
  post(list, 400, { 'Mcp-Protocol-Version': '1999-01-01' }),
  post(list, 400, { Accept: 'application/json' }),
  post(initialize, 400, { Accept: '*/*' }),
]

const askers: readonly HttpAttack[] = [
  { ...post(initialize, 403, { Origin: 'https://evil.example' }), code: 'origin_not_allowed' },
  { ...post(initialize, 403, { Host: 'evil.example' }), code: 'host_not_allowed' },
  { ...post(initialize, 401, { Authorization: 'Bearer guess' }), code: 'unauthorized' },
  post(initialize, 415, { 'Content-Type': 'text/plain' }),
  { ...post(`{"jsonrpc":"2.0","method":"${'x'.repeat(70_000)}"}`, 413), title: 'a huge message' },
]

export const mcpAttacks: readonly HttpAttack[] = [
  ...forms,
  ...sessions,
  ...askers,
  post(initialize, 200),
  get('events of MCP by GET', '/mcp', 405, accepts),
  get('events of MCP from another origin', '/mcp', 403, { Origin: 'https://evil.example' }),
  { ...get('the end of no session', '/mcp', 404), method: 'DELETE' },
  {
    ...get('the end of a guessed session', '/mcp', 404, { 'Mcp-Session-Id': 'guess' }),
    method: 'DELETE',
  },
]
