/** Tells the audit log what a command changed of the rights in a home: nobody's request does. */
import type { Config } from '../config.js'
import type { ApiKey } from '../key-store.js'
import type { Terminal } from '../terminal.js'
import { commandLine } from './audit-line.js'
import { appendToAuditLog, auditFolder } from './audit-log.js'

export type CommandEvent = 'key_created' | 'key_revoked' | 'restored'

/** What was done stays done: where it cannot be written down, the terminal says so. */
export async function auditCommand(
  {
    config,
    terminal,
  }: { readonly config: Pick<Config, 'home' | 'audit'>; readonly terminal: Pick<Terminal, 'say'> },
  event: CommandEvent,
  keys: readonly ApiKey[],
): Promise<void> {
  if (config.audit === 'off') return
  try {
    await appendToAuditLog(auditFolder(config.home), commandLine(event, keys))
  } catch (error) {
    terminal.say(`The audit log could not be told: ${(error as Error).message}`)
  }
}
