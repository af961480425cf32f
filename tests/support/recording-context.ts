/** What commands are handed, with a terminal that records. */
import type { CommandContext } from '../../src/commands/command-context.js'
import { readConfig } from '../../src/config.js'

export interface RecordingContext extends CommandContext {
  /** Results. */
  readonly printed: string[]
  /** Remarks on the way. */
  readonly said: string[]
}

export function recordingContext(
  variables: NodeJS.ProcessEnv,
  signal: AbortSignal = new AbortController().signal,
): RecordingContext {
  const read = readConfig({ PARLEY_OFFLINE: '1', PARLEY_LOG_LEVEL: 'error', ...variables })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const printed: string[] = []
  const said: string[] = []
  const terminal = {
    print: (text: string) => void printed.push(text),
    say: (text: string) => void said.push(text),
    settle: () => {},
    onProgress: () => {},
    onWeights: () => {},
  }
  return { config: read.config, terminal, signal, printed, said }
}
