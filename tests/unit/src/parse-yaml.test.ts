/** YAML that somebody wrote to do harm, and YAML that is just wrong. */
import { expect, it } from 'vitest'
import { createYamlParser } from '../../../src/parse-yaml.js'

const parse = createYamlParser()

it('reads YAML and JSON', async () => {
  expect(await parse('a: [1, "b"]')).toEqual({ ok: true, value: { a: [1, 'b'] } })
  expect(await parse('{"a": [1, "b"]}')).toEqual({ ok: true, value: { a: [1, 'b'] } })
})

it('says where a text is wrong', async () => {
  expect(await parse('a: [')).toMatchObject({ problem: expect.stringContaining('line 1') })
})

it.each([
  ['refers to itself', 'a: &a [*a]'],
  ['grows when it is read', `a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]`],
])('takes a text for none that %s', async (_, text) => {
  expect(await parse(text)).toMatchObject({ ok: false })
})

it.each([
  // Each alone takes the parser from ten seconds to minutes.
  ['many keys', Array.from({ length: 60_000 }, (_, at) => `k${at}: 1`).join('\n')],
  ['many quotes', '"'.repeat(500_000)],
  ['many brackets', '['.repeat(1_000_000)],
])('gives up on %s in time', async (_, text) => {
  const given = await createYamlParser(1_000)(text)
  expect(given).toEqual({ ok: false, problem: 'Reading it takes too long.' })
})

it('reads the next text after one that was too much', async () => {
  const impatient = createYamlParser(1_000)
  const both = Promise.all([impatient('['.repeat(1_000_000)), impatient('a: 1')])
  expect(await both).toMatchObject([{ ok: false }, { ok: true }])
})
