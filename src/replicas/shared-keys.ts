/** API keys in PostgreSQL: one that is revoked at one replica is worthless at all of them, with the next request. */
import type { SharedStore } from '../../data/store/postgres/open-shared-store.js'
import { StoreError } from '../../data/store/store-error.js'
import { type Cell, optionalText, type StoreSql, text } from '../../data/store/store-sql.js'
import {
  createKeyStore,
  KeyFileError,
  type KeyStore,
  type Scope,
  type StoredKey,
} from '../key-store.js'

export function sharedKeys({ sql }: Pick<SharedStore, 'sql'>): KeyStore {
  return createKeyStore({
    list: () => orSay(() => listOn(sql)),
    find: (id) => orSay(async () => (await sql.rows(`${keySql} WHERE id = ?`, id)).map(toKey)[0]),
    change: (change) =>
      orSay(() =>
        sql.transaction('keys', async (within) => {
          const { result, keys = [] } = change(await listOn(within))
          for (const key of keys) await write(within, key)
          return result
        }),
      ),
  })
}

const keySql = 'SELECT id, name, scope, created_at, revoked_at, hash FROM api_keys'

async function listOn(sql: StoreSql): Promise<readonly StoredKey[]> {
  return (await sql.rows(`${keySql} ORDER BY rowid`)).map(toKey)
}

async function write(sql: StoreSql, key: StoredKey): Promise<void> {
  const { id, name, scope, createdAt, revokedAt = null, hash } = key
  await sql.change(writeSql, id, name, scope, createdAt, revokedAt, hash)
}

const writeSql = `
  INSERT INTO api_keys VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at`

function toKey([id, name, scope, createdAt, revokedAt, hash]: readonly Cell[]): StoredKey {
  const revoked = optionalText(revokedAt)
  return {
    id: text(id),
    name: text(name),
    scope: text(scope) as Scope,
    createdAt: text(createdAt),
    ...(revoked !== undefined && { revokedAt: revoked }),
    hash: text(hash),
  }
}

async function orSay<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof StoreError ? new KeyFileError(error.message, { cause: error }) : error
  }
}
