/** Datasets added to a running service: what becomes of them, what is refused, and what must not stay. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { connect as openSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import type { DatasetStatus } from '../../src/dataset-status.js'
import { freePort } from '../support/free-port.js'
import { type GrowingService, growingService } from '../support/growing-service.js'
import { hasPostgres, useOwnPostgres } from '../support/postgres-database.js'
import { writeSqliteFile } from '../support/sqlite-file.js'

const postgresPort = await freePort()
const maxBytes = 2_000_000
const ships = `ship,tons\n${Array.from({ length: 40 }, (_, at) => `Ship ${at},${at}`).join('\n')}\n`
const berths = `berth,depth\nNorth,12\nSouth,9\n`

let home: string
let service: GrowingService

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-added-'))
  service = await growingService(home, maxBytes)
}, 120_000)
afterAll(async () => {
  await service?.close()
  await rm(home, { recursive: true })
})

interface Reply {
  readonly status: number
  readonly body: DatasetStatus & { readonly error?: { code: string; message: string } }
}

async function add(
  files: Readonly<Record<string, string | Uint8Array>>,
  fields = {},
): Promise<Reply> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
  for (const [name, content] of Object.entries(files)) {
    form.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), name)
  }
  const response = await service.send('/api/v1/datasets', { method: 'POST', body: form })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

async function addServer(url: string, rest = {}): Promise<Reply> {
  const response = await service.send('/api/v1/datasets', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url, ...rest }),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

async function listed(name: string): Promise<DatasetStatus | undefined> {
  const { datasets } = JSON.parse(await service.read('/api/v1/datasets'))
  return datasets.find((each: DatasetStatus) => each.name === name)
}

async function settled(name: string): Promise<DatasetStatus> {
  for (;;) {
    const status = await listed(name)
    if (!status) throw new Error(`${name} is not listed.`)
    if (status.state !== 'opening') return status
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function ask(dataset: string, message: string) {
  const response = await service.send('/api/v1/chat', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ message, dataset }),
  })
  return JSON.parse(await response.text())
}

async function remove(name: string): Promise<number> {
  return (await service.send(`/api/v1/datasets/${name}`, { method: 'DELETE' })).status
}

/** Folders of files that were sent. */
async function folders(): Promise<readonly string[]> {
  const entries = await readdir(join(home, 'datasets'), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** Copies of files in the form that is asked; the service's own is one of them. */
function imports(): Promise<readonly string[]> {
  return readdir(join(home, 'imports'))
}

describe('files', () => {
  it('make a dataset that answers, survives a restart and goes when it is removed', async () => {
    const before = await imports()
    const added = await add(
      { 'ships.csv': ships, 'berths.csv': berths },
      { title: 'Harbour  2024' },
    )
    expect(added).toMatchObject({
      status: 202,
      body: { name: 'harbour-2024', title: 'Harbour 2024', origin: 'files', isDefault: false },
    })
    expect(await settled('harbour-2024')).toMatchObject({ state: 'open' })
    expect((await ask('harbour-2024', 'how many ships')).rows).toEqual([[40]])
    await service.restart()
    expect(await listed('harbour-2024')).toMatchObject({ state: 'closed', title: 'Harbour 2024' })
    expect((await ask('harbour-2024', 'how many berths')).rows).toEqual([[2]])
    expect(await remove('harbour-2024')).toBe(204)
    expect(await listed('harbour-2024')).toBeUndefined()
    expect((await ask('harbour-2024', 'how many berths')).error.code).toBe('invalid_request')
    expect([await folders(), await imports()]).toEqual([[], before])
    expect(await remove('harbour-2024')).toBe(404)
  })

  it('of an engine are asked as they are', async () => {
    await writeDatabaseFile(join(home, 'fleet.duckdb'), async (connection) => {
      await connection.run('CREATE TABLE tugs AS SELECT * FROM range(7) t(tug)')
    })
    writeSqliteFile(join(home, 'crew.sqlite'), [
      'CREATE TABLE sailors (id INTEGER PRIMARY KEY, name TEXT)',
      "INSERT INTO sailors VALUES (1, 'Ann'), (2, 'Bo')",
    ])
    await add({ 'fleet.duckdb': await readFile(join(home, 'fleet.duckdb')) })
    await add({ 'crew.sqlite': await readFile(join(home, 'crew.sqlite')) })
    expect(await settled('fleet')).toMatchObject({ state: 'open' })
    expect(await settled('crew')).toMatchObject({ state: 'open' })
    expect((await ask('fleet', 'how many tugs')).rows).toEqual([[7]])
    expect((await ask('crew', 'how many sailors')).rows).toEqual([[2]])
    expect([await remove('fleet'), await remove('crew')]).toEqual([204, 204])
  })

  it('that cannot be read leave nothing but a state that says why', async () => {
    const { body } = await add({ 'broken.parquet': 'PAR1 no parquet at all PAR1' })
    const failed = await settled(body.name)
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'source_corrupt' } })
    expect(failed.error?.message).toContain('broken.parquet')
    expect(failed.error?.message).not.toContain(home)
    expect(await folders()).toEqual([])
    expect((await ask(body.name, 'how many rows')).error.code).toBe('not_ready')
    expect(await remove(body.name)).toBe(204)
    expect(await listed(body.name)).toBeUndefined()
  })

  it('that are too large leave nothing, whether their length is told or not', async () => {
    const large = `a\n${'1\n'.repeat(maxBytes)}`
    expect(await add({ 'large.csv': large, 'small.csv': 'a\n1\n' })).toMatchObject({
      status: 413,
      body: { error: { code: 'body_too_large' } },
    })
    const boundary = 'edge'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="large.csv"\r\n\r\n`
    const refused = await service.send('/api/v1/datasets', {
      method: 'POST',
      headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      body: new Blob([head, large]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(refused.status).toBe(413)
    expect(await folders()).toEqual([])
  })

  it('that are cut off on their way leave nothing', async () => {
    const { hostname, port } = new URL(service.url())
    const socket = openSocket(Number(port), hostname)
    socket.on('error', () => {})
    socket.write(
      `POST /api/v1/datasets HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: 90000\r\n\r\n--edge\r\nContent-Disposition: form-data; name="file"; filename="cut.csv"\r\n\r\na,b\n1,2\n`,
    )
    const appears = async (count: number) => {
      while ((await folders()).length !== count) await new Promise((go) => setTimeout(go, 20))
    }
    await appears(1)
    socket.destroy()
    await appears(0)
    expect(await listed('cut')).toBeUndefined()
  })

  it('are named by us, wherever their names point', async () => {
    const { body } = await add({ '../../../Évil name\u202e.csv': 'a\n1\n' })
    expect(body).toMatchObject({ name: 'evil-name', origin: 'files' })
    expect(await settled('evil-name')).toMatchObject({ state: 'open' })
    const again = await add({ 'evil name.csv': 'a\n1\n' })
    expect(again.body.name).toBe('evil-name-2')
    await settled('evil-name-2')
    expect([await remove('evil-name'), await remove('evil-name-2')]).toEqual([204, 204])
  })

  it.each([
    ['no file', {}, {}],
    ['a file of no kind we know', { 'run.sh': 'echo' }, {}],
    ['a database file with others', { 'a.csv': 'a\n1\n', 'b.duckdb': 'x' }, {}],
    ['a name that is taken', { 'a.csv': 'a\n1\n' }, { name: 'retail' }],
    ['a name that is none', { 'a.csv': 'a\n1\n' }, { name: '../x' }],
    ['a field we do not know', { 'a.csv': 'a\n1\n' }, { source: '/etc/passwd' }],
    ['a title that is too long', { 'a.csv': 'a\n1\n' }, { title: 'x'.repeat(2_000) }],
  ])('are refused with %s, and nothing stays', async (_, files, fields) => {
    const refused = await add(files, fields)
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'invalid_request'])
    expect(await folders()).toEqual([])
  })
})

describe('a server', () => {
  const secret = 'hunter2-s3cret'

  it.each([
    'sales.duckdb',
    '/etc/passwd',
    'https://db.example/shop',
    'postgres://db.example/shop',
    'postgres://reader@db.example/shop',
    `postgres://reader:${secret}@/shop?host=/run/postgresql`,
    `postgres://reader:${secret}@db.example/shop?sslkey=/etc/passwd`,
    `postgres://reader:${secret}@%2Frun%2Fpostgresql/shop`,
  ])('is not asked at %s', async (url) => {
    const refused = await addServer(url)
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'invalid_request'])
    expect(JSON.stringify(refused.body)).not.toContain(secret)
  })

  it('that does not answer leaves nothing but a state, which does not tell the password', async () => {
    const added = await addServer(`postgres://reader:${secret}@127.0.0.1:1/shop`)
    expect(added).toMatchObject({
      status: 202,
      body: { name: 'shop-on-127-0-0-1', origin: 'connection' },
    })
    const failed = await settled(added.body.name)
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'source_unreachable' } })
    const said = [
      JSON.stringify(added),
      JSON.stringify(failed),
      await service.read('/api/v1/health'),
    ]
    expect(said.join()).not.toContain(secret)
    expect(JSON.stringify(service.log())).not.toContain(secret)
    const register = join(home, 'datasets', 'register.json')
    expect(await readFile(register, 'utf8')).not.toContain(secret)
    expect((await stat(register)).mode & 0o077).toBe(0)
    expect(await remove(added.body.name)).toBe(204)
  })
})

