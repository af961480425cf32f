/** `parley restore`: puts a backup in the place of what a home keeps. */
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  isStoreInUse,
  type PreparedRestore,
  prepareRestore,
} from '../../data/store/backup-store.js'
import { freeName } from '../../data/store/store-file.js'
import { conversationsPath } from '../conversation-store.js'
import { exitCodes } from '../exit-codes.js'
import { lockHome } from '../home-lock.js'
import { SetUpError } from '../index.js'
import { openKeyStore } from '../key-file.js'
import type { ApiKey } from '../key-store.js'
import { auditCommand } from '../observe/audit-command.js'
import { prepareHome } from '../prepare-home.js'
import { backedUpFiles, countsInWords, keptElsewhere, reasonOf } from './backup.js'
import type { CommandContext } from './command-context.js'

export interface RestoreOptions {
  readonly file: string
  readonly force?: boolean
  readonly json?: boolean
}

const ownerOnly = 0o600

export async function restore(options: RestoreOptions, context: CommandContext): Promise<number> {
  const { home, store } = context.config
  if (store !== undefined) {
    context.terminal.say(keptElsewhere)
    return exitCodes.usage
  }
  const unwritable = await prepareHome(home)
  if (unwritable) throw new SetUpError(unwritable)
  const locked = await lockHome(home)
  if (!locked.ok) throw new SetUpError(locked.failure)
  try {
    return await restoreInto(home, options, context)
  } finally {
    locked.lock.release()
  }
}

async function restoreInto(
  home: string,
  options: RestoreOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context
  const path = conversationsPath(home)
  const backup = resolve(options.file)
  const refusal = refusalOf(home, path, backup, options.force)
  if (refusal !== undefined) {
    terminal.say(refusal)
    return exitCodes.failed
  }
  let prepared: PreparedRestore | undefined
  try {
    prepared = prepareRestore(backup, path)
    const revoked = await revokedKeys(home)
    const aside = [prepared.finish(), ...writeFiles(home, prepared)].filter((name) => name)
    const stayRevoked = await revokeAgain(home, revoked)
    await auditCommand(context, 'restored', await openKeyStore(home).list())
    const { counts, files } = prepared
    terminal.print(
      options.json
        ? JSON.stringify({ ...counts, files: Object.keys(files), aside, stayRevoked })
        : `${countsInWords(counts)} are in ${home}.`,
    )
    if (aside.length > 0) terminal.say(`What was there before is kept as ${aside.join(' and ')}.`)
    if (stayRevoked.length > 0) terminal.say(`Revoked since then: ${stayRevoked.join(', ')}.`)
    return exitCodes.answered
  } catch (error) {
    prepared?.cancel()
    terminal.say(`${backup} could not be restored. ${reasonOf(error)}`)
    return exitCodes.failed
  }
}

/** Of keys that are damaged nobody knows. */
async function revokedKeys(home: string): Promise<readonly ApiKey[]> {
  const keys = await openKeyStore(home)
    .list()
    .catch(() => [])
  return keys.filter(({ revokedAt }) => revokedAt !== undefined)
}

/** A backup is older than what was revoked after it; the names of those that it would have made valid again. */
async function revokeAgain(home: string, keys: readonly ApiKey[]): Promise<readonly string[]> {
  const store = openKeyStore(home)
  const names: string[] = []
  for (const { id } of keys) {
    const revoked = await store.revoke(id)
    if (revoked) names.push(revoked.name)
  }
  return names
}

function refusalOf(
  home: string,
  path: string,
  backup: string,
  force: boolean | undefined,
): string | undefined {
  if (!existsSync(backup)) return `There is no file at ${backup}.`
  const present = [path, ...backedUpFiles.map((name) => join(home, name))].filter(existsSync)
  if (present.length > 0 && !force) {
    return `${home} has conversations or keys already. --force puts them aside and takes those of the backup.`
  }
  if (isStoreInUse(path)) return `Parley is running on ${home}. Stop it first.`
  return undefined
}

/** The names under which earlier files were put aside. */
function writeFiles(home: string, { files }: PreparedRestore): readonly string[] {
  return backedUpFiles.flatMap((name) => {
    const content = files[name]
    if (content === undefined) return []
    const path = join(home, name)
    const aside = existsSync(path) ? freeName(`${path}.before-restore`) : undefined
    if (aside !== undefined) renameSync(path, aside)
    writeFileSync(path, content, { mode: ownerOnly })
    return aside === undefined ? [] : [aside]
  })
}
