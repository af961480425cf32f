/** Pointing Parley at a MariaDB: who may be asked as whom, what is said otherwise, and encrypted ways. */
import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientConfig, readAddress } from '../../../data/mysql/address.js'
import { openSource, type SourceSettings } from '../../../data/sources/open-source.js'
import { shopStatements } from '../../contracts/database.contract.js'
import { freePort } from '../../support/free-port.js'
import { hasMysql, openMysql, useOwnMysql } from '../../support/mysql-database.js'
import { removeAtExit } from '../../support/remove-at-exit.js'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

const failure = async (url: string, settings?: SourceSettings) => {
  const opened = await openSource(url, '', undefined, settings)
  return opened.ok ? undefined : opened.failure
}

describe.skipIf(!hasMysql)('A MariaDB server as a source', () => {
  const server = useOwnMysql()
  beforeAll(() => server.create('shop', shopStatements))

  it.each([
    ['writer', 'GRANT SELECT, INSERT ON shop.* TO writer', 'may write to shop.*'],
    ['one_table', 'GRANT UPDATE ON shop.sales TO one_table', 'may write to shop.sales'],
    ['one_column', 'GRANT UPDATE (amount) ON shop.sales TO one_column', 'may write to shop.sales'],
    ['owner', 'GRANT ALL ON shop.* TO owner', 'may do everything with shop.*'],
    ['filer', 'GRANT FILE ON *.* TO filer', "may read and write the server's files"],
    ['watcher', 'GRANT PROCESS ON *.* TO watcher', 'may look at and end what others ask'],
    ['giver', 'GRANT SELECT ON shop.* TO giver WITH GRANT OPTION', 'may give rights to others'],
    ['runner', 'GRANT EXECUTE ON shop.* TO runner', 'may run or make programs in shop.*'],
    [
      'maker',
      'GRANT CREATE TEMPORARY TABLES ON shop.* TO maker',
      'has the right CREATE TEMPORARY TABLES',
    ],
    ['binlog', 'GRANT BINLOG ADMIN ON *.* TO binlog', 'has the right BINLOG ADMIN'],
  ])('refuses %s, with the reason and what to do', async (user, grant, reason) => {
    await server.run('shop', `CREATE USER ${user}`, `GRANT SELECT ON shop.* TO ${user}`, grant)
    expect(await failure(server.url('shop', user))).toMatchObject({
      code: 'source_denied',
      message: expect.stringContaining(reason),
      hints: [
        expect.stringContaining('GRANT SELECT, SHOW VIEW ON `shop`.* TO parley_reader'),
        expect.stringContaining('PARLEY_ALLOW_WRITER'),
      ],
    })
    expect(await failure(server.url('shop', user), { allowWriter: true })).toBeUndefined()
  })

  it('sees through roles', async () => {
    await server.run(
      'shop',
      'CREATE ROLE outer_role',
      'CREATE ROLE inner_role',
      'CREATE USER member',
      'GRANT SELECT ON shop.* TO member',
      'GRANT DELETE ON shop.sales TO inner_role',
      'GRANT inner_role TO outer_role',
      'GRANT outer_role TO member',
    )
    expect((await failure(server.url('shop', 'member')))?.message).toContain(
      'may write to shop.sales',
    )
  })

  it('makes a user who may only read by the SQL that it names, who is then let in', async () => {
    const hint = (await failure(server.url('shop', 'writer')))?.hints[0] ?? ''
    const statements = hint
      .replace(/^Make one: |\.$/g, '')
      .replace("'…'", "'geheim'")
      .split('; ')
    await server.run('shop', ...statements)
    const database = await openMysql(server.url('shop', 'parley_reader:geheim'))
    expect(await database.query('SELECT count(*) FROM sales')).toMatchObject({ ok: true })
    await database.close()
    expect(await failure(server.url('shop', 'parley_reader:falsch'))).toMatchObject({
      code: 'source_denied',
      message: expect.stringContaining('is not let in from here with this password'),
    })
  })

  it('lets in who stands in the option file of its own programs', async () => {
    await server.run(
      'shop',
      "CREATE USER by_file IDENTIFIED BY 'ge#heim'",
      'GRANT SELECT ON shop.* TO by_file',
    )
    const file = join(server.folder, 'my.cnf')
    const entering = async () => {
      const read = await readAddress(server.url('shop', ''), file)
      if (!read.ok) throw new Error(read.message)
      const connection = await mysql.createConnection(clientConfig(read.address, false))
      const [rows] = await connection.query('SELECT CURRENT_USER()')
      await connection.end()
      return String(rows)
    }
    await expect(entering()).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' })
    writeFileSync(file, '[client]\nuser = by_file\npassword = "ge#heim"\n')
    expect(await entering()).toBe('by_file@%')
  })

  it('says what is missing, and never the password', async () => {
    await server.run('mysql', 'CREATE DATABASE empty', 'GRANT SELECT ON empty.* TO reader')
    expect(await failure(server.url('empty'))).toMatchObject({ code: 'source_empty' })
    expect(await failure(server.url('nowhere', 'root'))).toMatchObject({ code: 'source_missing' })
    expect(await failure(server.url('mysql'))).toMatchObject({ code: 'source_denied' })
    expect(await failure('mysql://ann:secret@127.0.0.1:1/shop')).toMatchObject({
      code: 'source_unreachable',
    })
    const told = await failure('mysql://ann:secret@nowhere.invalid/shop')
    expect(told?.message).toContain('There is no host called nowhere.invalid.')
    expect(JSON.stringify(told)).not.toContain('secret')
  })
})

