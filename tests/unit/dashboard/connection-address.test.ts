/** The form of a server and the address that it makes. */
import { expect, it } from 'vitest'
import { readSparkAddress } from '../../../data/spark/address.js'
import { pageSchemes, readPageConnection } from '../../../src/added/page-connection.js'
import {
  connectionAddress,
  partsOfAddress,
  serverKind,
} from '../../../src/dashboard/set-up/data/connection-address.js'

const parts = {
  scheme: 'postgres',
  host: 'db.example',
  port: '',
  database: 'shop',
  user: 'reader',
  password: 'plain',
  mustEncrypt: false,
}

it.each([
  [{}, 'postgres://reader:plain@db.example/shop'],
  [
    { port: '6000', mustEncrypt: true },
    'postgres://reader:plain@db.example:6000/shop?sslmode=require',
  ],
  [{ host: '::1' }, 'postgres://reader:plain@[::1]/shop'],
  [
    { user: 'a@b', password: 'p@ss/w:rd?#%', database: 'my shop' },
    'postgres://a%40b:p%40ss%2Fw%3Ard%3F%23%25@db.example/my%20shop',
  ],
])('writes %j as an address that is read as the same', (change, address) => {
  const changed = { ...parts, ...change }
  expect(connectionAddress(changed)).toBe(address)
  const read = partsOfAddress(address, ['postgres'])
  expect(read && connectionAddress(read)).toBe(address)
})

it.each(pageSchemes)('knows %s as the service does, encrypted or not', (scheme) => {
  expect(serverKind(scheme)).toBeDefined()
  for (const mustEncrypt of [false, true]) {
    const address = connectionAddress({ ...parts, scheme, mustEncrypt })
    expect(readPageConnection(address).address).toBe(address)
  }
})

it.each([
  ['', '', 'spark://db.example/shop'],
  ['', 'secret', 'spark://:secret@db.example/shop'],
  ['ann', '', 'spark://ann:@db.example/shop'],
])(
  'takes user "%s" and token "%s" of Spark, as the service does',
  async (user, password, address) => {
    expect(connectionAddress({ ...parts, scheme: 'spark', user, password })).toBe(address)
    expect(readPageConnection(address)).toEqual({ address, title: 'shop on db.example' })
    expect(partsOfAddress(address, ['spark'])).toMatchObject({ user, password })
    const read = await readSparkAddress(address)
    expect(read).toMatchObject({ ok: true, address: { user: user || 'parley', database: 'shop' } })
    expect(read.ok && (read.address.token ?? '')).toBe(password)
  },
)

it('reads the longer name of a scheme, and a port that another scheme would leave out', () => {
  expect(partsOfAddress(' postgresql://reader:x@db.example:80/shop ', ['postgres'])).toEqual({
    ...parts,
    port: '80',
    password: 'x',
  })
})

it.each(['db.example', 'https://db.example/shop', 'postgres://', 'mysql://a:b@c/d'])(
  'takes %s for what it is',
  (text) => {
    expect(partsOfAddress(text, ['postgres'])).toBeUndefined()
  },
)
