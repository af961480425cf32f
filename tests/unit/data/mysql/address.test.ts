/** Addresses of MySQL and MariaDB servers: what they mean, and what is said where they mean nothing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  clientConfig,
  isMysqlUrl,
  labelOf,
  publicPath,
  readAddress,
} from '../../../../data/mysql/address.js'

const read = async (text: string) => {
  const found = await readAddress(text, 'no-such-file.cnf')
  if (!found.ok) throw new Error(found.message)
  return found.address
}

describe('an address of MySQL', () => {
  it('is known by its scheme alone', () => {
    expect(['mysql://h/d', 'MariaDB://h/d'].every(isMysqlUrl)).toBe(true)
    expect(['mysql.duckdb', 'postgres://h/d', '/mysql://h'].some(isMysqlUrl)).toBe(false)
  })

  it('says host, port, database, user and password, and shows none of the last two', async () => {
    const address = await read('mariadb://ann:p%40ss@db.example:3307/my%20shop')
    expect(address).toMatchObject({
      host: 'db.example',
      port: 3307,
      database: 'my shop',
      user: 'ann',
      password: 'p@ss',
    })
    expect([publicPath(address), labelOf(address)]).toEqual([
      'mysql://db.example:3307/my shop',
      'my shop on db.example',
    ])
  })

  it('may name a socket, which is not encrypted', async () => {
    const address = await read('mysql://ann@/shop?socket=/run/mysqld/mysqld.sock')
    expect(address).toMatchObject({ socket: '/run/mysqld/mysqld.sock', tls: [false] })
    expect(labelOf(address)).toBe('shop on this machine')
    expect(clientConfig(address, false)).toMatchObject({
      socketPath: '/run/mysqld/mysqld.sock',
      multipleStatements: false,
      flags: ['-LOCAL_FILES'],
    })
  })

  it.each([
    ['', [{ rejectUnauthorized: false }, false]],
    ['?ssl-mode=DISABLED', [false]],
    ['?ssl-mode=required', [{ rejectUnauthorized: false }]],
    ['?ssl-mode=verify_ca', [{ rejectUnauthorized: true, verifyIdentity: false }]],
    ['?ssl-mode=VERIFY_IDENTITY', [{ rejectUnauthorized: true, verifyIdentity: true }]],
  ])("with %s is encrypted as the server's own programs would", async (text, tls) => {
    expect((await read(`mysql://ann@db/shop${text}`)).tls).toMatchObject(tls)
  })

  it.each([
    ['mysql://ann@db', 'names no database'],
    ['mysql://ann@db/shop?ssl-mode=maybe', 'ssl-mode may be'],
    ['mysql://ann@db/shop?ssl-ca=/nowhere', 'The file of ssl-ca cannot be read'],
    ['mysql://ann@db/shop?multipleStatements=true', 'does not know: multipleStatements'],
    ['mysql://ann:secret@db:x/shop', 'cannot be read'],
  ])('such as %s is told to be wrong', async (text, message) => {
    const found = await readAddress(text, 'no-such-file.cnf')
    expect(found).toMatchObject({ ok: false, message: expect.stringContaining(message) })
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  describe('without a password', () => {
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'parley-options-'))
    })
    afterAll(() => rm(folder, { recursive: true }))

    /** User and password of an address where the option file of the user says this. */
    const loginWith = async (options: string, address: string) => {
      const path = join(folder, 'options.cnf')
      await writeFile(path, options)
      const found = await readAddress(address, path)
      return found.ok ? [found.address.user, found.address.password] : found.message
    }

    it.each([
      ['[client]\nuser=ann\npassword=p', 'mysql://localhost/shop', ['ann', 'p']],
      ['[client]\nuser=ann\npassword=p', 'mysql://ann@127.0.0.1/shop', ['ann', 'p']],
      ['[client]\r\npassword = "a # b"\r\n', 'mysql://ann@localhost/shop', ['ann', 'a # b']],
      ['[Client]\npassword=a\\sb\\\\ # mine', 'mysql://ann@localhost/shop', ['ann', 'a b\\']],
      ["[client-mariadb]\npassword='it\\'s'", 'mysql://ann@localhost/shop', ['ann', "it's"]],
      ['[client]\nhost=db\npassword=p', 'mysql://ann@db/shop', ['ann', 'p']],
    ])('takes that of ~/.my.cnf: %j, %s', async (options, address, login) => {
      expect(await loginWith(options, address)).toEqual(login)
    })

    it.each([
      ['another host', '[client]\nuser=ann\npassword=p', 'mysql://db/shop'],
      ['this machine', '[client]\nhost=db\npassword=p', 'mysql://localhost/shop'],
      ['another user', '[client]\nuser=ann\npassword=p', 'mysql://eve@localhost/shop'],
      ['another program', '[mysqldump]\npassword=p', 'mysql://localhost/shop'],
    ])('tells it to nobody else: %s', async (_, options, address) => {
      const [, password] = await loginWith(options, address)
      expect(password).toBeUndefined()
    })

    it('keeps what the address says', async () => {
      const options = '[client]\nuser=ann\npassword=p'
      expect(await loginWith(options, 'mysql://eve:q@localhost/shop')).toEqual(['eve', 'q'])
      expect(await loginWith(options, 'mysql://:q@localhost/shop')).toEqual([undefined, 'q'])
    })
  })
})
