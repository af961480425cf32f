/** `parley serve` with models of servers: which of them is asked, and where their key never shows. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type OpenAiServer, startOpenAiServer } from '../../support/openai-server.js'
import { type ReplicaProcess, startReplica } from '../../support/replica-process.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'

const key = 'sk-canary-3c51e8'
const sql = 'SELECT city, COUNT(*) AS shops FROM stores GROUP BY city ORDER BY city'
const tags = {
  models: ['llama3.2:3b', 'qwen2.5-coder:7b'].map((name) => ({ name, size: 2_019_393_189 })),
}

let home: TemporaryHome
let openai: OpenAiServer
let ollama: OpenAiServer
let service: ReplicaProcess
let answer: Parameters<typeof startOpenAiServer>[0]['answer']

beforeAll(async () => {
  home = await temporaryHome()
  openai = await startOpenAiServer({ answer: (...asked) => answer(...asked) })
  ollama = await startOpenAiServer({ answer: () => sql, pages: { '/api/tags': tags } })
  service = await startReplica({
    product: inject('product'),
    source: await home.write(shopFiles),
    env: {
      PARLEY_HOME: home.path,
      PARLEY_OFFLINE: '1',
      PARLEY_LOG_LEVEL: 'debug',
      PARLEY_OPENAI_URL: openai.baseUrl,
      PARLEY_OPENAI_MODEL: 'gpt-test',
      PARLEY_OPENAI_KEY: key,
      PARLEY_OLLAMA_URL: ollama.baseUrl.replace('/v1', ''),
    },
  })
})
afterAll(async () => {
  await service.kill()
  await Promise.all([openai.close(), ollama.close()])
  await home.remove()
})

async function send(method: string, path: string, body?: object) {
  const response = await fetch(service.url + path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}

function ask(generator: string, message = 'How many shops does each town have?') {
  return send('POST', '/api/v1/chat', { message, generator })
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((each) => join(each.parentPath, each.name))
}

it('shows the key of a server in no answer, no log, no figure and no file', async () => {
  answer = () => sql
  const written = await ask('openai')
  expect(JSON.parse(written.text)).toMatchObject({ generator: 'openai', rowCount: 3 })
  expect(openai.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`)
  answer = () => ({ status: 401, error: { message: `Incorrect API key provided: ${key}` } })
  const refused = await ask('openai', 'How many stores are there in each city?')
  const paths = ['/metrics', '/api/v1/generators', '/api/v1/health', '/api/v1/conversations']
  const told = await Promise.all(paths.map((path) => send('GET', path)))
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const shown = [written, refused, ...told].map(({ text }) => text)
  expect([...shown, service.said()].filter((text) => text.includes(key))).toEqual([])
  const files = await filesOf(home.path)
  const texts = await Promise.all(files.map((path) => readFile(path, 'latin1')))
  const log = texts[files.findIndex((path) => path.endsWith('parley.log'))]
  expect(log).toContain('"event":"answered"')
  expect(files.filter((_, at) => texts[at]?.includes(key))).toEqual([])
  expect(texts.some((text) => text.includes('How many shops does each town have?'))).toBe(true)
})

it('asks the model that was chosen over HTTP, and refuses what the server does not list', async () => {
  await expect
    .poll(async () => (await send('GET', '/api/v1/generators')).text)
    .toContain('qwen2.5-coder:7b')
  const chosen = await send('PUT', '/api/v1/generators/ollama', { model: 'llama3.2:3b' })
  expect(chosen.status).toBe(200)
  expect(JSON.parse(chosen.text)).toMatchObject({ name: 'ollama', model: 'llama3.2:3b' })
  expect(JSON.parse((await ask('ollama')).text)).toMatchObject({ generator: 'ollama' })
  expect(ollama.requests.at(-1)?.body.model).toBe('llama3.2:3b')
  const unheard = await send('PUT', '/api/v1/generators/ollama', { model: 'unheard-of' })
  expect([unheard.status, JSON.parse(unheard.text).error.code]).toEqual([404, 'not_found'])
  const unnamed = await send('PUT', '/api/v1/generators/ollama', {})
  expect([unnamed.status, JSON.parse(unnamed.text).error.code]).toEqual([400, 'invalid_request'])
})
