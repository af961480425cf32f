/** `parley serve` in a process of its own, alone or as one of several replicas. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface ReplicaProcess {
  readonly url: string
  /** Its log so far. */
  readonly said: () => string
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>
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
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line).url))
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)))
  })
  return {
    url,
    said: () => said,
    async kill() {
      kill()
      await ended
    },
  }
}
