/** API keys on disk: who may ask, with which rights. Only hashes are kept; a key is shown once, when it is made. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { isReservedName } from './user-names.js'

/** Each right includes those before it. */
export const scopes = ['ask', 'curate', 'admin'] as const
export type Scope = (typeof scopes)[number]

export interface ApiKey {
  readonly id: string
  /** The user's own word for it; active keys have different names. */
  readonly name: string
  readonly scope: Scope
  /** ISO times. */
  readonly createdAt: string
  readonly revokedAt?: string
}

export type CreatedKey =
  | { readonly ok: true; readonly key: ApiKey; readonly token: string }
  | { readonly ok: false; readonly message: string }

export interface KeyStore {
  /** Revoked ones too, oldest first. */
  list(): Promise<readonly ApiKey[]>
  create(name: string, scope: Scope): Promise<CreatedKey>
  /** By id or by the name of an active key; undefined when there is none. */
  revoke(idOrName: string): Promise<ApiKey | undefined>
  /** The active key that the token belongs to; sees what another process changed. */
  verify(token: string): Promise<ApiKey | undefined>
}

/** The file of keys is damaged, cannot be read or written, or another process does not finish writing it. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError'
  readonly code = 'keys_unreadable'
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u
const tokenPattern = /^parley_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/
const secretBytes = 32
const unusedHash = Buffer.alloc(secretBytes)
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
type StoredKey = z.infer<typeof fileSchema>['keys'][number]

export function openKeyStore(home: string): KeyStore {
  const path = join(home, 'keys.json')
  const read = cachedReader(path)
  return {
    list: async () => (await read()).map(withoutHash),
    create: (name, scope) =>
      changeFile<CreatedKey>(path, (keys) => {
        if (!namePattern.test(name) || isReservedName(name)) {
          return { result: refuse(`"${name}" cannot be a name.`) }
        }
        if (keys.some((key) => key.name === name && !key.revokedAt)) {
          return { result: refuse(`There is a key named ${name}. Revoke it first.`) }
        }
        const { stored, token } = makeKey(name, scope)
        return { result: { ok: true, key: withoutHash(stored), token }, keys: [...keys, stored] }
      }),
    revoke: (idOrName) =>
      changeFile(path, (keys) => {
        const wanted = ({ id, name, revokedAt }: StoredKey) =>
          !revokedAt && [id, name].includes(idOrName)
        const found = keys.find(wanted)
        if (!found) return { result: undefined }
        const revoked = { ...found, revokedAt: new Date().toISOString() }
        const changed = keys.map((key) => (key === found ? revoked : key))
        return { result: withoutHash(revoked), keys: changed }
      }),
    verify: async (token) => {
      const [, id] = tokenPattern.exec(token) ?? []
      const known = (await read()).find((key) => key.id === id && !key.revokedAt)
      const expected = known ? Buffer.from(known.hash, 'hex') : unusedHash
      return timingSafeEqual(hashOf(token), expected) && known ? withoutHash(known) : undefined
    },
  }
}

function refuse(message: string): CreatedKey & { ok: false } {
  return { ok: false, message }
}

function makeKey(name: string, scope: Scope) {
  const id = randomBytes(6).toString('hex')
  const token = `parley_${id}_${randomBytes(secretBytes).toString('base64url')}`
  const hash = hashOf(token).toString('hex')
  const stored: StoredKey = { id, name, scope, createdAt: new Date().toISOString(), hash }
  return { stored, token }
}

/** The secret is 256 random bits, so that a plain hash tells nothing about it. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function withoutHash({ hash: _hash, ...key }: StoredKey): ApiKey {
  return key
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

interface Change<Result> {
  readonly result: Result
  /** The file stays as it is without these. */
  readonly keys?: readonly StoredKey[]
}

/** The file of the next contents is also the lock: only one process can create it. */
async function changeFile<Result>(
  path: string,
  change: (keys: readonly StoredKey[]) => Change<Result>,
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
