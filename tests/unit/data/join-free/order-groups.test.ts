/** Grouped rows get an order where the SQL says none, and keep the one it says. */
import { expect, test } from 'vitest'
import { completeJoinFree } from '../../../../data/join-free/complete-join-free.js'
import { catalogOf } from './catalog-of.js'

const fleet = catalogOf(
  { trucks: ['truck_id', 'model', 'built_year'], trips: ['trip_id', 'truck_id', 'started', 'km'] },
  ['trips.truck_id > trucks.truck_id'],
)

function orderOf(joinFree: string): string | undefined {
  const completion = completeJoinFree(joinFree, fleet, { orderGroups: true })
  if (!completion.ok) throw new Error(completion.message)
  return /\nORDER BY (.*)$/s.exec(completion.sql)?.[1]
}

test.each([
  [
    'largest figure first, then names',
    'select trucks.model, count(*), sum(trips.km) group by trucks.model',
    'COUNT(*) DESC, trucks.model',
  ],
  [
    'times in their own order',
    "select date_trunc('month', trips.started), trucks.model, sum(trips.km) group by date_trunc('month', trips.started), trucks.model",
    "DATE_TRUNC('month', trips.started), trucks.model",
  ],
  [
    'numbers of years as times',
    'select trucks.built_year, count(*) from trucks group by trucks.built_year',
    'trucks.built_year',
  ],
  ['names alone', 'select trucks.model from trucks group by trucks.model', 'trucks.model'],
])('puts %s', (_, joinFree, order) => {
  expect(orderOf(joinFree)).toBe(order)
})

test('keeps the order that is said', () => {
  expect(
    orderOf('select trucks.model, count(*) group by trucks.model order by trucks.model desc'),
  ).toBe('trucks.model DESC')
})

test.each([
  ['rows without groups', 'select trucks.model from trucks'],
  ['a limit', 'select trucks.model, count(*) group by trucks.model limit 3'],
  [
    'two selects put together',
    'select trucks.model group by trucks.model union select trucks.model group by trucks.model',
  ],
])('leaves %s alone', (_, joinFree) => {
  expect(orderOf(joinFree)).toBeUndefined()
})

test('says nothing unless it is asked to', () => {
  const completion = completeJoinFree('select trucks.model, count(*) group by trucks.model', fleet)
  expect(completion.ok && completion.sql).not.toContain('ORDER BY')
})