describe.skipIf(!hasPostgres)('a server that answers', () => {
  const secret = 'p4ss-of-reader'
  const own = useOwnPostgres({ listen_addresses: '127.0.0.1', port: String(postgresPort) })
  const address = (role: string) =>
    `postgres://${role}:${secret}@127.0.0.1:${postgresPort}/harbour?sslmode=disable`

  beforeAll(async () => {
    await own.create('harbour', [
      'CREATE TABLE cranes (crane integer PRIMARY KEY, quay text)',
      "INSERT INTO cranes VALUES (1, 'East'), (2, 'East'), (3, 'West')",
    ])
    await own.run('harbour', `ALTER ROLE reader PASSWORD '${secret}'`)
    await own.run('harbour', `CREATE ROLE writer LOGIN PASSWORD '${secret}'`)
    await own.run('harbour', 'GRANT SELECT, INSERT ON cranes TO writer')
  }, 60_000)

  it('is asked as a role that may only read, after a restart too', async () => {
    const { body } = await addServer(address('reader'), { name: 'cranes' })
    expect(await settled(body.name)).toMatchObject({ state: 'open', origin: 'connection' })
    expect((await ask('cranes', 'how many cranes')).rows).toEqual([[3]])
    await service.restart()
    expect((await ask('cranes', 'how many cranes')).rows).toEqual([[3]])
    const shown = ['/api/v1/datasets', '/api/v1/health', '/api/v1/schema?dataset=cranes']
    for (const path of shown) expect(await service.read(path)).not.toContain(secret)
    expect(JSON.stringify(service.log())).not.toContain(secret)
    expect(await remove('cranes')).toBe(204)
    const register = await readFile(join(home, 'datasets', 'register.json'), 'utf8')
    expect(register).not.toContain(secret)
  })

  it('is not asked as a role that may write', async () => {
    const { body } = await addServer(address('writer'), { name: 'writing' })
    const failed = await settled(body.name)
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'source_denied' } })
    expect(JSON.stringify(failed)).not.toContain(secret)
    expect(await remove('writing')).toBe(204)
  })
})

describe('what was not added', () => {
  it('is not removed', async () => {
    for (const name of ['own', 'retail', 'moon']) expect(await remove(name)).toBe(404)
    expect((await listed('own'))?.origin).toBe('given')
  })
})
