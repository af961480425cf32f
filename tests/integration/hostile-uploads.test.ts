/** Uploads as somebody would send them who means harm, or whose program is broken: refused or made harmless, and the service stays. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import type { DatasetStatus } from '../../src/dataset-status.js'
import { type GrowingService, growingService } from '../support/growing-service.js'

const path = '/api/v1/datasets'
const boundary = 'edge'
const formType = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }

let home: string
let service: GrowingService

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-hostile-'))
  service = await growingService(home, 2_000_000)
}, 120_000)
afterAll(async () => {
  await service?.close()
  await rm(home, { recursive: true })
})
afterEach(async () => {
  const unexpected = JSON.stringify(service.log()).match(/"internal"|ENAMETOOLONG|ENOENT/g)
  expect(unexpected).toBeNull()
})

function part(disposition: string, content: string, closing = '--'): string {
  return `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n--${boundary}${closing}\r\n`
}

async function send(body: string | FormData, headers: Record<string, string> = formType) {
  const response = await service.send(path, { method: 'POST', headers, body })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

async function upload(name: string, content: string | Uint8Array) {
  const form = new FormData()
  form.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), name)
  return send(form, {})
}

async function folders(): Promise<readonly string[]> {
  const entries = await readdir(join(home, 'datasets'), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

async function status(name: string): Promise<DatasetStatus | undefined> {
  const { datasets } = JSON.parse(await service.read(path))
  return datasets.find((each: DatasetStatus) => each.name === name)
}

function remove(name: string) {
  return service.send(`${path}/${encodeURIComponent(name)}`, { method: 'DELETE' })
}

async function settled(name: string): Promise<DatasetStatus> {
  await expect
    .poll(async () => (await status(name))?.state, { timeout: 30_000 })
    .not.toBe('opening')
  const found = await status(name)
  if (!found) throw new Error(`${name} is not listed.`)
  return found
}

describe('a form that is broken', () => {
  const file = 'name="file"; filename="a.csv"'
  it.each([
    ['without an end', part(file, 'a\n1', '')],
    ['that stops in a header', `--${boundary}\r\nContent-Disposition: form-data; name="fi`],
    ['without anything', ''],
    ['of another boundary', part(file, 'a\n1').replaceAll(boundary, 'other')],
    ['with a file that has no name', part('name="file"; filename=""', 'a\n1')],
    ['with a name of separators', part('name="file"; filename="../..//"', 'a\n1')],
    ['with a name that is only an ending', part('name="file"; filename=".csv"', 'a\n1')],
    ['with a zero in a name', part('name="file"; filename="a.csv\0.sh"', 'a\n1')],
  ])('%s is refused, and nothing stays', async (_, body) => {
    const refused = await send(body)
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'invalid_request'])
    expect(await folders()).toEqual([])
  })

  it('without a boundary is refused', async () => {
    const refused = await send('x', { 'Content-Type': 'multipart/form-data' })
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'invalid_request'])
  })

  it('of very many files is refused', async () => {
    const form = new FormData()
    for (let at = 0; at < 300; at += 1) form.append('file', new Blob(['a\n1']), `f${at}.csv`)
    const refused = await send(form, {})
    expect([refused.status, refused.body.error?.code]).toEqual([413, 'body_too_large'])
    expect(await folders()).toEqual([])
  })
})

describe('a file', () => {
  it('keeps its rows whatever it and those beside it are called', async () => {
    const form = new FormData()
    const likes = ['tides.csv', 'TIDES.csv', 'tides.tsv', 'deep/tides.csv']
    const odd = [`${'海'.repeat(300)}.csv`, `*';DROP TABLE x;--".csv`, '--output=x.csv']
    const names = [...likes, ...odd]
    for (const name of names) form.append('file', new Blob(['a\n1\n']), name)
    const { body } = await send(form, {})
    expect(await settled(body.name)).toMatchObject({ state: 'open' })
    const { tables } = JSON.parse(await service.read(`/api/v1/schema?dataset=${body.name}`))
    expect(tables).toHaveLength(names.length)
    expect((await remove(body.name)).status).toBe(204)
  })

  it('of an engine reaches nothing outside itself', async () => {
    const file = join(home, 'spy.duckdb')
    await writeDatabaseFile(file, async (connection) => {
      await connection.run('CREATE TABLE bait AS SELECT 1 AS a')
      await connection.run("CREATE VIEW spy AS SELECT * FROM read_text('/etc/hostname')")
    })
    const { body } = await upload('spy.duckdb', await readFile(file))
    await settled(body.name)
    const hostname = (await readFile('/etc/hostname', 'utf8')).trim()
    const asked = await service.send('/api/v1/run_sql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sql: 'SELECT * FROM spy', dataset: body.name }),
    })
    const told = [
      await asked.text(),
      await service.read(`/api/v1/schema?dataset=${body.name}`),
      await service.read(`/api/v1/schema/samples?table=spy&dataset=${body.name}`),
    ]
    expect(told.join()).not.toContain(hostname)
    expect((await remove(body.name)).status).toBe(204)
  })
})

describe('adding', () => {
  it('is not for pages of other origins', async () => {
    const headers = { ...formType, Origin: 'https://evil.example' }
    const refused = await send(part('name="file"; filename="a.csv"', 'a\n1'), headers)
    expect([refused.status, refused.body.error?.code]).toEqual([403, 'origin_not_allowed'])
    expect(await folders()).toEqual([])
  })

  it('is refused to a third while two are sending, and open to it afterwards', async () => {
    const gates: (() => void)[] = []
    const slow = (name: string) => {
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          const encode = (text: string) => controller.enqueue(new TextEncoder().encode(text))
          const [head = '', tail = ''] = part(`name="file"; filename="${name}"`, 'a\n|1').split('|')
          encode(head)
          gates.push(() => {
            encode(tail)
            controller.close()
          })
        },
      })
      const request = { method: 'POST', headers: formType, body: stream, duplex: 'half' }
      return service.send(path, request as RequestInit)
    }
    const two = [slow('one.csv'), slow('two.csv')]
    await expect.poll(async () => (await folders()).length).toBe(2)
    const third = await upload('three.csv', 'a\n1\n')
    expect([third.status, third.body.error?.code]).toEqual([503, 'busy'])
    for (const open of gates) open()
    for (const each of two) expect((await each).status).toBe(202)
    expect((await upload('three.csv', 'a\n1\n')).status).toBe(202)
  })
})

describe('removing', () => {
  it.each(['..', '../register.json', 'own', 'register.json', '%00'])(
    'of %s removes nothing',
    async (name) => {
      expect([400, 404]).toContain((await remove(name)).status)
    },
  )
})
