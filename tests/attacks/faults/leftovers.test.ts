/** What is left when the product ends, by itself or killed: no process, no temporary file, nothing in the way of the next start. */
import { randomInt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answer } from '../../../agents/answer.js'
import { descendantsOf, killWhileStarting, startProduct } from '../../support/product-process.js'
import { shopFiles, type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'

/** Elsewhere there is no list of a process's children to read. */
const isLinux = process.platform === 'linux'

const question = 'Total sales amount in 2023'

let home: TemporaryHome
let source: string
let temporary: string
beforeAll(async () => {
  home = await temporaryHome()
  source = await home.write(shopFiles)
  temporary = join(home.path, 'temporary')
  await mkdir(temporary)
})
afterAll(() => home.remove())

it.skipIf(!isLinux)(
  'leaves no process and no temporary file when it is closed',
  async () => {
    const product = await startProduct({ home: home.path, source, temporary })
    await product.request('ask', { question })
    const children = descendantsOf(product.pid)
    expect(children.length).toBeGreaterThan(0)
    expect(await product.close()).toBe(0)
    await expect.poll(() => children.filter(isRunning)).toEqual([])
    expect(await readdir(temporary)).toEqual([])
    expect(await leftovers()).toEqual([])
  },
  300_000,
)

it.skipIf(!isLinux)(
  'leaves no process when it is killed',
  async () => {
    const product = await startProduct({ home: home.path, source, temporary })
    await product.request('ask', { question })
    const children = descendantsOf(product.pid)
    expect(children.length).toBeGreaterThan(0)
    await product.kill()
    // Children look for their parent now and then.
    await expect.poll(() => children.filter(isRunning)).toEqual([])
  },
  300_000,
)

it('killed while it starts, it starts the next time, and leaves nothing half-made', async () => {
  const fresh = await temporaryHome()
  for (let run = 0; run < 3; run += 1) {
    await killWhileStarting({ home: fresh.path, source, temporary }, randomInt(500))
  }
  const product = await startProduct({ home: fresh.path, source, temporary })
  const answer = await product.request<Answer>('ask', { question })
  expect([answer.ok, answer.warnings]).toEqual([true, []])
  expect(await product.close()).toBe(0)
  const imports = await readdir(join(fresh.path, 'imports'))
  expect(imports.filter((name) => !/^[0-9a-f-]+\.duckdb$/.test(name))).toEqual([])
  await fresh.remove()
}, 600_000)

/** Names that only work under way has. */
async function leftovers(): Promise<readonly string[]> {
  const names = await readdir(home.path, { recursive: true })
  return names.filter((name) => /\.(part|lock|tmp|restoring)$|-journal$/.test(name))
}

function isRunning(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false
  // One that has ended and was not waited for still has an entry.
  return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
}
