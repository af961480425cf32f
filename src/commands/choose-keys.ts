/** Whether a service that listens on an address needs API keys, and whether it may start without any. */
import { isIPv4 } from 'node:net'
import type { Config } from '../config.js'
import type { Keys } from '../http/authenticate.js'
import type { KeyFileError, KeyStore } from '../key-store.js'

export type ChosenKeys =
  | { readonly ok: true; readonly keys: Keys; readonly warning?: string }
  | { readonly ok: false; readonly message: string }

export async function chooseKeys(
  { host, keys }: Pick<Config, 'host' | 'keys'>,
  store: KeyStore,
): Promise<ChosenKeys> {
  const known = await store.list().catch((error: KeyFileError) => error.message)
  if (typeof known === 'string') return { ok: false, message: known }
  const active = known.filter(({ revokedAt }) => revokedAt === undefined)
  const required = keys === 'always' || (keys === 'auto' && !isLoopback(host))
  if (!required || active.length > 0) {
    const isOpen = !required && !isLoopback(host)
    return { ok: true, keys: { store, required }, ...(isOpen && { warning: everybody }) }
  }
  const message = [
    isLoopback(host)
      ? 'PARLEY_KEYS is always, and there is no API key yet.'
      : `Others can reach ${host}, so everybody needs an API key, and there is none yet.`,
    'Make one with: parley key create --name NAME --scope ask',
  ].join('\n')
  return { ok: false, message }
}

const everybody = 'PARLEY_KEYS is never: whoever reaches this address may ask, and do everything.'

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}
