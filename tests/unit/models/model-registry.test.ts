import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  chooseAdapter,
  chooseScratch,
  readModelRegistry,
} from '../../../models/registry/model-registry.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const base = sha256('the base model')
const otherBase = sha256('another base model')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-registry-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function install(name: string, score?: number, baseSha256 = base): Promise<void> {
  await writeFile(join(folder, `${name}.gguf`), name)
  const description = {
    name,
    file: `${name}.gguf`,
    sha256: sha256(name),
    base: { name: 'some-base', sha256: baseSha256 },
    ...(score !== undefined && { score: { measure: 'execution accuracy', value: score } }),
  }
  await writeFile(join(folder, `${name}.json`), JSON.stringify(description))
}

async function choose(wanted?: string) {
  return chooseAdapter(await readModelRegistry([{ path: folder, origin: 'own' }]), base, wanted)
}

describe('the model registry', () => {
  it('takes the best adapter that was trained on these weights', async () => {
    await install('fair', 0.5)
    await install('good', 0.7)
    await install('foreign', 0.9, otherBase)
    expect(await choose()).toMatchObject({
      ok: true,
      adapter: { name: 'good', path: join(folder, 'good.gguf') },
    })
  })

  it('uses an adapter that nobody has measured only when it is asked for by name', async () => {
    await install('unmeasured')
    expect(await choose()).toEqual({ ok: true, fingerprint: base })
    expect(await choose('unmeasured')).toMatchObject({ ok: true, adapter: { name: 'unmeasured' } })
    await install('fair', 0.1)
    expect(await choose()).toMatchObject({ ok: true, adapter: { name: 'fair' } })
  })

  it('takes no merged model for an adapter', async () => {
    await writeFile(join(folder, 'whole.json'), JSON.stringify({ kind: 'merged', name: 'whole' }))
    expect(await readModelRegistry([{ path: folder, origin: 'own' }])).toMatchObject({
      adapters: [],
      problems: [],
    })
  })

  it('gives every pair of base and adapter its own fingerprint', async () => {
    await install('fair', 0.5)
    await install('good', 0.7)
    const chosen = await Promise.all([choose('fair'), choose('good'), choose('none')])
    const fingerprints = chosen.map((choice) => choice.ok && choice.fingerprint)
    expect(new Set(fingerprints).size).toBe(3)
    expect(fingerprints[2]).toBe(base)
  })

  it('refuses an adapter that was trained on other weights', async () => {
    await install('foreign', 0.9, otherBase)
    expect(await choose('foreign')).toMatchObject({ ok: false, code: 'adapter_mismatch' })
  })

  it('refuses an adapter whose file is damaged or gone', async () => {
    await install('good', 0.7)
    await writeFile(join(folder, 'good.gguf'), 'other bytes')
    expect(await choose()).toMatchObject({ ok: false, code: 'adapter_corrupt' })
    await rm(join(folder, 'good.gguf'))
    expect(await choose()).toMatchObject({ ok: false, code: 'adapter_corrupt' })
  })

  it('says which adapters there are when the wanted one is not', async () => {
    await install('good', 0.7)
    expect(await choose('goood')).toMatchObject({
      ok: false,
      code: 'adapter_missing',
      hints: ['Installed: good.'],
    })
  })

  it('uses the base model alone when there is no folder', async () => {
    const registry = await readModelRegistry([{ path: join(folder, 'nowhere'), origin: 'own' }])
    expect(registry).toMatchObject({ adapters: [], problems: [] })
    expect(await chooseAdapter(registry, base)).toEqual({ ok: true, fingerprint: base })
  })

  it('names descriptions it cannot read, and goes on with the others', async () => {
    await install('good', 0.7)
    await writeFile(join(folder, 'broken.json'), '{"name": ')
    await writeFile(join(folder, 'sly.json'), JSON.stringify({ name: 'sly', file: '../../x.gguf' }))
    const registry = await readModelRegistry([{ path: folder, origin: 'own' }])
    expect(registry.adapters.map((adapter) => adapter.name)).toEqual(['good'])
    expect(registry.problems.map((problem) => problem.split(' ')[0])).toEqual([
      'broken.json',
      'sly.json',
    ])
  })
})

describe('models from scratch', () => {
  async function installScratch(name: string, more: object = {}, bytes = name): Promise<void> {
    await writeFile(join(folder, `${name}.gguf`), bytes)
    const description = {
      kind: 'scratch',
      name,
      file: `${name}.gguf`,
      sha256: sha256(name),
      type: 'q8_0',
      training: { dataHash: sha256('rows'), files: ['train-1.jsonl'], steps: 7, shape: {} },
      dataSets: ['spider'],
      notice: 'Trained on Spider.',
      exportedAt: '2026-11-22T17:00:00+00:00',
      exportedFrom: null,
      ...more,
    }
    await writeFile(join(folder, `${name}.json`), JSON.stringify(description))
  }
  const read = () => readModelRegistry([{ path: folder, origin: 'own' }])
  const scored = (value: number) => ({ score: { measure: 'execution accuracy', value } })

  it('are no adapters, and stand in the order of their scores, then the newest first', async () => {
    await install('adapter', 0.5)
    await installScratch('old')
    await installScratch('new', { exportedAt: '2026-11-23T17:00:00+00:00' })
    await installScratch('measured', scored(0.1))
    const { adapters, scratch, problems } = await read()
    expect(adapters.map(({ name }) => name)).toEqual(['adapter'])
    expect(scratch.map(({ name }) => name)).toEqual(['measured', 'new', 'old'])
    expect(problems).toEqual([])
  })

  it('are passed over where the file is not the one that was described', async () => {
    await installScratch('damaged', scored(0.9), 'other bytes')
    expect(await chooseScratch(await read())).toMatchObject({ ok: false, code: 'scratch_corrupt' })
    await installScratch('whole')
    expect(await chooseScratch(await read())).toMatchObject({
      ok: true,
      scratch: { name: 'whole', path: join(folder, 'whole.gguf') },
      fingerprint: sha256('whole'),
    })
  })

  it('are missing until one is installed, and the message says where to look', async () => {
    expect(await chooseScratch(await read())).toMatchObject({ ok: false, code: 'scratch_missing' })
    await writeFile(join(folder, 'x.json'), JSON.stringify({ kind: 'scratch', name: 'x' }))
    const { problems } = await read()
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('x.json')
  })
})
