/** Backups: everything a home cannot make again, taken while it is in use and put into another. */
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backup } from '../../src/commands/backup.js'
import { restore } from '../../src/commands/restore.js'
import { lockHome } from '../../src/home-lock.js'
import { openKeyStore } from '../../src/key-file.js'
import { auditFile, auditFolder } from '../../src/observe/audit-log.js'
import { startProduct } from '../support/product-process.js'
import { recordingContext } from '../support/recording-context.js'
import {
  answered,
  shopFiles,
  shopSales,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'

let first: TemporaryHome
let second: TemporaryHome
let file: string
beforeEach(async () => {
  first = await temporaryHome()
  second = await temporaryHome()
  file = join(first.path, 'backups', 'one.sqlite')
  await mkdir(join(first.path, 'backups'))
})
afterEach(async () => {
  await first.remove()
  await second.remove()
})

async function run<Options>(
  command: (options: Options, context: ReturnType<typeof recordingContext>) => Promise<number>,
  options: Options,
  home: string,
) {
  const context = recordingContext({ PARLEY_HOME: home })
  const code = await command(options, context)
  return { code, printed: context.printed.join('\n'), said: context.said.join('\n') }
}

const sql = 'SELECT count(*) AS stores FROM stores'
const question = 'Total sales amount in 2023'

/** A home with one of everything, still open. */
async function fill() {
  const source = await first.write(shopFiles)
  const orchestrator = await first.open({ source })
  await orchestrator.process(question, { conversationId: 'kept' })
  await orchestrator.notebook().approve({ question: 'How many shops?', sql })
  await orchestrator.notebook().pin({ title: 'Shops', sql })
  const created = await openKeyStore(first.path).create('ada', 'ask')
  if (!created.ok) throw new Error(created.message)
  return { source, orchestrator, token: created.token }
}

describe('a backup', () => {
  it('of a home in use brings everything into another home, where conversations go on', async () => {
    const { source, token } = await fill()
    const written = await run(backup, { out: file }, first.path)
    expect(written).toMatchObject({ code: 0, said: '' })
    expect(written.printed).toContain('1 conversations with 1 turns, 1 approved pairs and 1 cards')
    const read = await run(restore, { file }, second.path)
    expect(read).toMatchObject({ code: 0, said: '' })
    const orchestrator = await second.open({ source })
    const notebook = orchestrator.notebook()
    const next = await orchestrator.process('and in 2024?', { conversationId: 'kept' })
    expect(answered(next).rows).toEqual([[shopSales(2024)]])
    expect(answered(await orchestrator.process('how many shops?')).generator).toBe('approved')
    expect(await notebook.cards()).toMatchObject([{ title: 'Shops', sql }])
    expect((await openKeyStore(second.path).verify(token))?.name).toBe('ada')
  })

  it('makes no key valid again that was revoked after it, and its return is audited', async () => {
    const store = openKeyStore(first.path)
    const tokens = new Map<string, string>()
    for (const name of ['ada', 'bob']) {
      const created = await store.create(name, 'ask')
      if (created.ok) tokens.set(name, created.token)
    }
    await run(backup, { out: file }, first.path)
    await store.revoke('ada')
    await copyFile(join(first.path, 'keys.json'), join(second.path, 'keys.json'))
    const read = await run(restore, { file, force: true }, second.path)
    const said = expect.stringContaining('Revoked since then: ada')
    expect(read).toMatchObject({ code: 0, said })
    const after = openKeyStore(second.path)
    expect(await after.verify(tokens.get('ada') ?? '')).toBeUndefined()
    expect(await after.verify(tokens.get('bob') ?? '')).toMatchObject({ name: 'bob' })
    const audit = await readFile(join(auditFolder(second.path), auditFile), 'utf8')
    expect(JSON.parse(audit.trim())).toMatchObject({
      event: 'restored',
      keys: [{ name: 'ada', revokedAt: expect.any(String) }, { name: 'bob' }],
    })
  })

  it('holds no weights, imports or indexes, and is for its owner alone', async () => {
    await fill()
    await run(backup, { out: file }, first.path)
    const { size, mode } = await stat(file)
    expect(size).toBeLessThan(500_000)
    expect(mode & 0o077).toBe(0)
    expect(await readdir(join(first.path, 'backups'))).toEqual(['one.sqlite'])
  })

  it('replaces no file unless it is told to', async () => {
    await fill()
    await writeFile(file, 'precious')
    const refused = await run(backup, { out: file }, first.path)
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('--force')])
    expect(await readFile(file, 'utf8')).toBe('precious')
    expect((await run(backup, { out: file, force: true }, first.path)).code).toBe(0)
    expect((await readFile(file, 'utf8')).startsWith('SQLite format 3')).toBe(true)
  })

  it('of an empty home, or to where nothing can be written, is refused and leaves nothing', async () => {
    const empty = await run(backup, { out: file }, first.path)
    expect([empty.code, empty.said]).toEqual([1, expect.stringContaining('nothing to back up')])
    await fill()
    const nowhere = join(first.path, 'no', 'such', 'folder.sqlite')
    const failed = await run(backup, { out: nowhere }, first.path)
    expect([failed.code, failed.said]).toEqual([1, expect.stringContaining('could not be written')])
    expect(await readdir(join(first.path, 'backups'))).toEqual([])
  })
})

