/** The real Chroma server: started, locked, killed and refused as promised. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ChromaServer, startChromaServer } from '../../rag/chroma/chroma-server.js'

let root: string
const open: ChromaServer[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-chroma-server-'))
})

afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
  rmSync(root, { recursive: true, force: true })
})

it('answers on the loopback address and frees folder and process when closed', async () => {
  const server = await start(join(root, 'chroma'))
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(existsSync(join(root, 'chroma.lock'))).toBe(true)
  await server.close()
  await server.close()
  expect(server.isRunning()).toBe(false)
  expect(isAlive(server.pid)).toBe(false)
  expect(existsSync(join(root, 'chroma.lock'))).toBe(false)
})

it('refuses a second server on one folder and names the process that uses it', async () => {
  await start(join(root, 'chroma'))
  const second = await startChromaServer(join(root, 'chroma'))
  const reason = expect.stringContaining(String(process.pid))
  expect(second).toEqual({ ok: false, reason, isLocked: true })
})

it('gives two folders a server each', async () => {
  const [first, second] = [await start(join(root, 'a')), await start(join(root, 'b'))]
  expect(first.url).not.toBe(second.url)
})

it('takes over the lock of a process that is gone', async () => {
  const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await new Promise((done) => gone.once('exit', done))
  writeFileSync(join(root, 'chroma.lock'), JSON.stringify([{ pid: gone.pid, mark: '1' }]))
  expect((await start(join(root, 'chroma'))).isRunning()).toBe(true)
})

it('takes over a lock whose process id now belongs to another process', async () => {
  writeFileSync(join(root, 'chroma.lock'), JSON.stringify([{ pid: process.pid, mark: 'earlier' }]))
  expect((await start(join(root, 'chroma'))).isRunning()).toBe(true)
})

it('takes over an unreadable lock', async () => {
  writeFileSync(join(root, 'chroma.lock'), 'half a li')
  expect((await start(join(root, 'chroma'))).isRunning()).toBe(true)
})

it('reports a server that ends at once, even with code 0, with its last words', async () => {
  const script = 'console.error("no port for you"); process.exit(0)'
  const outcome = await startChromaServer(join(root, 'chroma'), [process.execPath, '-e', script])
  expect(outcome).toEqual({ ok: false, reason: expect.stringContaining('no port for you') })
  expect(existsSync(join(root, 'chroma.lock'))).toBe(false)
})

it('reports a program that does not exist', async () => {
  const outcome = await startChromaServer(join(root, 'chroma'), [join(root, 'nothing')])
  expect(outcome).toMatchObject({ ok: false })
})

it('reports a folder that cannot be made', async () => {
  writeFileSync(join(root, 'file'), '')
  const outcome = await startChromaServer(join(root, 'file', 'chroma'))
  expect(outcome).toMatchObject({ reason: expect.stringContaining('cannot lock') })
})

it('reports a folder that holds something else under the name of its database', async () => {
  const folder = join(root, 'chroma')
  mkdirSync(folder)
  writeFileSync(join(folder, 'chroma.sqlite3'), 'not a database at all, only words'.repeat(100))
  const outcome = await startChromaServer(folder)
  expect(outcome).toEqual({ ok: false, reason: expect.stringContaining('Chroma') })
})

it('gives the server an almost empty environment', async () => {
  const script = 'console.error("names", Object.keys(process.env).join()); process.exit(1)'
  const outcome = await startChromaServer(join(root, 'chroma'), [process.execPath, '-e', script])
  expect(outcome.ok).toBe(false)
  expect(outcome.ok ? '' : outcome.reason).not.toMatch(/HOME|PATH|CHROMA/)
})

it('notices that the server has died', async () => {
  const server = await start(join(root, 'chroma'))
  process.kill(server.pid, 'SIGKILL')
  await expect.poll(() => server.isRunning()).toBe(false)
})

async function start(folder: string): Promise<ChromaServer> {
  const outcome = await startChromaServer(folder)
  if (!outcome.ok) throw new Error(outcome.reason)
  open.push(outcome.server)
  return outcome.server
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
