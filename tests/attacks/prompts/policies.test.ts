/** A user of row policies, and a model that obeys whoever asks: over HTTP, no row of another user is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type PolicedService,
  policedService,
  tellsOfNorth,
  usualPolicies,
} from '../../support/policed-service.js'
import { scriptedModel } from '../../support/scripted-model.js'
import { policyAttacks } from './policy-attacks.js'

let service: PolicedService
let writes: readonly string[] = []
let written = 0
const model = scriptedModel(() => {
  const sql = writes[Math.min(written++, writes.length - 1)] ?? ''
  return sql.replaceAll('{source}', `${service.home}/shop.duckdb`)
})

beforeAll(async () => {
  service = await policedService(usualPolicies, model)
}, 120_000)
afterAll(() => service?.close())

async function chat(user: string | undefined, body: object): Promise<string> {
  return (await service.post(user, '/api/v1/chat', body)).text()
}

/** Rows come first in `writes`, so each is the model's first word once. */
const tries = policyAttacks.flatMap(({ asks, writes: all }) =>
  all.map((_, at) => [asks, [...all.slice(at), ...all.slice(0, at)]] as const),
)

describe.each(['local', 'auto'])('with the generator %s', (generator) => {
  it.each(tries)(
    'the question "%s" gets nothing, though the model writes %j',
    async (asks, obeyed) => {
      for (const user of ['sam', 'una', undefined]) {
        writes = obeyed
        written = 0
        expect(await chat(user, { message: asks, generator })).not.toMatch(tellsOfNorth)
      }
    },
  )
})

it.each(tries)('typed as SQL, %#, it gets nothing either', async (_, [sql = '']) => {
  const typed = sql.replaceAll('{source}', `${service.home}/shop.duckdb`)
  expect(await chat('sam', { message: typed })).not.toMatch(tellsOfNorth)
})

it('is tried by at least 12 attacks, which do get rows where they are allowed', async () => {
  expect(policyAttacks.length).toBeGreaterThanOrEqual(12)
  expect(model.requests.length).toBeGreaterThan(tries.length)
  writes = ['SELECT * FROM stores']
  const body = { message: 'List everything about stores', generator: 'local' }
  expect(await chat('norah', body)).toMatch(tellsOfNorth)
})
