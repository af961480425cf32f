/** What errors and the log may say of this machine. */
import { describe, expect, it } from 'vitest'
import { describeError, wholeError } from '../../../src/http/describe-error.js'
import { withoutPaths } from '../../../src/http/open-dataset.js'
import { depthOf } from '../../../src/http/read-json-body.js'

describe('an error in the log', () => {
  it('has its class, its code and its place, but no message and no path', () => {
    const thrown = Object.assign(new TypeError('SELECT secret FROM /srv/data'), { code: 'EACCES' })
    const facts = describeError(thrown)
    expect(facts).toMatchObject({ error: 'TypeError', code: 'EACCES' })
    expect(facts.at).toMatch(/^http-words\.test\.ts:\d+$/)
    expect(JSON.stringify(facts)).not.toMatch(/secret|srv|\//)
    expect(wholeError(thrown)).toContain('secret')
    expect(describeError('text')).toEqual({ error: 'string' })
  })
})

describe('a message for others', () => {
  it.each([
    ['There is nothing at /srv/data/shop/sales.duckdb.', 'There is nothing at sales.duckdb.'],
    ['C:\\Users\\me\\sales.csv is damaged', 'sales.csv is damaged'],
    ['"/srv/my-data/sales.csv" is damaged', '"sales.csv" is damaged'],
    ['Make room, and/or ask again 1/2.', 'Make room, and/or ask again 1/2.'],
  ])('says %j without folders', (text, said) => {
    expect(withoutPaths(text)).toBe(said)
  })
})

describe('the depth of JSON', () => {
  it.each([
    ['{}', 1],
    ['{"a":[{"b":1}]}', 3],
    ['"[[[["', 0],
    ['{"a":"\\"[[["}', 1],
    ['[[]', 2],
    ['', 0],
  ])('of %s is %i', (json, depth) => {
    expect(depthOf(Buffer.from(json))).toBe(depth)
  })
})
