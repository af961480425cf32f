/** One service on a home, also where containers share it. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockHome } from '../../../src/home-lock.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'parley-home-lock-'))
})
afterEach(() => rmSync(home, { recursive: true }))

it('is refused with the address of the first, and what to do', async () => {
  const first = await lockHome(home)
  if (first.ok) first.lock.tell('http://127.0.0.1:4180')
  expect(await lockHome(home)).toMatchObject({
    ok: false,
    failure: {
      code: 'home_in_use',
      message: expect.stringContaining(`process ${process.pid} at http://127.0.0.1:4180`),
      hints: [expect.stringContaining('4180'), expect.stringContaining('PARLEY_HOME')],
    },
  })
})

it('is refused too where the disk lets no lock be written', async () => {
  expect((await lockHome(home)).ok).toBe(true)
  mkdirSync(join(home, `serve.lock.${process.pid}`))
  expect(await lockHome(home)).toMatchObject({ ok: false, failure: { code: 'home_in_use' } })
})

it('waits for the lock of a container that was killed to go stale', async () => {
  const path = join(home, 'serve.lock')
  writeFileSync(path, JSON.stringify([{ pid: 1, mark: '1', host: 'container-before' }]))
  const almostStale = new Date(Date.now() - 9_000)
  utimesSync(path, almostStale, almostStale)
  expect((await lockHome(home)).ok).toBe(true)
})

it('that cannot be written is left to what opens it', async () => {
  writeFileSync(join(home, 'file'), '')
  expect((await lockHome(join(home, 'file'))).ok).toBe(true)
})
