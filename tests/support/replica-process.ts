/** `parley serve` in a process of its own, as one of several replicas. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface ReplicaProcess {
  readonly url: string
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>
  /** As Ctrl-C does. */
  stop(): Promise<void>
}

export interface ReplicaOptions {
  /** The folder of the compiled product. */
  readonly product: string
  readonly source: string
  readonly env: Readonly<Record<string, string>>
}

/** Rejects with what it said when it does not start. */
export async function startReplica(options: ReplicaOptions): Promise<ReplicaProcess> {
  const program = [
    `${options.product}/src/cli.js`,
    'serve',
    options.source,
    '--port',
    '0',
    '--json',
  ]
  const child = spawn(process.execPath, program, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line).url))
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)))
  })
  return { url, kill: () => end(child, 'SIGKILL', ended), stop: () => end(child, 'SIGINT', ended) }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGINT', ended: Promise<unknown>) {
  child.kill(signal)
  await ended
}
