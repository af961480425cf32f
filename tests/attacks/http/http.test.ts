/** Attacks on the HTTP door over the wire: each is answered in the one shape, gives nothing away and leaves no mark. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RealService, realService } from '../../support/real-service.js'
import { slowModel } from '../../support/slow-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'
import { accessAttacks } from './access-attacks.js'
import { bodyAttacks } from './body-attacks.js'
import { framingAttacks } from './framing-attacks.js'
import { bytesOf, type HttpAttack } from './http-attack.js'
import { leaks } from './leaks.js'
import { mcpAttacks } from './mcp-attacks.js'
import { openaiAttacks } from './openai-attacks.js'
import { pathAttacks } from './path-attacks.js'
import { resultAttacks } from './result-attacks.js'
import { type Received, sendBytes } from './send-bytes.js'

const attacks = [
  ...accessAttacks,
  ...bodyAttacks,
  ...pathAttacks,
  ...framingAttacks,
  ...resultAttacks,
  ...openaiAttacks,
  ...mcpAttacks,
]
let home: TemporaryHome
let service: RealService

beforeAll(async () => {
  home = await temporaryHome()
  const source = await home.write(shopFiles)
  const model = slowModel('select 1', 0)
  // So many attacks in a row are more than one address may send.
  const limits = { requestsPerSecond: 10_000 }
  service = await realService({ home: home.path, source, model, limits })
})
afterAll(async () => {
  await service.close()
  await home.remove()
})

function send(attack: HttpAttack): Promise<Received> {
  return sendBytes(service.url, bytesOf(attack))
}

describe(`each of ${attacks.length} attacks`, () => {
  it('is another one', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(150)
    expect(new Set(attacks.map((attack) => bytesOf(attack).toString('base64'))).size).toBe(
      attacks.length,
    )
  })

  it.each(attacks.map((attack) => [attack.title, attack] as const))(
    '%s',
    async (_title, attack) => {
      const { status, headers, body } = await send(attack)
      expect(attack.status).toContain(status)
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(headers).not.toHaveProperty('x-evil')
      if (status < 400) return
      expect(headers['content-type']).toContain('application/json')
      if (attack.method === 'HEAD') return
      const { error, ...rest } = JSON.parse(body)
      expect(rest).toEqual({})
      expect(
        Object.keys(error).filter((key) => !['code', 'message', 'hints'].includes(key)),
      ).toEqual([])
      if (attack.code !== undefined) expect(error.code).toBe(attack.code)
      expect(body).not.toMatch(leaks)
      expect(body.length).toBeLessThan(2_000)
    },
  )

  it('leaves the service as it was', async () => {
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200)
    const response = await fetch(`${service.url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'Total sales amount in 2023' }),
    })
    expect(await response.json()).toMatchObject({ ok: true })
  })
})
