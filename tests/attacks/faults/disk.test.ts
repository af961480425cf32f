/** Disks that are full, read-only or damaged, under the whole product: real ones, where root may mount them. */
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answer } from '../../../agents/answer.js'
import { openSqliteAppStore } from '../../../data/store/sqlite-app-store.js'
import type { Health } from '../../../src/orchestrator.js'
import { startProduct } from '../../support/product-process.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'

const mayMount = spawnSync('unshare', ['-m', 'true']).status === 0
if (!mayMount) console.warn('Only root can mount disks: these tests are skipped.')

const question = 'Total sales amount in 2023'
const diskBytes = 24_000_000
/** What a start may take on a busy machine: it is made from the sources each time. */
const startMs = 120_000

let files: TemporaryHome
let source: string
beforeAll(async () => {
  files = await temporaryHome()
  source = await files.write(shopFiles)
})
afterAll(() => files.remove())

it.skipIf(!mayMount)(
  'on a full disk questions are answered with a warning, and kept again once there is room',
  async () => {
    const home = await temporaryHome()
    const mount = `mount -t tmpfs -o size=${diskBytes} tmpfs '${home.path}'`
    const product = await startProduct({ home: home.path, source, mount })
    const ask = () => product.request<Answer>('ask', { question })
    const before = await ask()
    expect([before.ok, before.warnings]).toEqual([true, []])

    // The disk as the product sees it.
    const filler = join(`/proc/${product.pid}/root${home.path}`, 'filler')
    await fill(filler)
    const answers = [await ask(), await ask()]
    for (const { ok, warnings } of answers) {
      expect([ok, warnings.join()]).toEqual([true, expect.stringContaining('could not be kept')])
    }
    const health = await product.request<Health>('health')
    expect(health.ready).toBe(true)
    expect(health.parts).toContainEqual(
      expect.objectContaining({ name: 'conversations', state: 'degraded' }),
    )

    await rm(filler)
    const after = await ask()
    expect([after.ok, after.warnings]).toEqual([true, []])
    const kept = await product.request<readonly string[]>('kept')
    expect(kept.toSorted()).toEqual([before.id, after.id].toSorted())
    expect(await product.close()).toBe(0)
    await home.remove()
  },
  startMs * 3,
)

it.skipIf(!mayMount)(
  'on a read-only disk it refuses to start, in plain words',
  async () => {
    const home = await temporaryHome()
    const mount = `mount -t tmpfs -o ro tmpfs '${home.path}'`
    await expect(startProduct({ home: home.path, source, mount })).rejects.toThrow(
      'cannot be written',
    )
    await home.remove()
  },
  startMs * 2,
)

it.skipIf(!mayMount).each([
  ['a copy of the data', 1_000_000, true, 'no room under PARLEY_HOME'],
  ['the demo', 1_000_000, false, 'no room under PARLEY_HOME'],
  ['the file of conversations', 64_000, true, 'The disk is full'],
])(
  'on a disk too full for %s it refuses to start, in plain words',
  async (_, bytes, isImport, said) => {
    const home = await temporaryHome()
    const mount = `mount -t tmpfs -o size=${bytes} tmpfs '${home.path}'`
    const large = join(files.path, 'large.csv')
    const rows = Array.from({ length: 40_000 }, (_, row) => `${row},${Math.sin(row)},${row ** 3}`)
    await writeFile(large, `id,one,two\n${rows.join('\n')}\n`)
    const start = startProduct({ home: home.path, source: isImport ? large : undefined, mount })
    await expect(start).rejects.toThrow(said)
    await home.remove()
  },
  startMs * 2,
)

it(
  'whose file of conversations is damaged while it runs goes on, and puts it aside at the next start',
  async () => {
    const home = await temporaryHome()
    const path = join(home.path, 'conversations.sqlite')
    await fillStore(path)
    const product = await startProduct({ home: home.path, source })
    await product.request('ask', { question })
    await overwrite(path)
    const answer = await product.request<Answer>('ask', {
      question,
      options: { conversationId: 'new' },
    })
    expect(answer.ok).toBe(true)
    await product.kill()
    await overwrite(path)
    const next = await startProduct({ home: home.path, source })
    const again = await next.request<Answer>('ask', { question })
    expect([again.ok, again.warnings]).toEqual([true, []])
    expect(await next.close()).toBe(0)
    expect(await readdir(home.path)).toContain('conversations.sqlite.damaged')
    await home.remove()
  },
  startMs * 3,
)

/** Until nothing more fits. */
async function fill(path: string): Promise<void> {
  for (const size of [1_000_000, 10_000, 100]) {
    try {
      for (let piece = 0; piece * size < 2 * diskBytes; piece += 1) {
        await writeFile(path, Buffer.alloc(size), { flag: 'a' })
      }
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
    }
  }
}

async function fillStore(path: string): Promise<void> {
  const store = openSqliteAppStore(path)
  for (let card = 0; card < 100; card += 1) {
    await store.addCard({ owner: '', dataset: 'x' }, { title: 'x'.repeat(1_000), sql: 'SELECT 1' })
  }
  await store.close()
}

/** All but the first kilobytes, in place. */
async function overwrite(path: string): Promise<void> {
  const { size } = await stat(path)
  if (size < 8_192) throw new Error(`${path} is too small to be damaged.`)
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(size - 4_096, 0xa5), 0, size - 4_096, 4_096)
  closeSync(file)
}
