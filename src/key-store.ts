/** API keys: who may ask, with which rights. Only hashes are kept; a key is shown once, when it is made. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
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

/** A key as it is kept. */
export interface StoredKey extends ApiKey {
  /** SHA-256 of the token, in hexadecimal. */
  readonly hash: string
}

/** Where keys are kept: in a file, or where replicas share them. All reject with `KeyFileError`. */
export interface KeyPlace {
  /** Oldest first. */
  list(): Promise<readonly StoredKey[]>
  find(id: string): Promise<StoredKey | undefined>
  /** One change after the other, whoever makes them; keys are added and revoked, and never go. */
  change<Result>(change: (keys: readonly StoredKey[]) => KeyChange<Result>): Promise<Result>
}

export interface KeyChange<Result> {
  readonly result: Result
  /** The keys stay as they are without these. */
  readonly keys?: readonly StoredKey[]
}

/** The keys cannot be read or changed: their file is damaged or in use, or their server is away. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError'
  readonly code = 'keys_unreadable'
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u
const tokenPattern = /^parley_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/
const secretBytes = 32
const unusedHash = Buffer.alloc(secretBytes)

export function createKeyStore({ find, list, change }: KeyPlace): KeyStore {
  return {
    list: async () => (await list()).map(withoutHash),
    create: (name, scope) =>
      change<CreatedKey>((keys) => {
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
      change((keys) => {
        const wanted = ({ id, name, revokedAt }: StoredKey) =>
          !revokedAt && [id, name].includes(idOrName)
        const found = keys.find(wanted)
        if (!found) return { result: undefined }
        const revoked = { ...found, revokedAt: new Date().toISOString() }
        const changed = keys.map((key) => (key === found ? revoked : key))
        return { result: withoutHash(revoked), keys: changed }
      }),
    verify: async (token) => {
      const [, id = ''] = tokenPattern.exec(token) ?? []
      const found = await find(id)
      const known = found?.revokedAt === undefined ? found : undefined
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
