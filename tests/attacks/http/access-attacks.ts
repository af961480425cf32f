/** Who asks, and under which name: DNS rebinding, pages of other origins, wrong keys. */
import { chat, get, type HttpAttack, raw } from './http-attack.js'

const question = '{"message":"Total sales amount in 2023"}'
const live = '/health/live'

const hosts: readonly HttpAttack[] = [
  'evil.example',
  'evil.example:4180',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'localhost@evil.example',
  'evil.example#localhost',
  '2130706433',
  '0.0.0.0',
  '[::ffff:127.0.0.1]',
  'localhost.',
  'localhost:80:80',
  '',
].map((host) => ({
  ...get(`the host "${host}"`, live, 403, { Host: host }),
  code: 'host_not_allowed',
}))

export const accessAttacks: readonly HttpAttack[] = [
  ...hosts,
  raw('no host at all', [`GET ${live} HTTP/1.1`, 'Connection: close'], 403),
  raw('HTTP/1.0 without a host', [`GET ${live} HTTP/1.0`], 403),
  raw(
    'two hosts, ours first',
    [`GET ${live} HTTP/1.1`, 'Host: localhost', 'Host: evil.example'],
    400,
  ),
  raw(
    'two hosts, ours last',
    [`GET ${live} HTTP/1.1`, 'Host: evil.example', 'Host: localhost'],
    400,
  ),
  raw(
    'a whole address of elsewhere',
    ['GET http://evil.example/ HTTP/1.1', 'Host: localhost'],
    400,
  ),
  get('a forwarded host, which nobody believes', live, 200, { 'X-Forwarded-Host': 'evil.example' }),
  get('a forwarded address, which nobody believes', live, 200, { 'X-Forwarded-For': '10.0.0.1' }),
  {
    ...get('a preflight from elsewhere', '/api/v1/chat', 405, {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Private-Network': 'true',
    }),
    method: 'OPTIONS',
  },
  chat('a question from a page elsewhere', question, 403, { Origin: 'https://evil.example' }),
  chat('a question from a page without origin', question, 403, { Origin: 'null' }),
  chat('a question from another port', question, 403, { Origin: 'http://localhost:1' }),
  chat('a question from no origin at all', question, 403, { Origin: 'http://' }),
  chat('a question from a look-alike', question, 403, { Origin: 'http://localhost.evil.example' }),
  {
    ...get('a cancel from elsewhere', '/api/v1/chat/x', 403, { Origin: 'https://e.example' }),
    method: 'DELETE',
  },
  get('a read from elsewhere, which the browser hides', '/openapi.json', 200, {
    Origin: 'https://evil.example',
  }),
  get('a read from elsewhere, which may open data', '/api/v1/schema', 403, {
    Origin: 'https://evil.example',
  }),
  get('an image of a page elsewhere', '/api/v1/schema?dataset=own', 403, {
    'Sec-Fetch-Site': 'cross-site',
    'Sec-Fetch-Mode': 'no-cors',
  }),
  get('an image of a page on another port', '/API/v1/schema', 403, {
    'Sec-Fetch-Site': 'same-site',
  }),
  get('our own page, as browsers say', '/api/v1/datasets', 200, {
    'Sec-Fetch-Site': 'same-origin',
  }),
  get('an address that was typed', '/api/v1/datasets', 200, { 'Sec-Fetch-Site': 'none' }),
  get('a key that is none', '/api/v1/schema', 401, { Authorization: 'Bearer parley_0_0' }),
  get('a password instead of a key', '/api/v1/schema', 401, { Authorization: 'Basic YTpi' }),
  get('a key of 8 kB', '/api/v1/schema', 401, { Authorization: `Bearer ${'x'.repeat(8_000)}` }),
  get('half a key', '/api/v1/schema', 401, { Authorization: 'Bearer' }),
  get('SQL as a key', '/api/v1/schema', 401, { Authorization: "Bearer '/**/OR/**/1=1--" }),
  get('a cookie, which nobody reads', live, 200, { Cookie: `session=${'x'.repeat(4_000)}` }),
]
