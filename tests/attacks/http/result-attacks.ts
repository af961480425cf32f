/** Attempts against the doors that run SQL which is there already: a client's own, an answer's, a card's. */
import { get, type HttpAttack } from './http-attack.js'

function post(path: string, body: string, status: number | readonly number[]): HttpAttack {
  return {
    title: `to ${path} ${body.slice(0, 70)}`,
    method: 'POST',
    path,
    headers: { 'Content-Type': 'application/json' },
    body,
    status: [status].flat(),
  }
}

const sql: readonly HttpAttack[] = [
  '{"sql":{"toString":"SELECT 1"}}',
  '{"sql":["SELECT 1"]}',
  '{"sql":"SELECT 1","message":"a"}',
  '{"sql":"SELECT 1","generator":"local"}',
  '{"sql":"SELECT 1","isSql":false}',
  '{"sql":"SELECT 1","user":"ada"}',
  '{"sql":"SELECT 1","options":{"timeoutMs":1e9}}',
  '{"sql":"SELECT \\u0000"}',
  '{"sql":"half \\ud800"}',
  '{"sql":" "}',
  '{"__proto__":{"sql":"SELECT 1"}}',
  '{"sql":"SELECT 1","conversation_id":"../x"}',
  '{"sql":"SELECT 1","dataset":"../../etc"}',
  `{"sql":"${'('.repeat(30_000)}"}`,
].map((body) => post('/api/v1/run_sql', body, 400))

/** An answer that says no; what it may say is attacked elsewhere, statement by statement. */
const refusedSql: readonly HttpAttack[] = [
  "SELECT * FROM read_text('/etc/passwd')",
  "COPY sales TO '/tmp/parley-attack.csv'",
  'ATTACH DATABASE 1; SELECT 1',
  'PRAGMA database_list',
  'SELECT 1; DROP TABLE sales',
  `SELECT ${'('.repeat(900)}1${')'.repeat(900)}`,
].map((text) => post('/api/v1/run_sql', JSON.stringify({ sql: text }), 200))

const charts: readonly HttpAttack[] = [
  '{"answer_id":"a","kind":"constructor"}',
  '{"answer_id":"a","kind":{"$ne":1}}',
  '{"answer_id":"../a","kind":"bar"}',
  '{"answer_id":"a","kind":"bar","sql":"SELECT 1"}',
  '{"answer_id":"a","kind":"bar","figure":{"data":[]}}',
].map((body) => post('/api/v1/chart', body, 400))

const cards: readonly HttpAttack[] = [
  '{"from":"2024-01-01\' OR 1=1 --"}',
  '{"from":20240101}',
  '{"filters":[{"column":"","values":[1]}]}',
  '{"filters":[{"column":"a","values":[{"$ne":null}]}]}',
  '{"filters":[{"column":"a","values":[1],"operator":"OR 1=1"}]}',
  '{"sql":"SELECT 1"}',
  '{"__proto__":{"from":"2024-01-01"}}',
]
  .map((body) => post('/api/v1/cards/x/run', body, 400))
  .concat(
    post('/api/v1/cards/x/run', '{}', 404),
    post('/api/v1/cards/..%2fx/run', '{}', 400),
    post("/api/v1/cards/'%20OR%201=1--/run", '{}', 400),
  )

const files: readonly HttpAttack[] = [
  '..%2f..%2fetc%2fpasswd.csv',
  '%2e%2e%2fx.csv',
  'x.csv%00.json',
  'x.php',
  'x.csv.exe',
  'x.constructor',
  'x.__proto__',
  'x%0d%0aX-Evil:%201.csv',
  "'%20OR%201=1--.csv",
  `${'x'.repeat(65)}.csv`,
  'x',
  'unknown.csv',
].map((name) => get(`the file ${name.slice(0, 40)}`, `/api/v1/export/${name}`, [400, 404]))

const methods: readonly HttpAttack[] = [
  { ...get('a post for a file', '/api/v1/export/x.csv', 405), method: 'POST' },
  { ...get('a delete of a file', '/api/v1/export/x.csv', 405), method: 'DELETE' },
  get('SQL in an address', '/api/v1/run_sql?sql=SELECT%201', 405),
  get('a file of two datasets', '/api/v1/export/x.csv?dataset=a&dataset=b', 400),
  get('a file of a dataset with a path', '/api/v1/export/x.csv?dataset=..%2fx', 400),
]

export const resultAttacks: readonly HttpAttack[] = [
  ...sql,
  ...refusedSql,
  ...charts,
  ...cards,
  ...files,
  ...methods,
]
