/** Connecting to PostgreSQL over the network: encrypted, verified where the address asks for it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '../../../data/sources/open-source.js'
import { shopStatements } from '../../contracts/database.contract.js'
import { freePort } from '../../support/free-port.js'
import { hasPostgres, openPostgres, useOwnPostgres } from '../../support/postgres-database.js'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const port = await freePort()

describe.skipIf(!hasPostgres || !hasOpenssl)('A PostgreSQL server on the network', () => {
  const server = useOwnPostgres({ listen_addresses: '127.0.0.1', port: String(port) })
  beforeAll(() => server.create('shop', shopStatements))
  const address = (mode?: string, more = '') =>
    `postgres://reader@127.0.0.1:${port}/shop${mode ? `?sslmode=${mode}${more}` : ''}`
  const failure = async (url: string) => {
    const opened = await openSource(url, '')
    return opened.ok ? undefined : opened.failure
  }

  /** Whether the server sees an encrypted connection. */
  const isEncrypted = async (url: string) => {
    const database = await openPostgres(url)
    expect(await database.query('SELECT count(*) FROM stores')).toMatchObject({ ok: true })
    const seen = await server.run(
      'shop',
      `SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE usename = 'reader' AND application_name = 'parley'`,
    )
    await database.close()
    return seen[0]?.[0]
  }

  it('that does not encrypt is asked in the clear unless the address forbids it', async () => {
    expect(await isEncrypted(address())).toBe(false)
    expect(await isEncrypted(address('disable'))).toBe(false)
    expect(await failure(address('require'))).toMatchObject({
      code: 'source_unreachable',
      message: `The server at 127.0.0.1:${port} does not encrypt.`,
    })
  })

  it('that encrypts is asked so, and verified where the address says it', async () => {
    const data = join(server.folder, 'data')
    const [key, certificate] = [join(data, 'server.key'), join(data, 'server.crt')]
    const subject = ['-subj', '/CN=parley', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        certificate,
        ...subject,
      ],
      { stdio: 'ignore' },
    )
    const { uid, gid } = statSync(data)
    chownSync(key, uid, gid)
    chmodSync(key, 0o600)
    chmodSync(certificate, 0o644)
    await server.run('postgres', 'ALTER SYSTEM SET ssl = on', 'SELECT pg_reload_conf()')
    await expect.poll(() => isEncrypted(address())).toBe(true)
    expect(await isEncrypted(address('require'))).toBe(true)
    expect(await isEncrypted(address('disable'))).toBe(false)
    expect(await failure(address('verify-full'))).toMatchObject({
      code: 'source_denied',
      message: expect.stringContaining('The certificate of 127.0.0.1 could not be verified'),
    })
    const root = `&sslrootcert=${encodeURIComponent(certificate)}`
    expect(await isEncrypted(address('verify-full', root))).toBe(true)
    expect(
      await failure(address('verify-full', root).replace('127.0.0.1', 'localhost')),
    ).toMatchObject({
      code: 'source_denied',
    })
    expect(await isEncrypted(address('verify-ca', root).replace('127.0.0.1', 'localhost'))).toBe(
      true,
    )
  })
})
