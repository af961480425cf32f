/** Starts a Chroma server of our own on the loopback address, with its own folder, and ends it with us. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { takeLock } from '../../models/process-lock.js'

const host = '127.0.0.1'
const startTimeoutMs = 15_000
const heartbeatPauseMs = 20
const stopTimeoutMs = 2_000
/** Another program may take the free port before the server does. */
const portAttempts = 3
const keptOutputCharacters = 2_000

export interface ChromaServer {
  readonly url: string
  readonly pid: number
  /** False once the process has ended, whatever the reason. */
  isRunning(): boolean
  /** Ends the process and frees the folder; safe to call twice. */
  close(): Promise<void>
}

export type ChromaServerOutcome =
  | { readonly ok: true; readonly server: ChromaServer }
  /** Why no server runs, in plain words; `isLocked` when another process has the folder. */
  | { readonly ok: false; readonly reason: string; readonly isLocked?: boolean }

/** Starts a server that keeps its data in `folder`; never throws. */
export async function startChromaServer(
  folder: string,
  command: readonly string[] = chromaCommand(),
): Promise<ChromaServerOutcome> {
  const path = resolve(folder)
  const locked = takeLock(`${path}.lock`)
  if (!locked.ok) return { ok: false, reason: `${path}: ${locked.reason}`, isLocked: true }
  const { lock } = locked
  try {
    mkdirSync(path, { recursive: true })
    const started = await startOnFreePort(path, command)
    if (!started.ok) {
      lock.release()
      return started
    }
    try {
      lock.share(started.server.pid)
    } catch (error) {
      await started.server.close()
      throw error
    }
    const close = () => started.server.close().finally(() => lock.release())
    return { ok: true, server: { ...started.server, close } }
  } catch (error) {
    lock.release()
    return { ok: false, reason: `Chroma could not start: ${(error as Error).message}` }
  }
}

/** The command of the installed package; node runs it, so that no shell or PATH is needed. */
function chromaCommand(): readonly string[] {
  const entry = createRequire(import.meta.url).resolve('chromadb')
  return [process.execPath, join(dirname(entry), '..', 'cli.mjs')]
}

async function startOnFreePort(
  folder: string,
  command: readonly string[],
): Promise<ChromaServerOutcome> {
  let last: ChromaServerOutcome = { ok: false, reason: 'Chroma could not start' }
  for (let attempt = 0; attempt < portAttempts; attempt += 1) {
    last = await startOnPort(folder, command, await freePort())
    if (last.ok || !last.reason.includes('not available')) return last
  }
  return last
}

async function startOnPort(
  folder: string,
  command: readonly string[],
  port: number,
): Promise<ChromaServerOutcome> {
  const flags = ['run', '--path', folder, '--port', String(port), '--host', host]
  const [file = '', ...rest] = [...diesWithParent(), ...command, ...flags]
  const child = spawn(file, rest, { env: {}, stdio: ['ignore', 'pipe', 'pipe'], cwd: folder })
  const output = keepOutput(child)
  const ended = new Promise<string>((done) => {
    child.once('error', (error) => done(error.message))
    child.once('exit', (code, signal) => done(`ended early (${signal ?? `code ${code}`})`))
  })
  const url = `http://${host}:${port}`
  const failure = await Promise.race([ended, untilReady(url, child)])
  if (failure === undefined && child.pid !== undefined) {
    return { ok: true, server: runningServer(url, child, child.pid) }
  }
  await stop(child)
  return { ok: false, reason: `Chroma ${failure}: ${output()}` }
}

function runningServer(url: string, child: ChildProcess, pid: number): ChromaServer {
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  child.once('exit', () => process.off('exit', killWithUs))
  return { url, pid, isRunning: () => isRunning(child), close: () => stop(child) }
}

/** Resolves to nothing once the server answers, to a reason when it never does. */
async function untilReady(url: string, child: ChildProcess): Promise<string | undefined> {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline && isRunning(child)) {
    const answered = await fetch(`${url}/api/v2/heartbeat`, { signal: AbortSignal.timeout(1_000) })
      .then((response) => response.ok)
      .catch(() => false)
    if (answered) {
      // A foreign server may hold the port: ours would be ending right now.
      await sleep(heartbeatPauseMs)
      if (isRunning(child)) return undefined
    }
    await sleep(heartbeatPauseMs)
  }
  return `did not answer within ${startTimeoutMs / 1000} seconds`
}

async function stop(child: ChildProcess): Promise<void> {
  if (!isRunning(child) || child.pid === undefined) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await ended
  clearTimeout(timer)
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

/** Linux can end the server even when this process is killed outright. */
function diesWithParent(): readonly string[] {
  const tool = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))
  return tool === undefined ? [] : [tool, '--pdeathsig', 'KILL', '--']
}

/** The last words of the server, for the reason of a failure. */
function keepOutput(child: ChildProcess): () => string {
  let kept = ''
  const keep = (chunk: Buffer) => {
    kept = (kept + chunk.toString('utf8')).slice(-keptOutputCharacters)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return () => plainLines(kept) || 'it said nothing'
}

/** Without the banner, whose lines hold colours and no words. */
function plainLines(text: string): string {
  const lines = text.replace(/\u001b\[[0-9;]*m/g, '').split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => /[a-z]{2}/i.test(line))
    .slice(-5)
    .join(' | ')
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
