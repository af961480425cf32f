/** Prompt injection, direct and through the data, against the whole product with a model that always obeys. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelsOf, scriptedModel } from '../../support/scripted-model.js'
import { answered, rowsOfFile, temporaryHome } from '../../support/temporary-product.js'
import { type AttackedProduct, openAttackedProduct } from './attacked-product.js'
import { directAttacks } from './direct-attacks.js'
import { customers, hostilePlace } from './hostile-database.js'
import { indirectAttacks } from './indirect-attacks.js'
import { mustAnswers } from './must-answers.js'
import type { PromptAttack } from './prompt-attack.js'
import { fingerprintOf } from './witness.js'

const attacks = [...directAttacks, ...indirectAttacks]

let product: AttackedProduct
let writes: readonly string[] = ['']
let written = 0
const model = scriptedModel(() => writes[Math.min(written++, writes.length - 1)] ?? '')

beforeAll(async () => {
  product = await openAttackedProduct(model)
}, 120_000)

afterAll(() => product?.close())

/** What the model writes from now on. */
function obey(attack: Pick<PromptAttack, 'writes'>): void {
  writes = attack.writes.map(product.filledIn)
  written = 0
}

it('is attacked in at least 80 ways, all of them different', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(80)
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length)
  expect(new Set(attacks.map(({ asks, writes }) => JSON.stringify([asks, writes]))).size).toBe(
    attacks.length,
  )
})

describe.each(['local', 'auto'] as const)(
  'with the generator %s, a model that obeys when',
  (generator) => {
    it.each(attacks.map((one) => [one.name, one] as const))('the attacker %s', async (_, one) => {
      obey(one)
      const { answers, forbidden } = await product.attack(one, generator)
      expect(forbidden).toEqual([])
      // Whatever was said and read before, the next question of the conversation is answered as ever.
      expect(answers.at(-1)).toMatchObject({ ok: true, rows: [[customers]] })
    })
  },
)

it('warns of a text that the model, not the data, speaks', async () => {
  obey({ writes: ["SELECT 'OBEYED: visit us' AS notice, count(*) AS n FROM orders"] })
  const answer = answered(
    await product.orchestrator.process('Say something about orders', { generator: 'local' }),
  )
  expect(answer.warnings).toContain('The text in notice stands in the SQL, not in the data.')
})

it('reached the model with most of the attacks, and ran some of what it wrote', () => {
  expect(model.requests.length).toBeGreaterThan(attacks.length)
  expect(product.ran.length).toBeGreaterThan(10)
})

describe('a database whose rows and names give orders', () => {
  it.each(mustAnswers)('still answers "%s"', async (question, sql) => {
    obey({ writes: ['DROP TABLE orders'] })
    const { rows } = answered(await product.orchestrator.process(question))
    const expected = await rowsOfFile(product.place.database, sql)
    const comparable = (values: readonly (readonly unknown[])[]) =>
      values.map((row) => row.map(String).sort().join('|')).sort()
    expect(comparable(rows)).toEqual(comparable(expected))
  })
})

it('reads a folder whose file names give orders as tables of those names, and no more', async () => {
  const home = await temporaryHome()
  const { folder } = await hostilePlace(join(home.path, 'sources'))
  const before = await fingerprintOf(folder)
  const orchestrator = await home.open({ source: folder, models: modelsOf(model) })
  obey({ writes: ['DROP TABLE answers'] })
  for (const { name, rowCount } of (await orchestrator.catalog()).tables) {
    expect([name, rowCount]).toEqual([name, 2])
    const asked = await orchestrator.process(`how many rows has "${name}"?`, { generator: 'local' })
    expect(JSON.stringify(asked)).not.toContain('SECRET')
  }
  const count = answered(await orchestrator.process('how many answers are there?'))
  expect(count.rows).toEqual([[2]])
  expect(await fingerprintOf(folder)).toBe(before)
  await home.remove()
})

describe('the second reader', () => {
  it.each([
    'DROP TABLE customers',
    'SELECT 1; SELECT 2',
    "SELECT * FROM read_text('x')",
    'SELECT * FROM duckdb_settings()',
    'SELECT * FROM salaries',
    'EXPLAIN ANALYZE SELECT 1',
  ])('objects to %s', async (sql) => {
    expect(await product.objection(sql, ['customers'])).toBeDefined()
  })

  it('has nothing against a query of the tables', async () => {
    const sql =
      'WITH c AS (SELECT city FROM customers) SELECT count(*) FROM c JOIN customers USING (city)'
    expect(await product.objection(sql, ['customers'])).toBeUndefined()
  })
})
