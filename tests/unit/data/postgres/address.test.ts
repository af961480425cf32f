/** Addresses of PostgreSQL servers: what they mean, and what they show. */
import { describe, expect, it } from 'vitest'
import { unjudgedItem } from '../../../../data/evaluation/evaluated-item.js'
import {
  clientConfig,
  isPostgresUrl,
  labelOf,
  publicPath,
  readAddress,
} from '../../../../data/postgres/address.js'

async function read(url: string) {
  const found = await readAddress(url)
  if (!found.ok) throw new Error(found.message)
  return found.address
}

describe('An address of a PostgreSQL server', () => {
  it('is one by its scheme', () => {
    expect(['postgres://h/d', 'POSTGRESQL://h/d'].map(isPostgresUrl)).toEqual([true, true])
    expect(['postgres.duckdb', 'mysql://h/d', '/postgres://h'].some(isPostgresUrl)).toBe(false)
  })

  it('names host, port, database, user and password, with whatever signs they have', async () => {
    const address = await read('postgresql://an%40n:p%2Fw%3A%40d@db.example:6000/my%20shop')
    expect(clientConfig(address, false)).toMatchObject({
      host: 'db.example',
      port: 6000,
      database: 'my shop',
      user: 'an@n',
      password: 'p/w:@d',
    })
    expect(labelOf(address)).toBe('my shop on db.example')
    expect(publicPath(address)).toBe('postgres://db.example:6000/my shop')
  })

  it('takes what is usual for what it leaves out', async () => {
    expect(await read('postgres://h/d')).toMatchObject({ port: 5432 })
    expect(await read('postgres:///d')).toMatchObject({ host: 'localhost' })
    expect(await read('postgres://[::1]/d')).toMatchObject({ host: '::1' })
    expect(await read('postgres://ann@/d?host=/run/postgresql')).toMatchObject({
      host: '/run/postgresql',
      user: 'ann',
      tls: [false],
    })
    expect(labelOf(await read('postgres://127.0.0.1/d'))).toBe('d on this machine')
  })

  it.each([
    ['', [{ rejectUnauthorized: false }, false]],
    ['?sslmode=disable', [false]],
    ['?sslmode=prefer', [{ rejectUnauthorized: false }, false]],
    ['?sslmode=require', [{ rejectUnauthorized: false }]],
    [
      '?sslmode=verify-ca',
      [{ rejectUnauthorized: true, checkServerIdentity: expect.any(Function) }],
    ],
    ['?sslmode=verify-full', [{ rejectUnauthorized: true, host: 'h' }]],
  ])('with "%s" is connected to as libpq would', async (parameters, tls) => {
    const { tls: found } = await read(`postgres://h/d${parameters}`)
    expect(found).toMatchObject(tls)
    expect(found).toHaveLength(tls.length)
  })

  it('stands in an evaluation by the name of its database alone', () => {
    const question = { id: '1', question: 'x', intent: 'metric', expects: 'answer', sqls: [] }
    const asked = (source: string) =>
      unjudgedItem({ ...question, source } as unknown as Parameters<typeof unjudgedItem>[0], '')
    expect(asked('postgres://ann:geheim@h/shop?sslmode=disable')).toMatchObject({
      database: 'shop',
    })
    expect(JSON.stringify(asked('postgres://ann:geheim@h'))).not.toContain('geheim')
  })
})
