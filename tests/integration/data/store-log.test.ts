/** The log of the store's file, while somebody else reads it. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, it } from 'vitest'
import { openSqliteAppStore } from '../../../data/store/sqlite-app-store.js'

it('is emptied of what was removed without waiting for a reader, and then the next time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-log-'))
  const path = join(folder, 'conversations.sqlite')
  const store = openSqliteAppStore(path)
  const scope = { owner: '', dataset: 'shop' }
  const answer = { ok: true, text: 'Two.' }
  for (const id of ['a', 'b']) {
    await store.addTurn(scope, { id, conversationId: id, question: 'How many?', answer })
  }
  const reader = new Database(path)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM turns').all()
  const start = performance.now()
  expect(await store.removeConversation(scope, 'a')).toBe(true)
  expect(performance.now() - start).toBeLessThan(3_000)
  expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0)
  reader.exec('COMMIT')
  reader.close()
  expect(await store.removeConversation(scope, 'b')).toBe(true)
  expect((await stat(`${path}-wal`)).size).toBe(0)
  await store.close()
  await rm(folder, { recursive: true })
})
