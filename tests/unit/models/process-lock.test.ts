/** One process at a time: who holds a lock, when it may be taken over, and what the holder tells. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { takeLock } from '../../../models/process-lock.js'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-lock-'))
  path = join(folder, 'some.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (...holders: readonly object[]) => writeFileSync(path, JSON.stringify(holders))

it('is held once, names its holder, and is free again after its release', () => {
  const first = takeLock(path)
  const second = takeLock(path)
  expect(second).toMatchObject({ ok: false, holder: { pid: process.pid } })
  if (first.ok) first.lock.release()
  expect(takeLock(path).ok).toBe(true)
})

it('leaves no file behind', () => {
  const taken = takeLock(path)
  takeLock(path)
  if (taken.ok) {
    taken.lock.share(1)
    taken.lock.tell('here')
    taken.lock.release()
  }
  expect(readdirSync(folder)).toEqual([])
})

it('tells others what its holder wants them to know', () => {
  const taken = takeLock(path)
  if (taken.ok) taken.lock.tell('http://127.0.0.1:4180')
  expect(takeLock(path)).toMatchObject({ holder: { note: 'http://127.0.0.1:4180' } })
})

it('is taken over from a process that is gone', () => {
  write({ pid: spawnSync(process.execPath, ['--version']).pid, mark: '1' })
  expect(takeLock(path).ok).toBe(true)
})

it('is taken when its holder releases it while another looks whether that is alive', () => {
  write({ pid: 1, mark: '1' })
  const looking = vi.spyOn(process, 'kill').mockImplementationOnce(() => {
    rmSync(path)
    throw Object.assign(new Error('gone'), { code: 'ESRCH' })
  })
  expect(takeLock(path)).toMatchObject({ ok: true })
  looking.mockRestore()
})

it('makes folders that their owner alone can read', () => {
  expect(takeLock(join(folder, 'home', 'some.lock')).ok).toBe(true)
  expect(statSync(join(folder, 'home')).mode & 0o777).toBe(0o700)
})

it('is held by another machine for as long as that keeps it fresh', () => {
  write({ pid: 1, mark: '1', host: 'another-container' })
  expect(takeLock(path)).toMatchObject({ ok: false, holder: { host: 'another-container' } })
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(path, longAgo, longAgo)
  expect(takeLock(path).ok).toBe(true)
})

it('says why a lock file cannot be made', () => {
  writeFileSync(join(folder, 'file'), '')
  const taken = takeLock(join(folder, 'file', 'some.lock'))
  expect(taken).toMatchObject({ ok: false, cause: expect.any(Error) })
  expect(existsSync(join(folder, 'file', 'some.lock'))).toBe(false)
})
