/** Bodies that are no question: other types, broken, deep, huge, packed, with keys and characters that do harm. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { chat, type HttpAttack } from './http-attack.js'

const question = '{"message":"Total sales amount in 2023"}'
const spaces = Buffer.alloc(32_000_000, ' ')
const zipped = (encoding: string) => ({ 'Content-Encoding': encoding })
const typed = (type: string) => ({ 'Content-Type': type })

const types: readonly HttpAttack[] = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json-patch+json',
  'application/json; charset=utf-16',
  'application/json; charset=x-user-defined',
  'text/html; application/json',
  '',
].map((type) => chat(`the type "${type}"`, question, 415, typed(type)))

const broken: readonly HttpAttack[] = [
  '{',
  '{"message":}',
  "{'message':'a'}",
  '{"message":"a",}',
  '{"message":"a"}{"message":"b"}',
  '{"message":NaN}',
  '{"message":"a" /* b */}',
  '{"message":"\\x41"}',
  '{"message":"a\nb"}',
  'null',
  '"a"',
  '[]',
  '[{"message":"a"}]',
  '\u0000{"message":"a"}',
  'message=a',
].map((body) => chat(`the body ${JSON.stringify(body)}`, body, 400))

const deep: readonly HttpAttack[] = [
  chat('60,000 open arrays', '['.repeat(60_000), 400),
  chat('30,000 arrays within each other', '['.repeat(30_000) + ']'.repeat(30_000), 400),
  chat('10,000 objects within each other', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400),
  chat('a deep message', `{"message":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 400),
  chat(
    'a deep option',
    `{"message":"a","options":{"as_of":${'['.repeat(40)}${']'.repeat(40)}}}`,
    400,
  ),
  chat('30,000 escaped quotes without an end', `{"message":"${'\\"'.repeat(30_000)}`, 400),
]

const large: readonly HttpAttack[] = [
  chat('70 kB', JSON.stringify({ message: 'x'.repeat(70_000) }), 413),
  chat('a length of a terabyte', '{', 413, { 'Content-Length': '1000000000000' }),
  chat('64 MB of spaces, gzipped', gzipSync(Buffer.concat([spaces, spaces])), 413, zipped('gzip')),
  chat('32 MB of spaces, deflated', deflateSync(spaces), 413, zipped('deflate')),
  chat('32 MB of spaces, by Brotli', brotliCompressSync(spaces), 413, zipped('br')),
  chat('what is no gzip', question, 400, zipped('gzip')),
  chat('gzip within gzip', gzipSync(gzipSync(question)), 415, zipped('gzip, gzip')),
  chat('an encoding of long ago', question, 415, zipped('compress')),
  chat(
    '2,000 unknown fields',
    `{${Array.from({ length: 2_000 }, (_, at) => `"field${at}":1`).join()}}`,
    400,
  ),
  chat('a field with a name of 60,000 characters', `{"${'x'.repeat(60_000)}":1}`, 400),
  chat(
    'a message of 60,000 characters, which is no question',
    JSON.stringify({ message: 'x'.repeat(60_000) }),
    200,
  ),
  chat('60,000 digits', `{"message":${'9'.repeat(60_000)}}`, 400),
]

const fields: readonly HttpAttack[] = [
  '{"message":"a","__proto__":{"polluted":1}}',
  '{"__proto__":{"message":"a","polluted":1}}',
  '{"message":"a","constructor":{"prototype":{"polluted":1}}}',
  '{"message":"a","options":{"__proto__":{"polluted":1}}}',
  '{"message":"half a character \\ud800"}',
  '{"message":"the other half \\udfff\\ud800"}',
  '{"message":"NUL \\u0000 in it"}',
  '{"message":"a","dataset":"\\u0000"}',
  '{"message":{"toString":"a"}}',
  '{"message":["a"]}',
  '{"message":true}',
  '{"message":"a","message":{"length":1}}',
  '{"message":"a","question":"b"}',
  '{"message":"a","conversation_id":"../../etc/passwd"}',
  '{"message":"a","conversation_id":""}',
  '{"message":"a","conversation_id":"a:b"}',
  '{"message":"a","conversation_id":"\' OR 1=1 --"}',
  '{"message":"a","conversation_id":"ｅｖｉｌ"}',
  `{"message":"a","conversation_id":"${'x'.repeat(65)}"}`,
  '{"message":"a","conversation_id":{"$ne":null}}',
  '{"message":"a","generator":"constructor"}',
  '{"message":"a","generator":"given"}',
  '{"message":"a","use_rag":"false"}',
  '{"message":"a","options":{"as_of":"9999-99-99"}}',
  '{"message":"a","options":{"as_of":"2023-01-01\' OR 1=1"}}',
  '{"message":"a","dataset":"../../etc/passwd"}',
  '{"message":"a","dataset":"__proto__"}',
  '{"message":"a","sql":"DROP TABLE sales"}',
].map((body) => chat(`the fields ${body.slice(0, 80)}`, body, 400))

export const bodyAttacks: readonly HttpAttack[] = [
  ...types,
  ...broken,
  ...deep,
  ...large,
  ...fields,
]