describe('restoring', () => {
  it('puts nothing over what a home has unless it is told to, and then keeps it aside', async () => {
    const { source } = await fill()
    await run(backup, { out: file }, first.path)
    const own = await startProduct({ home: second.path, source })
    await own.request('ask', { question, options: { conversationId: 'own' } })
    await own.close()
    const refused = await run(restore, { file }, second.path)
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('--force')])
    const forced = await run(restore, { file, force: true }, second.path)
    expect([forced.code, forced.said]).toEqual([0, expect.stringContaining('before-restore')])
    const orchestrator = await second.open({ source })
    expect(await orchestrator.notebook().turns('own')).toEqual([])
    expect(await orchestrator.notebook().turns('kept')).toHaveLength(1)
    const aside = new Database(join(second.path, 'conversations.sqlite.before-restore'))
    expect(aside.prepare('SELECT conversation FROM turns').raw().all()).toEqual([['own']])
    aside.close()
  })

  it('is refused while the home is in use', async () => {
    const { orchestrator } = await fill()
    await run(backup, { out: file }, first.path)
    const refused = await run(restore, { file, force: true }, first.path)
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('running')])
    expect(await orchestrator.notebook().cards()).toHaveLength(1)
    const locked = await lockHome(second.path)
    if (!locked.ok) throw new Error(locked.failure.message)
    await expect(run(restore, { file }, second.path)).rejects.toMatchObject({ code: 'home_in_use' })
    locked.lock.release()
  })

  it.each([
    ['no file', undefined, 'no file'],
    ['no database', 'not a database at all', 'damaged'],
    ['another database', 'foreign', 'no backup of Parley'],
    ['a newer backup', 'newer', 'newer Parley'],
    ['a backup cut short', 'cut', 'damaged'],
  ])('refuses %s and changes nothing', async (_, what, said) => {
    await fill()
    await run(backup, { out: file }, first.path)
    await spoil(what)
    const refused = await run(restore, { file }, second.path)
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining(said)])
    expect(await readdir(second.path)).toEqual([])
  })
})

async function spoil(what: string | undefined): Promise<void> {
  if (what === 'newer') return alter('PRAGMA user_version = 99')
  if (what === 'foreign') return alter('DROP TABLE backup_info')
  if (what === 'cut') return writeFile(file, (await readFile(file)).subarray(0, 20_000))
  await rm(file)
  if (what !== undefined) await writeFile(file, what.repeat(1_000))
}

function alter(statement: string): void {
  const database = new Database(file)
  database.exec(statement)
  database.close()
}
