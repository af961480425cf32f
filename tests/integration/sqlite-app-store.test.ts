/** The app store on its SQLite file: what outlives a close, and files that are not what they should be. */
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../data/store/migrations.js'
import { openSqliteAppStore } from '../../data/store/sqlite-app-store.js'
import { StoreError } from '../../data/store/store-error.js'
import { describeAppStore } from '../contracts/app-store.contract.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-store-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
const newPath = () => join(folder, `store-${++files}.sqlite`)
const scope = { owner: '', dataset: 'shop' }

describeAppStore('A file', async (limits) => openSqliteAppStore(newPath(), undefined, limits))
describeAppStore('Memory', async (limits) => openSqliteAppStore(':memory:', undefined, limits))

describe('the file', () => {
  it('gives everything back after it was closed and opened', async () => {
    const path = newPath()
    const store = openSqliteAppStore(path)
    const answer = { ok: true, text: '12', sql: 'SELECT 12', rowCount: 1 }
    await store.addTurn(scope, { id: 't1', conversationId: 'c1', question: 'How many?', answer })
    await store.approve(scope, { question: 'How many?', sql: 'SELECT 12' })
    await store.close()
    const again = openSqliteAppStore(path)
    expect(await again.turns(scope, 'c1')).toMatchObject([{ id: 't1', answer }])
    expect((await again.findApprovedPair(scope, 'how many'))?.sql).toBe('SELECT 12')
    await again.close()
  })

  it('holds everything itself once it is closed: the log beside it is empty', async () => {
    const path = newPath()
    const store = openSqliteAppStore(path)
    await store.addCard(scope, { title: 'One', sql: 'SELECT 1' })
    await store.close()
    const log = await stat(`${path}-wal`).catch(() => undefined)
    expect(log?.size ?? 0).toBe(0)
  })

  it('is for its owner alone, and so is the log beside it', async () => {
    const path = newPath()
    const store = openSqliteAppStore(path)
    await store.addCard(scope, { title: 'One', sql: 'SELECT 1' })
    for (const name of [path, `${path}-wal`]) expect((await stat(name)).mode & 0o077).toBe(0)
    await store.close()
  })

  it('holds nothing any more of a conversation that was removed', async () => {
    const path = newPath()
    const store = openSqliteAppStore(path)
    const answer = { ok: true, text: 'A confidential answer' }
    for (const id of ['t1', 't2']) {
      await store.addTurn(scope, {
        id,
        conversationId: 'c1',
        question: 'A secret question',
        answer,
      })
    }
    const onDisk = async () => Buffer.concat([await readFile(path), await readFile(`${path}-wal`)])
    expect((await onDisk()).includes('secret question')).toBe(true)
    await store.removeConversation(scope, 'c1')
    const after = await onDisk()
    expect([after.includes('secret question'), after.includes('confidential')]).toEqual([
      false,
      false,
    ])
    await store.close()
  })

  it('is shared by two that write in turn', async () => {
    const path = newPath()
    const [one, two] = [openSqliteAppStore(path), openSqliteAppStore(path)]
    for (let card = 0; card < 20; card += 1) {
      await (card % 2 ? one : two).addCard(scope, { title: `${card}`, sql: 'SELECT 1' })
    }
    expect((await one.cards(scope)).map(({ title }) => Number(title))).toEqual([
      ...Array(20).keys(),
    ])
    await Promise.all([one.close(), two.close()])
  })

  it('of a newer Parley is refused in plain words and left as it is', async () => {
    const path = newPath()
    await openSqliteAppStore(path).close()
    const file = new Database(path)
    file.exec(`PRAGMA user_version = ${migrations.length + 4}`)
    file.close()
    const before = await readFile(path)
    const open = () => openSqliteAppStore(path)
    expect(open).toThrow(StoreError)
    expect(open).toThrow(/newer Parley/)
    expect(await readFile(path)).toEqual(before)
  })

  it('that is no database is put aside and said, each time under another name', async () => {
    const path = newPath()
    const notices: string[] = []
    for (const nonsense of ['first', 'second']) {
      await writeFile(path, `${nonsense} ${'nonsense '.repeat(1_000)}`)
      const store = openSqliteAppStore(path, (notice) => notices.push(notice))
      await store.addCard(scope, { title: nonsense, sql: 'SELECT 1' })
      await store.close()
    }
    expect(notices).toHaveLength(2)
    expect(notices[0]).toContain(`${path}.damaged`)
    expect(await readFile(`${path}.damaged`, 'utf8')).toMatch(/^first/)
    expect(await readFile(`${path}.damaged-2`, 'utf8')).toMatch(/^second/)
  })

  it.each([
    ['cut short', (path: string) => truncate(path, 8_192)],
    ['overwritten in the middle', overwriteMiddle],
  ])('that was %s is put aside and said', async (_, damage) => {
    const path = newPath()
    const store = openSqliteAppStore(path)
    for (let card = 0; card < 200; card += 1) {
      await store.addCard(scope, { title: `${card} ${'x'.repeat(400)}`, sql: 'SELECT 1' })
    }
    await store.close()
    await damage(path)
    const notices: string[] = []
    const next = openSqliteAppStore(path, (notice) => notices.push(notice))
    expect(notices).toHaveLength(1)
    expect(await next.cards(scope)).toEqual([])
    await next.close()
  })
})

async function overwriteMiddle(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes.fill(0xa5, 12_288, 60_000)
  await writeFile(path, bytes)
}
