/** `parley backup`: everything that cannot be had again, in one file; a service may go on meanwhile. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { backUpStore, type StoreCounts } from '../../data/store/backup-store.js'
import { StoreError } from '../../data/store/store-error.js'
import { conversationsPath } from '../conversation-store.js'
import { exitCodes } from '../exit-codes.js'
import { KeyFileError } from '../key-store.js'
import type { CommandContext } from './command-context.js'

export interface BackupOptions {
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** Small files of a home that go into a backup. Weights, indexes, imports and logs are made again. */
export const backedUpFiles = ['keys.json'] as const

/** Where replicas share the store, it is no file. */
export const keptElsewhere =
  'PARLEY_STORE names a PostgreSQL server: back up its schema parley with pg_dump, and restore it with pg_restore.'

export async function backup(
  { out, force, json }: BackupOptions,
  { config, terminal }: CommandContext,
): Promise<number> {
  if (config.store !== undefined) {
    terminal.say(keptElsewhere)
    return exitCodes.usage
  }
  const store = conversationsPath(config.home)
  const files = await smallFiles(config.home)
  if (!existsSync(store) && Object.keys(files).length === 0) {
    terminal.say(`There is nothing to back up in ${config.home}.`)
    return exitCodes.failed
  }
  const target = resolve(out ?? `parley-backup-${new Date().toISOString().slice(0, 10)}.sqlite`)
  if (existsSync(target) && !force) {
    terminal.say(`${target} is there already. Give another --out, or --force to replace it.`)
    return exitCodes.failed
  }
  try {
    const counts = backUpStore(store, target, files)
    terminal.print(
      json
        ? JSON.stringify({ file: target, ...counts, files: Object.keys(files) })
        : `${countsInWords(counts)} are in ${target}.`,
    )
    return exitCodes.answered
  } catch (error) {
    terminal.say(`The backup could not be written. ${reasonOf(error)}`)
    return exitCodes.failed
  }
}

export function countsInWords({ conversations, turns, approvedPairs, cards }: StoreCounts): string {
  return `${conversations} conversations with ${turns} turns, ${approvedPairs} approved pairs and ${cards} cards`
}

/** In plain words what is known; a mistake of ours is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof StoreError || error instanceof KeyFileError) return error.message
  if (error instanceof Error && 'code' in error && 'syscall' in error) return error.message
  throw error
}

async function smallFiles(home: string): Promise<Readonly<Record<string, string>>> {
  const present = backedUpFiles.filter((name) => existsSync(join(home, name)))
  const entries = await Promise.all(
    present.map(async (name) => [name, await readFile(join(home, name), 'utf8')] as const),
  )
  return Object.fromEntries(entries)
}
