/** Requests whose beginning and end two programs could see at different places, and bytes that are no HTTP. */
import { get, type HttpAttack, raw } from './http-attack.js'

const chatHead = ['POST /api/v1/chat HTTP/1.1', 'Host: localhost', 'Content-Type: application/json']
const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n'

function framed(
  title: string,
  lines: readonly string[],
  body = `0\r\n\r\n${smuggled}`,
): HttpAttack {
  return raw(title, [...chatHead, ...lines], 400, body)
}

const smuggling: readonly HttpAttack[] = [
  framed('a length beside chunks', ['Content-Length: 6', 'Transfer-Encoding: chunked']),
  framed('chunks beside a length', ['Transfer-Encoding: chunked', 'Content-Length: 6']),
  framed('two lengths', ['Content-Length: 2', 'Content-Length: 40'], `{}${smuggled}`),
  framed('two lengths in one line', ['Content-Length: 2, 40'], `{}${smuggled}`),
  framed('a length with a sign', ['Content-Length: +2'], `{}${smuggled}`),
  framed('a negative length', ['Content-Length: -2'], `{}${smuggled}`),
  framed('a hexadecimal length', ['Content-Length: 0x2'], `{}${smuggled}`),
  framed('a length beyond all numbers', ['Content-Length: 99999999999999999999'], '{}'),
  framed('a length with a space before its colon', ['Content-Length : 2'], `{}${smuggled}`),
  framed('an encoding with a space before its colon', ['Transfer-Encoding : chunked']),
  framed('an encoding that is none', ['Transfer-Encoding: xchunked']),
  framed('chunks that are not last', ['Transfer-Encoding: chunked, identity']),
  framed('an encoding on a line of its own', [
    'Transfer-Encoding:',
    ' chunked',
    'Content-Length: 6',
  ]),
  framed('chunks of a wrong size', ['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'),
  framed('chunks of a negative size', ['Transfer-Encoding: chunked'], '-2\r\n{}\r\n0\r\n\r\n'),
  framed(
    'chunks beyond all numbers',
    ['Transfer-Encoding: chunked'],
    'fffffffffffffffff\r\n{}\r\n0\r\n\r\n',
  ),
  framed(
    'chunks longer than they say',
    ['Transfer-Encoding: chunked'],
    '2\r\n{"message":"a"}\r\n0\r\n\r\n',
  ),
  raw(
    'an extension of 64 kB on a chunk',
    [...chatHead, 'Transfer-Encoding: chunked'],
    [400, 413],
    `2;${'x'.repeat(65_000)}\r\n{}\r\n0\r\n\r\n`,
  ),
  raw(
    '4 MB in chunks, without an end',
    [...chatHead, 'Transfer-Encoding: chunked'],
    413,
    `${'1000\r\n'}${' '.repeat(4_096)}\r\n`.repeat(1_000),
  ),
]

const heads: readonly HttpAttack[] = [
  raw('a header without a colon', ['GET /health/live HTTP/1.1', 'Host: localhost', 'evil'], 400),
  raw(
    'a header with a space in its name',
    ['GET /health/live HTTP/1.1', 'Host: localhost', 'a b: c'],
    400,
  ),
  raw('a header with NUL', ['GET /health/live HTTP/1.1', 'Host: localhost', 'a: b\0c'], 400),
  raw('a header that begins with a space', ['GET /health/live HTTP/1.1', ' Host: localhost'], 400),
  {
    title: 'lines that end as on an old Mac',
    bytes: 'GET /health/live HTTP/1.1\rHost: localhost\r\r',
    status: [400],
  },
  raw('a version of tomorrow', ['GET /health/live HTTP/9.9', 'Host: localhost'], 400),
  raw('the beginning of HTTP/2', ['PRI * HTTP/2.0', '', 'SM'], [400, 405]),
  raw('a tunnel', ['CONNECT evil.example:443 HTTP/1.1', 'Host: localhost'], 405),
  raw('a star for an address', ['OPTIONS * HTTP/1.1', 'Host: localhost'], 400),
  raw('an address without a slash', ['GET health/live HTTP/1.1', 'Host: localhost'], 400),
  {
    title: 'the beginning of TLS',
    bytes: Buffer.from('16030100c8010000c40303', 'hex'),
    status: [400],
  },
  {
    title: 'noise',
    bytes: Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 73) % 256)),
    status: [400],
  },
  get('a header of 20 kB', '/health/live', 431, { 'X-Long': 'x'.repeat(20_000) }),
  get(
    '2,000 headers',
    '/health/live',
    431,
    Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`X-${at}`, 'xxxx'])),
  ),
  get('an address of 20 kB', `/${'a'.repeat(20_000)}`, 431),
  get('an expectation of something else', '/health/live', 400, { Expect: '200-ok' }),
  get('a web socket, which nobody opens', '/health/live', [200, 400], {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
  }),
  get('500 ranges of a file', '/style.css', [200, 206, 416], {
    Range: `bytes=${Array.from({ length: 500 }, (_, at) => `${at}-${at}`).join()}`,
  }),
  get('a resumption after no number', '/api/v1/chat/x/events', [400, 404], {
    'Last-Event-ID': '-1',
  }),
  get('a resumption after too large a number', '/api/v1/chat/x/events', [400, 404], {
    'Last-Event-ID': '9'.repeat(400),
  }),
]

export const framingAttacks: readonly HttpAttack[] = [...smuggling, ...heads]
