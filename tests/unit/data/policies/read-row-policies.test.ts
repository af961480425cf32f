/** Files of row policies: what they say is what is enforced, or they are refused. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRowPolicies } from '../../../../data/policies/read-row-policies.js'
import { policyOf } from '../../../../data/policies/row-policy.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-policies-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(name: string, text: string) {
  await writeFile(join(folder, name), text)
  return readRowPolicies(join(folder, name))
}

describe('a file of row policies', () => {
  it('gives each user tables and conditions, and the others what * has', async () => {
    const policies = await read(
      'policies.yaml',
      `users:\n  ann:\n    sales: region = 'north'\n    stores: true\n  "*":\n    stores: "false"\n`,
    )
    expect(policyOf(policies, 'ann')).toEqual({ sales: "region = 'north'", stores: 'true' })
    expect(policyOf(policies, 'bob')).toEqual({ stores: 'false' })
  })

  it('shows nothing to a user whom it does not name', async () => {
    const policies = await read('policies.json', '{"users": {"ann": {"sales": "true"}}}')
    expect(policyOf(policies, 'bob')).toEqual({})
    expect(policyOf(policies, '__proto__')).toEqual({})
  })

  it.each([
    ['users: {ann: {sales: 1}}', 'a condition that is no text'],
    ['users: {ann: {sales: ""}}', 'an empty condition'],
    ['users: {ann: sales}', 'a user without tables'],
    ['user: {ann: {sales: "true"}}', 'a misspelled key'],
    ['users: {}\nusers: {}', 'what is no YAML'],
    ['users: {ann: {sales: "true", Sales: "false"}}', 'a table that is named twice'],
    ['', 'nothing'],
  ])('is refused when it is %j, with %s', async (text) => {
    await expect(read('wrong.yaml', text)).rejects.toMatchObject({ code: 'policy_invalid' })
  })

  it('is refused with the line and the field of each mistake', async () => {
    const text = 'users:\n  ann:\n    sales: 7\n  bob: everything\n'
    await expect(read('wrong.yaml', text)).rejects.toThrow(/line 3, users\.ann\.sales: .*line 4/)
    await expect(read('wrong.yaml', 'users:\n  ann: {\n')).rejects.toThrow(/line \d/)
  })

  it('is refused when it is missing', async () => {
    await expect(readRowPolicies(join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'policy_invalid',
    })
  })
})
