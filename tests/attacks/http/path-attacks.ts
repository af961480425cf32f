/** Addresses and methods that should lead nowhere. */
import { get, type HttpAttack } from './http-attack.js'

const files: readonly HttpAttack[] = [
  '/../package.json',
  '/../../../../etc/passwd',
  '/..%2f..%2fpackage.json',
  '/%2e%2e/%2e%2e/package.json',
  '/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/..%5c..%5cpackage.json',
  '/....//....//etc/passwd',
  '//etc/passwd',
  '/vendor/../../package.json',
  '/vendor/%2e%2e%2f%2e%2e%2fpackage.json',
  '/.env',
  '/.git/config',
  '/index.html%00.txt',
  '/%00',
  '/style.css/..%2f..%2fcli.ts',
  '/node_modules/express/package.json',
  '/keys.json',
  '/index.html/',
  `/${'a'.repeat(8_000)}`,
  `/${'../'.repeat(2_000)}etc/passwd`,
].map((path) => get(`the file ${path.slice(0, 60)}`, path, [400, 404]))

const ids: readonly HttpAttack[] = [
  '..%2f..%2fx',
  '%2e%2e',
  '%zz',
  '%c0%ae%c0%ae',
  'a%00b',
  'a%0d%0aX-Evil:%201',
  "'%20OR%201=1--",
  'x'.repeat(65),
].flatMap((id) => [
  { ...get(`a cancel of ${id.slice(0, 20)}`, `/api/v1/chat/${id}`, [400, 404]), method: 'DELETE' },
  get(`the events of ${id.slice(0, 20)}`, `/api/v1/chat/${id}/events`, [400, 404]),
])

const queries: readonly HttpAttack[] = [
  get('two datasets', '/api/v1/schema?dataset=a&dataset=b', 400),
  get('a dataset with a path', '/api/v1/schema?dataset=..%2f..%2fetc', 400),
  get('a dataset of the prototype', '/api/v1/schema?dataset=__proto__', 400),
  get('a dataset named constructor', '/api/v1/suggestions?dataset=constructor', 400),
  get('a nested query, which nobody reads', '/health/live?__proto__[polluted]=1', 200),
  get('a query of broken escapes', '/api/v1/schema?dataset=%zz%', 400),
]

const methods: readonly HttpAttack[] = [
  { ...get('a trace', '/api/v1/chat', 405), method: 'TRACE' },
  { ...get('a put', '/api/v1/schema', 405), method: 'PUT' },
  { ...get('a patch', '/api/v1/chat', 405), method: 'PATCH' },
  { ...get('a delete of all', '/api/v1/chat', 405), method: 'DELETE' },
  { ...get('a read of what is asked', '/api/v1/chat', 405) },
  { ...get('a method of WebDAV', '/', [404, 405]), method: 'PROPFIND' },
  { ...get('a method that is none', '/', 400), method: 'EVIL' },
  { ...get('a method in small letters', '/health/live', 400), method: 'get' },
  get('another method in a header, which nobody reads', '/health/live', 200, {
    'X-HTTP-Method-Override': 'DELETE',
  }),
]

export const pathAttacks: readonly HttpAttack[] = [...files, ...ids, ...queries, ...methods]
