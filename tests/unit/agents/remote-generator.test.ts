/** A generator with a model elsewhere: how its answers are read, how long it is waited for, and who answers in its place. */
import { describe, expect, it } from 'vitest'
import { fallBack } from '../../../agents/generators/fall-back.js'
import { fillIn } from '../../../agents/generators/remote/fill-in.js'
import { readSql } from '../../../agents/generators/remote/read-sql.js'
import { toldFailure } from '../../../agents/generators/remote/told-failure.js'
import { createRemoteGenerator } from '../../../agents/generators/remote-generator.js'
import type { GenerationRequest, SqlGenerator } from '../../../agents/sql-generator.js'
import type { LanguageModel } from '../../../models/language-model.js'
import { retailCatalog } from '../../support/retail-catalog.js'
import { scriptedModel } from '../../support/scripted-model.js'

const request: GenerationRequest = {
  question: 'Stores by region?',
  asked: ['Stores by region?'],
  intent: 'comparison',
  entities: {
    measures: [],
    dimensions: [],
    listed: [],
    filters: [],
    existence: [],
    periods: [],
    having: [],
    distinct: false,
    asOf: '2025-12-31',
    presentation: 'plain',
    ambiguities: [],
    unknownWords: [],
  },
  context: { documents: [], tables: ['stores'] },
  catalog: retailCatalog,
  valueLinks: [],
  tryOut: () => Promise.reject(new Error('Nothing is tried out.')),
}

function remote(model: LanguageModel, modelMs?: number): SqlGenerator {
  const status = () => ({ ready: true, note: 'A stand-in.' })
  const find = async () => ({ model, told: 'schema-only' as const })
  return createRemoteGenerator('openai', { status, find }, modelMs)
}

/** Answers when it is stopped, and not before. */
const silent: LanguageModel = {
  ...scriptedModel(() => ''),
  complete: ({ signal }) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
}

const other: SqlGenerator = {
  name: 'rules',
  status: () => ({ name: 'rules', ready: true, note: '' }),
  generate: async ({ failure }) => ({
    ok: true,
    sql: failure ? 'SELECT 0' : 'SELECT 1',
    generator: 'rules',
    candidates: [],
    evidence: [],
    reason: 'It can.',
  }),
  close: async () => {},
}

describe('a model that does not answer', () => {
  it('is left after half of what a question has left, and the other answers in time', async () => {
    const endsAt = Date.now() + 1_000
    const generation = await fallBack(remote(silent), other).generate({ ...request, endsAt })
    expect(Date.now()).toBeLessThan(endsAt)
    expect(generation).toMatchObject({ ok: true, generator: 'rules', sql: 'SELECT 1' })
    expect(generation.ok && generation.warnings?.[0]).toMatch(
      /^openai could not be asked: .* within 0\.5 s\./,
    )
  })

  it('is left at once when the question is cancelled, and nobody answers', async () => {
    const signal = AbortSignal.timeout(20)
    const generation = await fallBack(remote(silent), other).generate({ ...request, signal })
    expect(generation).toMatchObject({ ok: false, code: 'cancelled' })
  })

  it('has its own failed SQL kept from whoever answers in its place', async () => {
    const failure = {
      sql: 'SELECT x',
      code: 'sql_invalid',
      message: 'No x.',
      hints: [],
      generator: 'openai',
    } as const
    const generation = await fallBack(remote(silent, 10), other).generate({ ...request, failure })
    expect(generation).toMatchObject({ ok: true, sql: 'SELECT 1' })
  })
})

it.each([
  ['SELECT 1;', 'SELECT 1'],
  ['```sql\nSELECT 1\n```', 'SELECT 1'],
  ['Here it is:\n```\nSELECT 1;\n```\nIt counts.', 'SELECT 1'],
  ['<think>maybe ```sql\nx\n```</think>\nSQL: SELECT 1', 'SELECT 1'],
  ['None.', undefined],
])('reads %j as the SQL %j', (answer, sql) => {
  expect(readSql(answer)).toBe(sql)
})

describe('what a model was not told', () => {
  const link = (phrase: string, value: string, column = 'city') => ({
    start: 0,
    end: 1,
    phrase,
    value,
    similarity: 1,
    column: { table: 'stores', column },
  })

  it('is filled in: the day, and values in the spelling of the data', () => {
    const sql = "SELECT 1 WHERE city = 'SAO PAULO' AND day > '{today}' AND note = 'it''s'"
    expect(fillIn(sql, '2025-12-31', [link('sao paulo', "São 'Paulo'")])).toBe(
      "SELECT 1 WHERE city = 'São ''Paulo''' AND day > '2025-12-31' AND note = 'it''s'",
    )
  })

  it('stays as it was written where the words stand for several values', () => {
    const links = [link('north', 'North'), link('north', 'NORTH', 'region')]
    expect(fillIn("SELECT 'north'", '2025-12-31', links)).toBe("SELECT 'north'")
  })

  it('is not in what it is told of a failure: nothing but its own words, names, and those of engines', () => {
    const failure = {
      generator: 'openai',
      code: 'sql_invalid',
      sql: "SELECT citty FROM stores WHERE city = 'São Paulo'",
      written: "SELECT citty FROM stores WHERE city = 'sao paulo'",
      message: `Binder Error: Referenced column "citty" not found; LINE 1: … city = 'São Paulo', 'Secret 42'`,
      hints: ['stores.city', 'Secret.42'],
    } as const
    const { reason } = toldFailure(failure, retailCatalog, false)
    expect(reason).toBe(
      `binder error: referenced column "citty" not found; line …: … city = '… paulo', '… …' Near names: stores.city.`,
    )
  })
})
