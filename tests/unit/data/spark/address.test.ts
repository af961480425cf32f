/** Addresses of Spark Connect servers: both forms are read, mistakes are named, and what is shown holds no token. */
import { describe, expect, it } from 'vitest'
import {
  isSparkUrl,
  labelOf,
  publicPath,
  readSparkAddress,
} from '../../../../data/spark/address.js'
import { engineFailure, isLostSession } from '../../../../data/spark/engine-failure.js'

describe('the address of a Spark Connect server', () => {
  it.each([
    ['spark://h', { host: 'h', port: 15_002, database: 'default', user: 'parley', tls: false }],
    [
      'spark://ann:s%40cret@h.example:99/shop?tls=on',
      { host: 'h.example', port: 99, database: 'shop', user: 'ann', token: 's@cret', tls: {} },
    ],
    [
      'sc://h:15002/;token=abc;use_ssl=true;user_id=ann;database=shop',
      { host: 'h', port: 15_002, database: 'shop', user: 'ann', token: 'abc', tls: {} },
    ],
    ['spark://[::1]:7/x', { host: '::1', port: 7, database: 'x', user: 'parley', tls: false }],
  ])('is read from %s', async (text, address) => {
    expect(isSparkUrl(text)).toBe(true)
    expect(await readSparkAddress(text)).toEqual({ ok: true, address })
  })

  it.each([
    ['spark://', 'names no host'],
    ['spark://a b/c', 'cannot be read'],
    ['spark://h/x?color=red', 'color'],
    ['sc://h/;tokn=abc', 'tokn'],
    ['spark://h/x?tls=maybe', 'maybe'],
    ['spark://h/x?ca=/no/such/file', '/no/such/file'],
  ])('is refused as %s, with what is wrong', async (text, part) => {
    const read = await readSparkAddress(text)
    expect(read).toMatchObject({ ok: false, message: expect.stringContaining(part) })
  })

  it('is shown without user and token', async () => {
    const read = await readSparkAddress('spark://ann:geheim@h.example:99/shop')
    if (!read.ok) throw new Error(read.message)
    const shown = [publicPath(read.address), labelOf(read.address)]
    expect(shown).toEqual(['spark://h.example:99/shop', 'shop on h.example'])
  })
})

describe('what Spark says', () => {
  const columns = new Map([['stores', ['store_id', 'store_name']]])
  const said = (code: number, details: string) =>
    Object.assign(new Error(details), { code, details })

  it('becomes a failure with names that are near', () => {
    const column =
      "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `s`.`store_nme` cannot be resolved. Did you mean one of the following? [`a`]. SQLSTATE: 42703; line 1 pos 7;\n'Project"
    expect(engineFailure(said(13, column), columns)).toMatchObject({
      code: 'sql_invalid',
      hints: expect.arrayContaining(['stores.store_name']),
    })
    const division =
      '[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to … SQLSTATE: 22012\n== SQL'
    expect(engineFailure(said(13, division), columns)).toEqual({
      code: 'sql_failed',
      message: 'Division by zero.',
      hints: [],
    })
  })

  it('tells a lost connection from memory and from a session that the server forgot', () => {
    expect(engineFailure(said(14, 'No connection established'), columns).message).toContain('lost')
    expect(engineFailure(said(8, 'Received message larger than max'), columns).code).toBe(
      'sql_out_of_memory',
    )
    expect(isLostSession(said(13, '[INVALID_HANDLE.SESSION_NOT_FOUND] The handle …'))).toBe(true)
    expect(() => engineFailure(new TypeError('a mistake of ours'), columns)).toThrow('ours')
  })
})
