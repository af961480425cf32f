/** API keys in a file of the home, which processes read while others change it. */
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import {
  createKeyStore,
  type KeyChange,
  KeyFileError,
  type KeyStore,
  type StoredKey,
  scopes,
} from './key-store.js'

/** A file of changes older than this was left behind by a process that ended. */
const abandonedMs = 10_000

const fileSchema = z.strictObject({
  version: z.literal(1),
  keys: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      scope: z.enum(scopes),
      createdAt: z.string(),
      revokedAt: z.string().optional(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
})

export function openKeyStore(home: string): KeyStore {
  const path = join(home, 'keys.json')
  const list = cachedReader(path)
  return createKeyStore({
    list,
    find: async (wanted) => (await list()).find(({ id }) => id === wanted),
    change: (change) => changeFile(path, change),
  })
}

/** Reads the file again only when it is another one, so that each request may ask. */
function cachedReader(path: string): () => Promise<readonly StoredKey[]> {
  let known: { readonly version: string; readonly keys: readonly StoredKey[] } | undefined
  return async () => {
    const found = await stat(path, { bigint: true }).catch(absent)
    const version = found ? `${found.ino} ${found.mtimeNs} ${found.size}` : ''
    if (known?.version !== version) known = { version, keys: await readKeys(path) }
    return known.keys
  }
}

async function readKeys(path: string): Promise<readonly StoredKey[]> {
  const text = await readFile(path, 'utf8').catch(absent)
  if (text === undefined) return []
  try {
    return fileSchema.parse(JSON.parse(text)).keys
  } catch (cause) {
    throw new KeyFileError(`${path} is damaged. Put it back, or delete it and make new keys.`, {
      cause,
    })
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw new KeyFileError(error.message, { cause: error })
}

/** The file of the next contents is also the lock: only one process can create it. */
async function changeFile<Result>(
  path: string,
  change: (keys: readonly StoredKey[]) => KeyChange<Result>,
): Promise<Result> {
  const next = `${path}.next`
  await removeAbandoned(next)
  const file = await open(next, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST'
      ? new KeyFileError('The keys are being changed by another process. Try again.', { cause })
      : new KeyFileError(`The keys cannot be changed: ${cause.message}`, { cause })
  })
  let isRenamed = false
  try {
    const { result, keys } = change(await readKeys(path))
    if (!keys) return result
    await file.writeFile(`${JSON.stringify({ version: 1, keys }, undefined, 2)}\n`)
    await file.sync()
    await rename(next, path)
    isRenamed = true
    await reachDisk(dirname(path))
    return result
  } finally {
    await file.close()
    // From the moment of renaming the name may be another process's lock.
    if (!isRenamed) await rm(next, { force: true })
  }
}

/** Else a key that was revoked could be valid again after a loss of power. */
async function reachDisk(folder: string): Promise<void> {
  // Windows opens no folders.
  if (process.platform === 'win32') return
  const file = await open(folder)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function removeAbandoned(path: string): Promise<void> {
  const found = await stat(path).catch(absent)
  if (found && Date.now() - found.mtimeMs > abandonedMs) await rm(path, { force: true })
}