const port = await freePort()

describe.skipIf(!hasMysql || !hasOpenssl)('A MariaDB server on the network', () => {
  const open = useOwnMysql({ 'bind-address': '127.0.0.1', port: String(port) })
  beforeAll(() => open.create('shop', shopStatements))
  const address = (mode = '') => `mysql://reader@127.0.0.1:${port}/shop${mode}`

  it('that does not encrypt is asked in the clear unless the address forbids it', async () => {
    for (const mode of ['', '?ssl-mode=disabled']) {
      const database = await openMysql(address(mode))
      expect(await database.query('SELECT count(*) FROM stores')).toMatchObject({ ok: true })
      await database.close()
    }
    expect(await failure(address('?ssl-mode=required'))).toMatchObject({
      code: 'source_unreachable',
      message: `The server at 127.0.0.1:${port} does not encrypt.`,
    })
  })
})

const tlsPort = await freePort()
/** Made before the server starts. */
const keyFolder = join(tmpdir(), `parley-mariadb-keys-${randomUUID()}`)
const keys = { key: join(keyFolder, 'server.key'), certificate: join(keyFolder, 'server.crt') }

describe.skipIf(!hasMysql || !hasOpenssl)('A MariaDB server that encrypts', () => {
  beforeAll(makeKeys)
  afterAll(() => rmSync(keyFolder, { recursive: true, force: true }))
  const server = useOwnMysql({
    'bind-address': '127.0.0.1',
    port: String(tlsPort),
    'ssl-cert': keys.certificate,
    'ssl-key': keys.key,
  })
  beforeAll(async () => {
    await server.create('shop', shopStatements)
    await server.run(
      'mysql',
      'CREATE USER careful REQUIRE SSL',
      'GRANT SELECT ON shop.* TO careful',
    )
  })
  const address = (mode = '', host = 'localhost') =>
    `mysql://careful@${host}:${tlsPort}/shop${mode}`
  const authority = `&ssl-ca=${encodeURIComponent(keys.certificate)}`

  it('is asked so, and verified where the address says it', async () => {
    const clear = await failure(address('?ssl-mode=disabled', '127.0.0.1'))
    expect(clear).toMatchObject({ code: 'source_denied' })
    for (const mode of ['', '?ssl-mode=required', `?ssl-mode=verify_identity${authority}`]) {
      const database = await openMysql(address(mode))
      expect(await database.query('SELECT count(*) FROM stores')).toMatchObject({ ok: true })
      await database.close()
    }
    for (const mode of ['verify_ca', 'verify_identity']) {
      expect(await failure(address(`?ssl-mode=${mode}`))).toMatchObject({
        code: 'source_denied',
        message: 'The certificate of localhost could not be verified.',
      })
    }
    const number = `?ssl-mode=verify_identity${authority}`
    expect(await failure(address(number, '127.0.0.1'))).toMatchObject({
      message: expect.stringContaining('needs the name of the host'),
    })
    const database = await openMysql(address(`?ssl-mode=verify_ca${authority}`, '127.0.0.1'))
    await database.close()
  })
})

function makeKeys() {
  mkdirSync(keyFolder)
  removeAtExit(keyFolder)
  const subject = ['-subj', '/CN=parley', '-addext', 'subjectAltName=DNS:localhost']
  const files = ['-keyout', keys.key, '-out', keys.certificate]
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2']
  execFileSync('openssl', [...kind, ...files, ...subject], { stdio: 'ignore' })
  chmodSync(keyFolder, 0o755)
  for (const path of Object.values(keys)) {
    chmodSync(path, 0o644)
    chownSync(path, statSync(keyFolder).uid, statSync(keyFolder).gid)
  }
}
