/** The shelf of added datasets, when openings fail, cross and repeat; opening itself is a stand-in's. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepAddedDatasets } from '../../../src/added/keep-added-datasets.js'
import { safeFileName } from '../../../src/added/name-dataset.js'
import { createKnownTables, knownTablesPath } from '../../../src/catalog/known-tables.js'
import { offerDatasets } from '../../../src/datasets.js'
import { SetUpError } from '../../../src/index.js'
import type { Orchestrator } from '../../../src/orchestrator.js'
import { standInOrchestrator } from '../../support/stand-in-orchestrator.js'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-shelf-'))
})
afterEach(() => rm(home, { recursive: true }))

const broken = new SetUpError({ code: 'source_corrupt', message: 'It is broken.', hints: [] })

async function shelf(openSource: (source: string) => Promise<Orchestrator>) {
  const openDemo = () => Promise.reject(broken)
  const own = standInOrchestrator()
  const datasets = await offerDatasets({ own, source: { label: 'own.csv' }, openDemo })
  const onNotice = () => {}
  const added = await keepAddedDatasets({ home, datasets, maxBytes: 1_000, openSource, onNotice })
  const add = async (file: string) => {
    const delivery = await added.receive()
    try {
      await delivery.take(file, Readable.from(['a\n1\n']))
      return await delivery.finish({ by: '' })
    } finally {
      await delivery.drop()
    }
  }
  const state = (name: string) => datasets.list().find((each) => each.name === name)?.state
  return { added, add, state }
}

it('keeps what has the name of one that was removed while it opened, and failed', async () => {
  let fail = () => {}
  const failing = new Promise<Orchestrator>((_, reject) => {
    fail = () => reject(broken)
  })
  const { added, add, state } = await shelf((source) =>
    source.endsWith('.parquet') ? failing : Promise.resolve(standInOrchestrator()),
  )
  await add('tides.parquet')
  const removing = added.remove('tides')
  await expect.poll(() => state('tides')).toBeUndefined()
  expect((await add('tides.csv')).name).toBe('tides')
  await expect.poll(() => state('tides')).toBe('open')
  fail()
  await removing
  const next = await shelf(() => Promise.resolve(standInOrchestrator()))
  expect(next.state('tides')).toBe('closed')
})

it('leaves nothing of what was known of a large schema when it is removed', async () => {
  const { added, add, state } = await shelf(() => Promise.resolve(standInOrchestrator()))
  await add('tides.csv')
  const url = 'postgres://reader:secret@127.0.0.1:1/shop'
  const { name } = await added.connect(url, { by: '' })
  for (const each of ['tides', name]) {
    await expect.poll(() => state(each)).toBe('open')
    const known = createKnownTables(knownTablesPath(home, each))
    await known.open('1')
    await known.close()
  }
  expect(await readdir(join(home, 'catalogs'))).toHaveLength(2)
  await added.remove('tides')
  await added.remove(name)
  expect(await readdir(join(home, 'catalogs'))).toEqual([])
})

it('takes no more when as many stand in the list as may, failed or not', async () => {
  const { added, add, state } = await shelf(() => Promise.reject(broken))
  for (let count = 0; count < 50; count += 1) await add(`tides-${count}.csv`)
  await expect.poll(() => state('tides-49')).toBe('failed')
  await expect(add('more.csv')).rejects.toMatchObject({ failure: { code: 'full' } })
  const url = 'postgres://reader:secret@127.0.0.1:1/shop'
  await expect(added.connect(url, { by: '' })).rejects.toMatchObject({ failure: { code: 'full' } })
  await added.remove('tides-0')
  expect((await add('more.csv')).name).toBe('more')
})

it.each([
  ['海'.repeat(300), '海'.repeat(60)],
  [`a${'𠮷'.repeat(300)}`, `a${'𠮷'.repeat(44)}`],
  ['x'.repeat(4_000), 'x'.repeat(180)],
])('cuts a name at whole characters, so that file systems take it', (stem, cut) => {
  expect(safeFileName(`${stem}.csv`, new Set())).toBe(`${cut}.csv`)
  expect(safeFileName(`${stem}.csv`, new Set([`${cut}.csv`]))).toBe(`${cut}-2.csv`)
})
