import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WeightSource } from '../../../models/weights/fetch-source.js'
import type { WeightArtefact } from '../../../models/weights/weight-artefact.js'
import {
  artefact,
  createWeightFixture,
  sha256,
  type WeightFixture,
} from '../../support/weight-fixture.js'

let fixture: WeightFixture
beforeEach(async () => {
  fixture = await createWeightFixture()
})
afterEach(() => fixture.close())

describe('weights on disk', () => {
  it('are taken from the cache without asking a source', async () => {
    await fixture.provision()
    fixture.hub.requests.length = 0
    expect(await fixture.provision()).toEqual({
      ok: true,
      path: join(fixture.cacheFolder, 'some.gguf'),
      sha256: artefact.sha256,
    })
    expect(fixture.hub.requests).toEqual([])
  })

  it('are removed and fetched anew when their bytes have changed', async () => {
    await fixture.provision()
    await writeFile(join(fixture.cacheFolder, 'some.gguf'), 'GGUF but damaged')
    expect(await fixture.provision({ offline: true })).toMatchObject({
      ok: false,
      code: 'weights_corrupt',
    })
    expect(await readdir(fixture.cacheFolder)).not.toContain('some.gguf')
    expect((await fixture.provision()).ok).toBe(true)
  })

  it('are said to be missing, with a way out, when nothing may be fetched', async () => {
    const result = await fixture.provision({ offline: true })
    expect(result).toMatchObject({ ok: false, code: 'weights_missing' })
    expect(!result.ok && result.hints.join(' ')).toContain('some.gguf')
    expect(fixture.hub.requests).toEqual([])
  })

  it("may be the user's own file, which is used as it is", async () => {
    const own = join(fixture.cacheFolder, '..', 'own.gguf')
    await writeFile(own, 'GGUF of another model')
    expect(await fixture.provision({ override: own })).toMatchObject({ ok: true, path: own })
    await writeFile(own, 'not a model')
    expect(await fixture.provision({ override: own })).toMatchObject({ code: 'weights_corrupt' })
    await rm(own)
    expect(await fixture.provision({ override: own })).toMatchObject({ code: 'weights_missing' })
  })

  it('are said to be unobtainable when the cache folder cannot be made', async () => {
    await writeFile(join(fixture.cacheFolder, '..', 'file'), '')
    const result = await fixture.provision({
      cacheFolder: join(fixture.cacheFolder, '..', 'file', 'cache'),
    })
    expect(result).toMatchObject({ ok: false, code: 'weights_missing' })
  })
})

describe('weights made of several files', () => {
  const [first, second] = [Buffer.from('GGUF first'), Buffer.from(' second')]
  const whole = Buffer.concat([first, second])
  const file = (name: string, content: Buffer) => ({
    fileName: name,
    bytes: content.length,
    sha256: sha256(content),
    huggingFace: `hf:a/b/${name}`,
    packageMembers: [],
  })
  const composed: WeightArtefact = {
    ...artefact,
    fileName: 'composed.gguf',
    sha256: sha256(whole),
    sources: [file('first', first), file('second', second)],
    prepare: async (paths, target) => {
      const contents = await Promise.all(paths.map((source) => readFile(source)))
      await writeFile(target, Buffer.concat(contents))
    },
  }
  const contents = new Map(
    [first, second].map((content, index) => [index === 0 ? 'first' : 'second', content]),
  )
  const source: WeightSource = {
    name: 'memory',
    fetch: async ({ file: wanted, target, onProgress }) => {
      await writeFile(target, contents.get(wanted.fileName) ?? '')
      onProgress({ kind: 'bytes', done: wanted.bytes, total: wanted.bytes })
      return { ok: true }
    },
  }

  it('are prepared once all their files are there, and only the result is kept', async () => {
    expect((await fixture.provision({ sources: [source] }, composed)).ok).toBe(true)
    expect(await readFile(join(fixture.cacheFolder, 'composed.gguf'))).toEqual(whole)
    expect((await readdir(fixture.cacheFolder)).sort()).toEqual([
      'checksums',
      'composed.gguf',
      'some-NOTICE.txt',
    ])
  })

  it('count the bytes of all their files together', async () => {
    await fixture.provision({ sources: [source] }, composed)
    const bytes = fixture.progress.filter(({ kind }) => kind === 'bytes')
    expect(bytes).toEqual([
      { kind: 'bytes', done: first.length, total: whole.length },
      { kind: 'bytes', done: whole.length, total: whole.length },
    ])
  })

  it('are refused when preparing gives other bytes than it should', async () => {
    const prepare = (_: readonly string[], target: string) => writeFile(target, 'GGUF other')
    const result = await fixture.provision({ sources: [source] }, { ...composed, prepare })
    expect(result).toMatchObject({ ok: false, code: 'weights_corrupt' })
    expect(await readdir(fixture.cacheFolder)).not.toContain('composed.gguf')
  })
})
