/** Files that crash their reader, never end or were left half imported: a plain failure, and nothing is left behind. */
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '../../../data/sources/open-source.js'
import { childrenRunning } from '../../support/child-processes.js'

const importProgram = 'import-child.mjs'

let folder: string
let home: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-hostile-'))
  home = join(folder, 'home')
})
afterEach(() => rm(folder, { recursive: true }))

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

const imported = () => readdir(join(home, 'imports')).catch(() => [])

describe('a file that crashes its reader', () => {
  it.each([
    ['lists.json', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
    ['objects.json', `[${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}]`],
  ])('is called unreadable: %s', async (name, content) => {
    const found = await openSource(await file(name, content), home)
    expect(found).toMatchObject({
      ok: false,
      failure: { code: 'source_corrupt', message: `${name} cannot be read: its reader gave up.` },
    })
    expect(await imported()).toEqual([])
  })
})

describe.skipIf(process.platform !== 'linux')('an import whose process is killed', () => {
  it('fails, leaves nothing behind, and works the next time', async () => {
    const rows = Array.from({ length: 1_000_000 }, (_, row) => `${row},name ${row},${row / 7}`)
    const path = await file('large.csv', `id,name,amount\n${rows.join('\n')}\n`)
    const running = openSource(path, home)
    await expect.poll(() => childrenRunning(importProgram).length, { interval: 5 }).toBe(1)
    await expect
      .poll(async () => (await imported()).length, { interval: 5, timeout: 10_000 })
      .toBeGreaterThan(0)
    for (const { id } of childrenRunning(importProgram)) process.kill(id, 'SIGSEGV')
    expect(await running).toMatchObject({ ok: false, failure: { code: 'source_corrupt' } })
    expect(await imported()).toEqual([])
    expect(await openSource(path, home)).toMatchObject({ ok: true })
    expect(childrenRunning(importProgram)).toEqual([])
  })
})

describe('an import that ended with its program', () => {
  it('is cleared away by the next one, unless it may still be at work', async () => {
    const path = await file('a.csv', 'id\n1\n')
    expect(await openSource(path, home)).toMatchObject({ ok: true })
    const [copy = ''] = await imported()
    const folderOfImports = join(home, 'imports')
    const { pid: ended } = spawnSync('true')
    const old = join(folderOfImports, `${copy}.${ended}-a1.part`)
    const fresh = join(folderOfImports, `${copy}.${process.pid}-a1.part`)
    await writeFile(old, 'half')
    await writeFile(fresh, 'half')
    await mkdir(`${old}.tmp`)
    await writeFile(path, 'id\n1\n2\n')
    expect(await openSource(path, home)).toMatchObject({ ok: true })
    const left = await imported()
    expect(left).toHaveLength(2)
    expect(left).toContain(`${copy}.${process.pid}-a1.part`)
  })
})
