/** The processes that this one started, as Linux lists them. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'

export interface RunningProcess {
  readonly id: number
  readonly command: string
}

/** Only those whose command line names `program`. */
export function childrenRunning(program: string): readonly RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)))
    .filter(({ command }) => command.includes(program))
}

/** Resolves when one of the processes has computed for a while since: what it was told to do has begun. */
export async function anyAtWork(ids: readonly number[]): Promise<void> {
  const before = ids.map(computedTicks)
  const most = () => Math.max(...ids.map((id, at) => computedTicks(id) - (before[at] ?? 0)))
  await expect.poll(most).toBeGreaterThan(10)
}

/** Hundredths of a second that the process has computed; 0 when it is gone. */
function computedTicks(id: number): number {
  try {
    const [, fields = ''] = /^.*\) (.*)/s.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? []
    const [user, system] = fields.split(' ').slice(11, 13)
    return Number(user) + Number(system)
  } catch {
    return 0
  }
}

function readProcess(id: number): readonly RunningProcess[] {
  try {
    // "12 (name) S 10 …": the parent's number is the second field after the name.
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return fields[0] !== 'Z' && Number(fields[1]) === process.pid ? [{ id, command }] : []
  } catch {
    return []
  }
}

/** Most memory that the process ever had, in bytes; 0 when it is gone. */
export function highWaterBytes(id: number): number {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8')
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
