/** The adapters of a service that runs: which is in use, another one, and back. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../src/key-file.js'
import {
  type AdaptedModels,
  type AdaptedOptions,
  adaptedModels,
  writeAdapter,
} from '../support/adapted-models.js'
import { closedGate } from '../support/gate.js'
import { type RealService, type RealServiceOptions, realService } from '../support/real-service.js'
import { scriptedModel } from '../support/scripted-model.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const shipped = 'parley-sql-270m'

let home: TemporaryHome
let source: string
let models: AdaptedModels
let service: RealService

beforeEach(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
})
afterEach(async () => {
  await service.close()
  await models.close()
  await home.remove()
})

async function start(options: AdaptedOptions = {}, more: Partial<RealServiceOptions> = {}) {
  models = await adaptedModels(home.path, options)
  const model = scriptedModel(() => '')
  const { adapter } = options
  service = await realService({ home: home.path, source, model, models, adapter, ...more })
}

async function restart(options: AdaptedOptions = {}) {
  await service.close()
  await models.close()
  await start(options)
}

async function send(path: string, method = 'GET', body?: object, key?: string) {
  const response = await fetch(`${service.url}/api/v1/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(key && { Authorization: `Bearer ${key}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answered: ReturnType<typeof JSON.parse> = await response.json()
  return { status: response.status, body: answered }
}

const list = async () => (await send('models')).body
const activate = (adapter: string) => send('models/active', 'PUT', { adapter })
const rollBack = () => send('models/roll_back', 'POST')
const ask = () => send('chat', 'POST', { message: 'Which store has most?', generator: 'local' })

describe('the list of adapters', () => {
  it('has the shipped one and those of the home, best first, and says which is in use and why', async () => {
    await writeAdapter(home.path, 'mine', { score: 0.9 })
    await writeAdapter(home.path, 'foreign', { score: 0.2, baseSha256: 'f'.repeat(64) })
    await start()
    const { state, base, active, before, adapters } = await list()
    expect([state, base.name, active.adapter, active.reason, before]).toEqual([
      'ok',
      'gemma-3-270m-q4_k_m',
      'mine',
      'best',
      undefined,
    ])
    expect(adapters).toMatchObject([
      { name: 'mine', origin: 'own', fits: true, isActive: true, bytes: 4, score: { value: 0.9 } },
      { name: shipped, origin: 'shipped', fits: true, isActive: false, training: { steps: 345 } },
      { name: 'foreign', origin: 'own', fits: false, isActive: false },
    ])
    expect(adapters[1].notice).toContain('Gemma Terms of Use')
    expect(JSON.stringify(await list())).not.toContain(home.path)
  })

  it('names merged models, and descriptions that cannot be used', async () => {
    await mkdir(join(home.path, 'adapters'))
    const write = (name: string, text: string) => writeFile(join(home.path, 'adapters', name), text)
    await write('whole.json', '{"kind": "merged", "name": "whole", "file": "whole.gguf"}')
    await write('broken.json', '{"name": ')
    await writeAdapter(home.path, 'none')
    await writeAdapter(home.path, shipped)
    await start()
    const { merged, problems, adapters } = await list()
    expect(merged).toEqual([{ name: 'whole', file: 'whole.gguf', origin: 'own' }])
    expect(problems.map((problem: string) => problem.split(' ')[0])).toEqual([
      'broken.json',
      'none.json',
      `${shipped}.json`,
    ])
    expect(adapters.map(({ origin }: { origin: string }) => origin)).toEqual(['shipped'])
  })
})

describe('activating an adapter', () => {
  it('holds from the next question on, changes what answers are known by, and is rolled back', async () => {
    await writeAdapter(home.path, 'mine')
    await start()
    const first = (await ask()).body
    const activated = await activate('mine')
    expect(activated).toMatchObject({
      status: 200,
      body: { active: { adapter: 'mine', reason: 'chosen' }, before: 'auto' },
    })
    const second = (await ask()).body
    expect(second.provenance.fingerprint).not.toBe(first.provenance.fingerprint)
    expect(models.closed).toEqual([`gemma-3-270m-q4_k_m + ${shipped}`])
    const { body: health } = await send('health')
    expect(JSON.stringify(health)).toContain('gemma-3-270m-q4_k_m + mine is loaded.')
    expect(await rollBack()).toMatchObject({
      status: 200,
      body: { active: { adapter: shipped, reason: 'best' } },
    })
    expect((await ask()).body.provenance.fingerprint).toBe(first.provenance.fingerprint)
    expect(await rollBack()).toMatchObject({
      status: 409,
      body: { error: { code: 'not_activated' } },
    })
  })

  it('lets a question that is being answered end on the old one', async () => {
    await writeAdapter(home.path, 'mine')
    const begun = closedGate()
    const gate = closedGate()
    await start({
      wait: async (name) => {
        begun.open()
        if (name.endsWith(shipped)) await gate.passed
      },
    })
    const old = (await list()).active.fingerprint
    const asked = ask()
    await begun.passed
    expect((await activate('mine')).status).toBe(200)
    const next = ask()
    await expect.poll(() => service.modelQueue.waiting()).toBe(1)
    expect(models.closed).toEqual([])
    gate.open()
    const answers = [await asked, await next].map(({ body }) => body)
    const now = (await list()).active.fingerprint
    expect(answers.map(({ provenance }) => provenance.model)).toEqual([old, now])
    expect(now).not.toBe(old)
    await expect.poll(() => models.closed).toEqual([`gemma-3-270m-q4_k_m + ${shipped}`])
  })

  it('is kept over restarts, and so is what to roll back to', async () => {
    await writeAdapter(home.path, 'mine')
    await start()
    await activate('mine')
    await activate('none')
    await restart()
    expect(await list()).toMatchObject({ active: { reason: 'chosen' }, before: 'mine' })
    expect((await list()).active.adapter).toBeUndefined()
    await rollBack()
    await restart()
    expect(await list()).toMatchObject({ active: { adapter: 'mine' }, before: 'auto' })
  })

  it.each([
    ['not_found', 404, 'nowhere', 'There is no LoRA adapter called nowhere.'],
    ['not_activated', 409, 'foreign', 'trained on other weights'],
    ['not_activated', 409, 'damaged', 'has the wrong SHA-256'],
    ['not_activated', 409, 'hollow', 'hollow.gguf holds no tensors'],
  ])(
    'is refused as %s (%i) for one that is %s, and the old one stays',
    async (code, status, name, said) => {
      await writeAdapter(home.path, 'foreign', { baseSha256: 'f'.repeat(64) })
      await writeAdapter(home.path, 'damaged', { bytes: 'other bytes' })
      await writeAdapter(home.path, 'hollow')
      await start({ unusable: 'hollow.gguf' })
      const refused = await activate(name)
      expect([refused.status, refused.body.error.code]).toEqual([status, code])
      expect(refused.body.error.message).toContain(said)
      expect(JSON.stringify(refused.body)).not.toContain(home.path)
      expect((await list()).active).toMatchObject({ adapter: shipped, reason: 'best' })
      expect((await ask()).body.ok).toBe(true)
      await restart()
      expect((await list()).active.adapter).toBe(shipped)
    },
  )

  it('leaves the old one in place when the choice cannot be kept', async () => {
    await writeAdapter(home.path, 'mine')
    await start()
    await mkdir(join(home.path, 'adapter-choice.json.part'))
    expect(await activate('mine')).toMatchObject({
      status: 507,
      body: { error: { code: 'not_kept' } },
    })
    expect((await list()).active.adapter).toBe(shipped)
    expect(models.closed).toEqual(['gemma-3-270m-q4_k_m + mine'])
  })

  it('begins one after the other, and the last one holds', async () => {
    await writeAdapter(home.path, 'mine')
    await start()
    const all = await Promise.all([activate('mine'), activate('none'), activate('mine')])
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await list()).active.adapter).toBe('mine')
    expect(models.opened.length - models.closed.length).toBe(1)
  })

  it('is left to the setting where there is one', async () => {
    await writeAdapter(home.path, 'mine')
    await start()
    await activate('mine')
    await restart({ adapter: 'none' })
    expect(await list()).toMatchObject({ setting: 'none', active: { reason: 'setting' } })
    const refused = await activate('mine')
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'not_activated' } } })
    expect(refused.body.error.message).toContain('PARLEY_ADAPTER')
    expect((await rollBack()).status).toBe(409)
    await restart()
    expect((await list()).active.adapter).toBe('mine')
  })

  it('mends a start whose adapter was gone', async () => {
    await writeAdapter(home.path, 'mine')
    await start()
    await activate('mine')
    await rm(join(home.path, 'adapters', 'mine.gguf'))
    await restart()
    const broken = await list()
    expect(broken).toMatchObject({ state: 'missing', base: { name: 'gemma-3-270m-q4_k_m' } })
    expect(broken.note).toContain('mine.gguf is missing')
    expect((await rollBack()).body).toMatchObject({ state: 'ok', active: { adapter: shipped } })
    expect((await ask()).body.ok).toBe(true)
  })

  it('needs the scope admin, and looking does not', async () => {
    const store = openKeyStore(home.path)
    const made = await store.create('ada', 'curate')
    if (!made.ok) throw new Error(made.message)
    await start({}, { keys: { store, required: true } })
    expect((await send('models', 'GET', undefined, made.token)).status).toBe(200)
    for (const [path, method] of [
      ['models/active', 'PUT'],
      ['models/roll_back', 'POST'],
    ] as const) {
      expect((await send(path, method, { adapter: 'none' }, made.token)).status).toBe(403)
    }
  })
})
