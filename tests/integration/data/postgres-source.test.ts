/** Pointing Parley at a PostgreSQL server: what is accepted, what is refused, and that a password shows nowhere. */
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openSessions } from '../../../data/postgres/sessions.js'
import { openSource } from '../../../data/sources/open-source.js'
import type { Source, SourceFailure } from '../../../data/sources/source.js'
import { SetUpError } from '../../../src/index.js'
import { shopStatements } from '../../contracts/database.contract.js'
import { hasPostgres, useOwnPostgres } from '../../support/postgres-database.js'
import { answered, temporaryHome } from '../../support/temporary-product.js'

async function failure(url: string, allowWriter = false): Promise<SourceFailure> {
  const opened = await openSource(url, '', undefined, { allowWriter })
  if (opened.ok) throw new Error(`${opened.source.label} was opened.`)
  return opened.failure
}

async function source(url: string, allowWriter = false): Promise<Source> {
  const opened = await openSource(url, '', undefined, { allowWriter })
  if (!opened.ok) throw new Error(opened.failure.message)
  return opened.source
}

describe('An address of a PostgreSQL server', () => {
  it.each([
    ['postgres://', 'The address names no database.'],
    ['postgres://ann@127.0.0.1', 'The address names no database.'],
    ['postgres://ann:geheim@127.0.0.1:notaport/shop', 'The address of the server cannot be read.'],
    [
      'postgres://ann@h/shop?options=-cx',
      'The address has a setting that Parley does not know: options.',
    ],
    [
      'postgres://ann@h/shop?password=geheim',
      'The address has a setting that Parley does not know: password.',
    ],
    ['postgres://ann@h/shop?sslmode=maybe', expect.stringContaining('sslmode may be disable')],
    [
      'postgresql://ann@h/shop?sslmode=verify-full&sslrootcert=/none.pem',
      'The file of sslrootcert cannot be read: /none.pem.',
    ],
  ])('%s is told what is wrong with it', async (url, message) => {
    const found = await failure(url)
    expect(found).toMatchObject({ code: 'source_unsupported', message })
    expect(JSON.stringify(found)).not.toContain('geheim')
  })

  it.each([
    [
      'postgres://ann:geheim@no-such-host.invalid/shop',
      'There is no host called no-such-host.invalid.',
    ],
    ['postgres://ann:geheim@127.0.0.1:1/shop', 'No PostgreSQL server answers at 127.0.0.1:1.'],
    [
      'postgres://ann:geheim@/shop?host=/no/such/folder',
      'No PostgreSQL server answers at /no/such/folder.',
    ],
  ])('%s where nobody answers says so', async (url, message) => {
    const found = await failure(url)
    expect(found).toMatchObject({ code: 'source_unreachable', message })
    expect(found.hints).toHaveLength(1)
    expect(JSON.stringify(found)).not.toContain('geheim')
  })

  it('of something that is no PostgreSQL says so', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    expect(await failure(`postgres://ann:geheim@127.0.0.1:${port}/shop`)).toMatchObject({
      code: 'source_unreachable',
      hints: ['Check that it is a PostgreSQL server.'],
    })
    other.close()
  })
})

it('Waiting for a server that takes a connection and says nothing can be given up', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  const sessions = openSessions({ host: '127.0.0.1', port, user: 'ann', database: 'shop' }, 1)
  const limits = { timeoutMs: 60_000, signal: AbortSignal.timeout(200), searchPath: [] }
  const given = await sessions.use(limits, ({ run }) => run('SELECT 1'))
  expect(given).toEqual({ stopped: true, reason: 'cancelled' })
  silent.close()
})

