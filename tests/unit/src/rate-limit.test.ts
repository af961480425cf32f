/** Who counts as one comer where nobody has a key. */
import { describe, expect, it } from 'vitest'
import { networkOf } from '../../../src/http/rate-limit.js'

describe('an address without a key', () => {
  it.each([
    ['2001:db8::1', '2001:db8::2'],
    ['2001:db8::1', '2001:db8:0:0:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:2::', '2001:db8:1:2:3:4:5:6'],
    ['fe80::aaaa:bbbb:cccc:dddd%eth0', 'fe80::1%eth0'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('is one comer with others of its network: %s and %s', (one, other) => {
    expect(networkOf(one)).toBe(networkOf(other))
  })

  it.each([
    ['2001:db8:0:1::1', '2001:db8:0:2::1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
    ['192.0.2.1', '192.0.2.2'],
  ])('is another than one of another network: %s and %s', (one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other))
  })
})
