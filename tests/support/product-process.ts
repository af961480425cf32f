/** Starts the product in a process of its own, so that it can be killed like any other. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inject } from 'vitest'
import { packageRoot } from '../../models/package-root.js'
import type { OrchestratorOptions } from '../../src/index.js'

export interface ProductProcess {
  readonly pid: number
  /** Ids of the answers that `askOn` has given so far. */
  readonly told: readonly string[]
  /** What it wrote to stderr. */
  readonly said: () => string
  request<Reply>(kind: string, more?: object): Promise<Reply>
  /** Starts asking without end. */
  askOn(questions: readonly string[], conversationId: string): void
  /** Resolves when it has ended; nothing of it can be tidied up. */
  kill(): Promise<void>
  /** The exit code. */
  close(): Promise<number | null>
}

export interface ProductOptions extends Pick<OrchestratorOptions, 'home' | 'source'> {
  /** Where it keeps temporary files. */
  readonly temporary?: string
  /** A shell command that comes first, in a space of mounts of its own; needs root. */
  readonly mount?: string
}

/** Rejects when it cannot start, with what it said. */
export async function startProduct(options: ProductOptions): Promise<ProductProcess> {
  const child = forkProduct(options)
  const told: string[] = []
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const waiting = new Map<number, (message: Message) => void>()
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`It ended (${code ?? signal}): ${said}`)))
    child.on('message', (message: Message) => {
      if (message.ready) resolve()
      if (message.told !== undefined) told.push(message.told)
      if (message.id !== undefined) waiting.get(message.id)?.(message)
    })
  })
  return { pid: child.pid ?? 0, told, said: () => said, ...controls(child, waiting) }
}

/** Kills it so long after it began to open its source. */
export async function killWhileStarting(options: ProductOptions, afterMs: number): Promise<void> {
  const child = forkProduct(options)
  const ended = once(child, 'exit')
  await once(child, 'message')
  await wait(afterMs)
  child.kill('SIGKILL')
  await ended
}

/** Process ids of what it started that still runs, and of what that started. */
export function descendantsOf(pid: number): readonly number[] {
  const threads = entriesOf(`/proc/${pid}/task`)
  // A process is the child of the thread that started it.
  const children = threads.map((id) => textOf(`/proc/${pid}/task/${id}/children`))
  const own = children.join(' ').split(' ').filter(Boolean).map(Number)
  return [...own, ...own.flatMap(descendantsOf)]
}

/** Nothing where it has ended. */
function entriesOf(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

interface Message {
  readonly ready?: boolean
  readonly told?: string
  readonly id?: number
  readonly reply?: unknown
  readonly failure?: string
}

function forkProduct({ temporary, mount, ...options }: ProductOptions): ChildProcess {
  const wrapped = mount && {
    execPath: 'unshare',
    execArgv: ['-m', 'sh', '-c', `${mount} && exec "$0" "$@"`, process.execPath],
  }
  const program = join(packageRoot, 'tests/support/product-process.mjs')
  return fork(program, [inject('product'), JSON.stringify(options)], {
    ...wrapped,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...(temporary !== undefined && { TMPDIR: temporary }) },
    cwd: packageRoot,
  })
}

function controls(
  child: ChildProcess,
  waiting: Map<number, (message: Message) => void>,
): Pick<ProductProcess, 'request' | 'askOn' | 'kill' | 'close'> {
  let requests = 0
  const request = <Reply>(kind: string, more: object = {}) => {
    requests += 1
    const id = requests
    return new Promise<Reply>((resolve, reject) => {
      child.once('exit', () => reject(new Error('It ended before it answered.')))
      waiting.set(id, ({ reply, failure }) => {
        if (failure === undefined) resolve(reply as Reply)
        else reject(new Error(failure))
      })
      child.send({ id, kind, ...more })
    })
  }
  const ended = once(child, 'exit') as Promise<[number | null]>
  return {
    request,
    askOn: (questions, conversationId) => {
      // It never answers: it is killed.
      request('askOn', { questions, conversationId }).catch(() => {})
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    close: async () => {
      request('close').catch(() => {})
      const [code] = await ended
      return code
    },
  }
}
