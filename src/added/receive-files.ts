/** Writes files that are being sent into a folder of their own, within a number of bytes. */
import { setMaxListeners } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { additionError } from './added-datasets.js'
import { isDatabaseFile, safeFileName } from './name-dataset.js'

export interface ReceivedFiles {
  /** In the order they came. */
  readonly names: readonly string[]
  take(fileName: string, content: Readable): Promise<void>
  /** Stops what is being written, and removes everything. */
  drop(): Promise<void>
}

const ownerOnly = 0o600
const ownerFolder = 0o700
const maxFiles = 200

/** `folder` must be new. */
export async function receiveFiles(folder: string, maxBytes: number): Promise<ReceivedFiles> {
  await mkdir(folder, { recursive: true, mode: ownerFolder })
  const stopping = new AbortController()
  // Every file that is being written listens.
  setMaxListeners(maxFiles, stopping.signal)
  const taking = new Set<Promise<void>>()
  const names: string[] = []
  let bytes = 0
  const counted = () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length
        done(bytes > maxBytes ? tooLarge(maxBytes) : null, chunk)
      },
    })
  const write = async (fileName: string, content: Readable) => {
    if (names.length >= maxFiles) {
      throw additionError('too_large', `These are more than ${maxFiles} files.`)
    }
    const name = safeFileName(fileName, new Set(names.map((each) => each.toLowerCase())))
    if (names.length > 0 && [name, ...names].some(isDatabaseFile)) {
      throw additionError(
        'unsupported',
        'A database file makes a dataset of its own; send it alone.',
      )
    }
    names.push(name)
    const file = createWriteStream(join(folder, name), { flags: 'wx', mode: ownerOnly })
    await pipeline(content, counted(), file, { signal: stopping.signal }).catch(refuseFullDisk)
  }
  return {
    names,
    take: (fileName, content) => {
      const taken = write(fileName, content).finally(() => taking.delete(taken))
      taking.add(taken)
      taken.catch(() => content.resume())
      return taken
    },
    drop: async () => {
      stopping.abort()
      await Promise.allSettled(taking)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export function tooLarge(maxBytes: number) {
  const most = `${(maxBytes / 1e6).toLocaleString('en')} MB`
  return additionError('too_large', `The files are larger than ${most} together.`)
}

export function refuseFullDisk(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
  throw additionError('disk_full', 'There is no room for the files.', 'Make room on the disk.')
}
