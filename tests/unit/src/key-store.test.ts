/** API keys on disk: made, shown once, checked, revoked, and never half written. */
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../../src/key-store.js'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-keys-'))
})
afterEach(() => rm(home, { recursive: true }))

async function made(name = 'dashboard', scope: 'ask' | 'admin' = 'ask') {
  const created = await openKeyStore(home).create(name, scope)
  if (!created.ok) throw new Error(created.message)
  return created
}

describe('a key', () => {
  it('is known by its token, whole and unchanged', async () => {
    const { token, key } = await made()
    const store = openKeyStore(home)
    expect(await store.verify(token)).toEqual(key)
    expect(key).toMatchObject({ name: 'dashboard', scope: 'ask' })
    const last = token.endsWith('A') ? 'B' : 'A'
    for (const other of [
      token.slice(0, -1) + last,
      token.slice(0, -1),
      `${token}A`,
      '',
      'parley_',
    ]) {
      expect(await store.verify(other)).toBeUndefined()
    }
  })

  it('stands on disk as a hash alone, in a file for its owner only', async () => {
    const { token, key } = await made()
    const path = join(home, 'keys.json')
    const text = await readFile(path, 'utf8')
    expect(text).toContain(key.id)
    expect(text).not.toContain(token.split('_').slice(2).join('_'))
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await openKeyStore(home).list()).toEqual([key])
  })

  it('is worthless once it is revoked, in a process that knew it before too', async () => {
    const { token, key } = await made()
    const service = openKeyStore(home)
    expect(await service.verify(token)).toBeDefined()
    expect(await openKeyStore(home).revoke('dashboard')).toMatchObject({ id: key.id })
    expect(await service.verify(token)).toBeUndefined()
    expect(await openKeyStore(home).revoke(key.id)).toBeUndefined()
  })

  it('has a name that no other active key has', async () => {
    const first = await made()
    const store = openKeyStore(home)
    expect(await store.create('dashboard', 'ask')).toMatchObject({ ok: false })
    await store.revoke(first.key.id)
    expect(await store.create('dashboard', 'ask')).toMatchObject({ ok: true })
    for (const name of ['', ' a', 'a\nb', '../a', 'x'.repeat(65), 'local', 'Unknown']) {
      expect(await store.create(name, 'ask')).toMatchObject({ ok: false })
    }
  })
})

describe('the file of keys', () => {
  it('loses no key when several are made at once: one waits its turn or is told to', async () => {
    const names = ['one', 'two', 'three', 'four', 'five']
    const tries = await Promise.allSettled(names.map((name) => made(name)))
    const kept = await openKeyStore(home).list()
    const succeeded = tries.filter(({ status }) => status === 'fulfilled')
    expect(succeeded.length).toBeGreaterThan(0)
    expect(kept).toHaveLength(succeeded.length)
  })

  it('can be changed again after a process ended in the middle', async () => {
    const left = join(home, 'keys.json.next')
    await writeFile(left, '{"version":1,')
    await expect(made()).rejects.toMatchObject({ code: 'keys_unreadable' })
    await utimes(left, new Date(0), new Date(0))
    const { token } = await made()
    expect(await openKeyStore(home).verify(token)).toBeDefined()
  })

  it('says why it cannot be used', async () => {
    await writeFile(join(home, 'file'), '')
    const store = openKeyStore(join(home, 'file'))
    const why = { code: 'keys_unreadable', message: expect.stringContaining('ENOTDIR') }
    await expect(store.list()).rejects.toMatchObject(why)
    await expect(store.create('dashboard', 'ask')).rejects.toMatchObject(why)
  })

  it('lets nobody in when it is damaged', async () => {
    const { token } = await made()
    const store = openKeyStore(home)
    await store.verify(token)
    await writeFile(join(home, 'keys.json'), '{"version":1,"keys":[{"id":"x"}]}')
    await expect(store.verify(token)).rejects.toMatchObject({ code: 'keys_unreadable' })
  })
})
