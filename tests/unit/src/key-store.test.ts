/** API keys on disk: made, shown once, checked, revoked, and never half written. */
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKeyStore } from '../../../src/key-file.js'
import { describeKeyStore } from '../../contracts/key-store.contract.js'

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

describeKeyStore('a file', async () => () => openKeyStore(home))

describe('the file of keys', () => {
  it('holds hashes alone, for its owner only', async () => {
    const { token, key } = await made()
    const path = join(home, 'keys.json')
    const text = await readFile(path, 'utf8')
    expect(text).toContain(key.id)
    expect(text).not.toContain(token.split('_').slice(2).join('_'))
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await openKeyStore(home).list()).toEqual([key])
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
