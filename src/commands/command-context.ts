/** What every command is handed. */
import type { Config } from '../config.js'
import type { Terminal } from '../terminal.js'

export interface CommandContext {
  readonly config: Config
  readonly terminal: Terminal
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}
