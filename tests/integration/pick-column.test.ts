/** A column that was taken for another is corrected: others are offered, the question is read anew, and it sticks. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Answer } from '../../agents/answer.js'
import type { ColumnReference } from '../../data/catalog.js'
import { type RealService, realService } from '../support/real-service.js'
import { scriptedModel } from '../support/scripted-model.js'
import {
  answered,
  failed,
  type TemporaryHome,
  temporaryHome,
} from '../support/temporary-product.js'
import { orderFiles } from '../support/two-dates-shop.js'

let home: TemporaryHome
let service: RealService

beforeAll(async () => {
  home = await temporaryHome()
  const source = await home.write(orderFiles)
  const model = scriptedModel(() => 'select sum(orders.amount)')
  service = await realService({ home: home.path, source, model })
})
afterAll(async () => {
  await service.close()
  await home.remove()
})

const column = (name: string): ColumnReference => {
  const [table = '', of = ''] = name.split('.')
  return { table, column: of }
}
const swap = (from: string, to: string) => ({ column: column(from), by: column(to) })

async function post(path: string, body: object) {
  const response = await fetch(`${service.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

async function ask(message: string, rest: object = {}): Promise<Answer> {
  const { body } = await post('chat', { message, ...rest })
  return body as Answer
}

function othersOf(answer: Answer, name: string): readonly string[] {
  const reading = answered(answer).columnReadings?.find(
    ({ column: { table, column: read } }) => `${table}.${read}` === name,
  )
  return (reading?.others ?? []).map((other) => `${other.table}.${other.column}`)
}

it('offers the near columns of the same kind', async () => {
  const answer = await ask('Total amount by month in 2024')
  expect(answered(answer).sql).toContain('ordered_on')
  expect(othersOf(answer, 'orders.ordered_on')).toEqual(['orders.delivered_on', 'stores.opened_on'])
  expect(othersOf(answer, 'orders.amount')).toEqual(['orders.net_amount'])
  expect(answered(answer).columnReadings?.[1]?.phrase ?? '').toBe('amount')
})

it('reads a question with another date and another amount, and its follow-ups too', async () => {
  const columns = [
    swap('orders.ordered_on', 'orders.delivered_on'),
    swap('orders.amount', 'orders.net_amount'),
  ]
  const right = answered(await ask('Total amount by month', { columns }))
  expect(right.sql).toContain('net_amount')
  expect(right.sql).not.toContain('ordered_on')
  // Everything of January was delivered in February.
  expect(right.rows).toEqual([
    ['2024-02-01', 90],
    ['2024-03-01', 180],
  ])
  const { conversationId: conversation_id } = right
  const next = answered(await ask('by store city instead', { conversation_id }))
  expect(next.sql).toContain('net_amount')
})

it('moves a condition on time to the other date', async () => {
  const columns = [swap('orders.ordered_on', 'orders.delivered_on')]
  const asked = 'Total amount in January 2024'
  expect(answered(await ask(asked)).rows).toEqual([[100]])
  expect(answered(await ask(asked, { columns })).rows).toEqual([[null]])
})

it('changes what the model wrote in the same way', async () => {
  const columns = [swap('orders.amount', 'orders.net_amount')]
  const written = { generator: 'local', columns }
  const answer = answered(await ask('What did we turn over?', written))
  expect(answer).toMatchObject({ generator: 'local', rows: [[270]], warnings: [] })
})

it('says so where the SQL reads no such column', async () => {
  const columns = [swap('stores.city', 'stores.store_name')]
  const { warnings } = answered(await ask('Total amount', { columns }))
  expect(warnings).toContain(
    'The SQL does not read stores.store_name: the question asks for none such.',
  )
})

it('refuses columns that there are none of', async () => {
  const columns = [swap('orders.amount', 'orders.profit')]
  expect(failed(await ask('Total amount', { columns })).error).toMatchObject({
    code: 'not_understood',
    message: 'This data has no column orders.profit.',
  })
  const malformed = await post('chat', { message: 'Total amount', columns: ['orders.amount'] })
  expect(malformed).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } })
})

it('sticks once it is approved, and can be corrected again after that', async () => {
  const columns = [swap('orders.amount', 'orders.net_amount')]
  const message = 'Total amount by store city'
  const right = answered(await ask(message, { columns }))
  const pair = { question: message, sql: right.sql }
  expect((await post('knowledge/sql_pairs', pair)).status).toBe(201)
  const again = answered(await ask(message))
  expect(again).toMatchObject({ generator: 'approved', rows: right.rows })
  const back = [swap('orders.net_amount', 'orders.amount')]
  const changed = answered(await ask(message, { columns: back }))
  expect(changed.generator).toBe('rules')
})
