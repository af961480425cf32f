/** The processes that engines run in, where the system gives none or one of them is broken. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineProcess, ProcessEndedError } from '../../../data/engine-process/engine-process.js'
import { ProcessPool } from '../../../data/engine-process/process-pool.js'
import { packageRoot } from '../../../models/package-root.js'

/** The system refuses so long an argument at once, as it does when it has no memory for a process. */
const unstartable = { file: 'x'.repeat(3_000_000), graceMs: 0 }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-engine-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.skipIf(process.platform === 'win32')('A process that cannot be started', () => {
  it('is one that has ended', async () => {
    const none = new EngineProcess(unstartable)
    await expect(none.request({ open: {} })).rejects.toThrow(ProcessEndedError)
    expect(none.alive).toBe(false)
    none.close()
  })

  it('leaves its turn to the next question', async () => {
    const pool = new ProcessPool({ program: unstartable, open: {}, children: 1 })
    const { signal } = new AbortController()
    const ask = () => pool.use({ version: '', timeoutMs: 1_000, signal }, async () => 1)
    for (const asked of [ask(), ask(), ask()]) {
      await expect(asked).rejects.toThrow(ProcessEndedError)
    }
    await pool.warm('')
    pool.close()
  })
})

describe('A process that writes nonsense', () => {
  it('is listened to until it answers', async () => {
    const file = join(folder, 'broken.mjs')
    const said = '[null, 7, "x", [], {}, { id: null }, { id: 1, ok: true, said: "at last" }]'
    await writeFile(file, `process.on('message', () => ${said}.forEach((m) => process.send(m)))`)
    const broken = new EngineProcess({ file: relative(packageRoot, file), graceMs: 0 })
    await expect(broken.request({})).resolves.toMatchObject({ said: 'at last' })
    broken.close()
  })
})
