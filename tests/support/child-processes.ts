/** The processes that this one started, as Linux lists them. */
import { readdirSync, readFileSync } from 'node:fs'

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
