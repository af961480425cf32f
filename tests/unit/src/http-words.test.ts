/** What errors and the log may say of this machine. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeError, wholeError, withoutPaths } from '../../../src/discreet-text.js'
import { depthOf } from '../../../src/http/read-json-body.js'
import { createLogger } from '../../../src/logger.js'

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

describe('the log', () => {
  it.each([
    ['info', false],
    ['debug', true],
  ])('at the level %s tells paths, stacks and SQL: %s', async (level, tells) => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-log-'))
    const path = join(folder, 'parley.log')
    const logger = createLogger(level, path)
    const err = new Error('SELECT secret FROM /srv/data/sales.csv')
    logger.error({ event: 'failed', err }, 'Nothing at /srv/data/sales.csv.')
    const text = await readFile(path, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ event: 'failed' })
    expect(/SELECT/.test(text)).toBe(tells)
    expect(/srv/.test(text)).toBe(tells)
    await rm(folder, { recursive: true })
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