describe.skipIf(!hasPostgres)('A PostgreSQL server', () => {
  const server = useOwnPostgres()
  beforeAll(() => server.create('shop', shopStatements))

  it('is opened for a role that may only read, and named without user and password', async () => {
    const opened = await source(server.url('shop').replace('reader@', 'reader:geheim@'))
    expect(opened).toMatchObject({ kind: 'postgres', label: 'shop on this machine' })
    expect(JSON.stringify(opened)).not.toContain('geheim')
    expect(opened.path).not.toContain('reader')
  })

  it('has no database of that name', async () => {
    expect(await failure(server.url('shops'))).toMatchObject({
      code: 'source_missing',
      message: expect.stringContaining('no database called shops'),
    })
  })

  it('does not know the role, or wants another password', async () => {
    const accounts = join(server.folder, 'data/pg_hba.conf')
    const before = await readFile(accounts, 'utf8')
    await server.run('postgres', `CREATE ROLE guarded LOGIN PASSWORD 'richtig'`)
    await writeFile(accounts, `local all guarded scram-sha-256\n${before}`)
    await server.run('postgres', 'SELECT pg_reload_conf()')
    const wrong = await failure(server.url('shop', 'guarded:geheim'))
    expect(wrong).toMatchObject({
      code: 'source_denied',
      message: 'The password is not that of the role "guarded".',
    })
    expect(JSON.stringify(wrong)).not.toContain('geheim')
    expect(await failure(server.url('shop', 'guarded'))).toMatchObject({
      message: 'The role "guarded" needs a password.',
    })
    expect(await failure(server.url('shop', 'nobody'))).toMatchObject({ code: 'source_denied' })
    expect(await source(server.url('shop', 'guarded:richtig')).catch(String)).toContain('no table')
  })

  it.each([
    ['is a superuser', 'ALTER ROLE writer SUPERUSER'],
    ['may make roles', 'ALTER ROLE writer CREATEROLE'],
    ['may make databases', 'ALTER ROLE writer CREATEDB'],
    ['may copy the whole server', 'ALTER ROLE writer REPLICATION'],
    ['is a member of pg_read_server_files', 'GRANT pg_read_server_files TO writer'],
    ['is a member of pg_signal_backend', 'GRANT pg_signal_backend TO writer'],
    ['is a member of pg_execute_server_program', 'GRANT pg_execute_server_program TO writer'],
    ['may make schemas in this database', 'GRANT CREATE ON DATABASE shop TO writer'],
    ['may make tables in the schema public', 'GRANT CREATE ON SCHEMA public TO writer'],
    ['may write to public.sales', 'GRANT INSERT ON sales TO writer'],
    ['may write to public.sales', 'GRANT UPDATE (amount) ON sales TO writer'],
    ['may write to public.stores', 'GRANT TRUNCATE ON stores TO writer'],
    ['may write to public.stores', 'ALTER TABLE stores OWNER TO writer'],
    ['may write to public.sales', 'GRANT pg_write_all_data TO writer'],
    ['may write to public.places', 'CREATE SEQUENCE places', 'GRANT UPDATE ON places TO writer'],
    [
      'may write to public.sales',
      'GRANT INSERT ON sales TO clerks',
      'GRANT clerks TO writer',
      'ALTER ROLE writer NOINHERIT',
    ],
  ])('refuses a role that %s (%s), unless it is allowed', async (excess, ...rights) => {
    await server.run(
      'shop',
      'CREATE ROLE writer LOGIN',
      'CREATE ROLE clerks',
      'GRANT SELECT ON ALL TABLES IN SCHEMA public TO writer',
      ...rights,
    )
    try {
      const refused = await failure(server.url('shop', 'writer'))
      expect(refused).toMatchObject({
        code: 'source_denied',
        message: `The role "writer" ${excess}. Parley wants one that can only read.`,
      })
      expect(refused.hints[0]).toContain('GRANT SELECT ON ALL TABLES IN SCHEMA public TO')
      const allowed = await (await source(server.url('shop', 'writer'), true)).connect!()
      expect(await allowed.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
      expect(await allowed.query('DELETE FROM sales')).toMatchObject({ ok: false })
      await allowed.close()
    } finally {
      await server.run(
        'shop',
        'ALTER TABLE stores OWNER TO parley',
        'DROP SEQUENCE IF EXISTS places',
        'DROP OWNED BY writer, clerks',
        'DROP ROLE writer, clerks',
      )
    }
  })

  it('is refused where the role may read no table, with what to grant', async () => {
    await server.run('shop', 'CREATE ROLE stranger LOGIN')
    const found = await failure(server.url('shop', 'stranger'))
    expect(found).toMatchObject({ code: 'source_empty' })
    expect(found.hints[0]).toContain('GRANT SELECT')
  })

  it('that follows the SQL of the hint is accepted', async () => {
    const [hint = ''] = (await failure(server.url('shop', 'parley'))).hints
    const sql = hint.replace(/^Make one: /, '').replace(/\.$/, '')
    await server.run('shop', ...sql.split('; '))
    const opened = await source(server.url('shop', 'parley_reader'))
    const database = await opened.connect!()
    expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
    await database.close()
  })

  it('answers questions by the product itself, and nothing that it says holds the password', async () => {
    const home = await temporaryHome()
    const url = server.url('shop').replace('reader@', 'reader:geheim@')
    const settings = { waitFor: 'data', generator: 'rules' } as const
    const orchestrator = await home.open({ ...settings, source: url })
    const answer = answered(await orchestrator.process('Total amount by store name'))
    expect(answer).toMatchObject({ dialect: 'postgres', generator: 'rules' })
    expect(answer.rows).toContainEqual(['North Mart', 30.75])
    expect(JSON.stringify([answer, await orchestrator.health()])).not.toContain('geheim')
    const refused = home.open({ ...settings, source: server.url('shop', 'parley:geheim') })
    const error = await refused.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SetUpError)
    expect(`${(error as SetUpError).message} ${(error as SetUpError).stack}`).not.toContain(
      'geheim',
    )
    await home.remove()
  })
})
