/** What every place of API keys must do, run by each implementation. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { KeyStore } from '../../src/key-store.js'

/** `prepare` gives a place without keys, and what opens it: each time as another process would. */
export function describeKeyStore(name: string, prepare: () => Promise<() => KeyStore>): void {
  describe(`A key in ${name}`, () => {
    let open: () => KeyStore
    beforeEach(async () => {
      open = await prepare()
    })

    it('is known by its token, whole and unchanged', async () => {
      const { token, key } = await made(open)
      const store = open()
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

    it('is worthless once it is revoked, in a process that knew it before too', async () => {
      const { token, key } = await made(open)
      const service = open()
      expect(await service.verify(token)).toBeDefined()
      expect(await open().revoke('dashboard')).toMatchObject({ id: key.id })
      expect(await service.verify(token)).toBeUndefined()
      expect(await open().revoke(key.id)).toBeUndefined()
    })

    it('has a name that no other active key has', async () => {
      const first = await made(open)
      const store = open()
      expect(await store.create('dashboard', 'ask')).toMatchObject({ ok: false })
      await store.revoke(first.key.id)
      expect(await store.create('dashboard', 'ask')).toMatchObject({ ok: true })
      for (const name of ['', ' a', 'a\nb', '../a', 'x'.repeat(65), 'local', 'Unknown']) {
        expect(await store.create(name, 'ask')).toMatchObject({ ok: false })
      }
    })

    it('is not lost when several are made at once: each waits its turn or is told to', async () => {
      const names = ['one', 'two', 'three', 'four', 'five']
      const tries = await Promise.allSettled(names.map((each) => made(open, each)))
      const kept = await open().list()
      const succeeded = tries.filter(({ status }) => status === 'fulfilled')
      expect(succeeded.length).toBeGreaterThan(0)
      expect(kept).toHaveLength(succeeded.length)
    })
  })
}

async function made(open: () => KeyStore, name = 'dashboard') {
  const created = await open().create(name, 'ask')
  if (!created.ok) throw new Error(created.message)
  return created
}
