/** A program at a pseudo-terminal, as if somebody typed: Python's pty lends it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'

const lend = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)'

export interface TypedProgram {
  /** All that it wrote. */
  readonly shown: () => string
  type(text: string): void
  /** Resolves when it has written something like this since the last call. */
  sees(pattern: RegExp): Promise<void>
  /** The exit code. */
  ended(): Promise<number | null>
}

export function typedProgram(command: readonly string[], env: NodeJS.ProcessEnv): TypedProgram {
  const child = spawn('python3', ['-c', lend, ...command], {
    env: { ...process.env, TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let shown = ''
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    shown += chunk
  })
  const exit = once(child, 'exit') as Promise<[number | null]>
  return {
    shown: () => shown,
    type: (text) => void child.stdin.write(text),
    sees: async (pattern) => {
      await expect.poll(() => pattern.test(shown.slice(seen)), { timeout: 45_000 }).toBe(true)
      seen = shown.length
    },
    ended: async () => {
      const [code] = await exit
      return code
    },
  }
}
