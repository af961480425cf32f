/** The whole service over the small shop, for two users who need their keys. */
import { openKeyStore } from '../../src/key-file.js'
import type { ServiceLimits } from '../../src/service-limits.js'
import { realService } from './real-service.js'
import { slowModel } from './slow-model.js'
import { shopFiles, temporaryHome } from './temporary-product.js'

export interface KeyedService {
  readonly url: string
  readonly home: string
  /** Below /api/v1/, as ada or bob, who may both ask and teach. */
  send(who: 'ada' | 'bob', path: string, request?: RequestInit): Promise<Response>
  post(
    who: 'ada' | 'bob',
    path: string,
    body: object,
  ): Promise<{ readonly status: number; readonly body: ReturnType<typeof JSON.parse> }>
  close(): Promise<void>
}

/** `source` is a path; without one, the shop's CSV files. */
export async function keyedService(
  limits: Partial<ServiceLimits> = {},
  source?: string,
): Promise<KeyedService> {
  const home = await temporaryHome()
  const store = openKeyStore(home.path)
  const tokens: Record<string, string> = {}
  for (const name of ['ada', 'bob']) {
    const created = await store.create(name, 'curate')
    if (created.ok) tokens[name] = created.token
  }
  const service = await realService({
    home: home.path,
    source: source ?? (await home.write(shopFiles)),
    model: slowModel('select 1', 0),
    // On a busy machine a look at SQL may take a while.
    limits: { requestsPerSecond: 1_000, gateMs: 20_000, ...limits },
    keys: { store, required: true },
  })
  const send: KeyedService['send'] = (who, path, request = {}) => {
    const headers = new Headers(request.headers)
    headers.set('Authorization', `Bearer ${tokens[who]}`)
    return fetch(`${service.url}/api/v1/${path}`, { ...request, headers })
  }
  return {
    url: service.url,
    home: home.path,
    send,
    post: async (who, path, body) => {
      const headers = { 'Content-Type': 'application/json' }
      const response = await send(who, path, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    close: async () => {
      await service.close()
      await home.remove()
    },
  }
}
