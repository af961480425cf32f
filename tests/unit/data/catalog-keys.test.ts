/** Which keys and relationships names alone suggest. */
import { describe, expect, it } from 'vitest'
import type { Column, Table } from '../../../data/catalog.js'
import { keyCandidates, proposeRelationships } from '../../../data/catalog-keys.js'

function column(name: string, more: Partial<Column> = {}): Column {
  return {
    name,
    type: 'INTEGER',
    kind: 'number',
    nullable: false,
    unique: false,
    samples: [],
    ...more,
  }
}

function table(name: string, ...columns: (Column | string)[]): Table {
  const full = columns.map((c) => (typeof c === 'string' ? column(c) : c))
  return { name, columns: full, primaryKey: [], rowCount: 10 }
}

function key(name: string, more: Partial<Column> = {}): Column {
  return column(name, { unique: true, ...more })
}

function bestProposals(...tables: Table[]): string[] {
  const best = new Map<string, string>()
  for (const { from, to } of proposeRelationships(tables)) {
    const child = `${from.table}.${from.column}`
    if (!best.has(child)) best.set(child, `${child} -> ${to.table}.${to.column}`)
  }
  return [...best.values()]
}

describe('candidates for a key', () => {
  it('put the table’s own id first, then other ids, then the first column', () => {
    const found = keyCandidates(table('stores', 'number_of_doors', 'region_id', 'store_id', 'size'))
    expect(found.map((c) => c.name)).toEqual(['store_id', 'number_of_doors', 'region_id'])
  })

  it('leave out fractions and nested values', () => {
    const fraction = column('id', { type: 'DOUBLE' })
    const list = column('list_id', { kind: 'other', type: 'INTEGER[]' })
    expect(keyCandidates(table('t', fraction, list))).toEqual([])
  })
})

describe('proposed relationships', () => {
  it.each([
    ['customer_id', 'customers', 'customer_id'],
    ['customerId', 'Customers', 'id'],
    ['customer', 'customers', 'id'],
    ['billing_address_id', 'addresses', 'id'],
    ['host_city', 'city', 'city_id'],
    ['away_team_id_2', 'teams', 'team_id'],
    ['target_user_id', 'accounts', 'user_id'],
    ['maker', 'car_makers', 'id'],
    ['uid', 'profiles', 'uid'],
  ])('join %s to %s.%s', (child, parent, parentKey) => {
    const proposals = bestProposals(table('facts', child), table(parent, key(parentKey)))
    expect(proposals).toEqual([`facts.${child} -> ${parent}.${parentKey}`])
  })

  it.each([
    ['id', 'customers', 'id'],
    ['total_orders', 'orders', 'id'],
    ['number_of_city', 'city', 'id'],
    ['store_id', 'regions', 'region_id'],
    ['code', 'countries', 'code'],
    ['x', 'xs', 'y'],
  ])('do not join %s to %s.%s', (child, parent, parentKey) => {
    expect(bestProposals(table('facts', child), table(parent, key(parentKey)))).toEqual([])
  })

  it('never join columns of different kinds', () => {
    const text = column('customer_id', { kind: 'text', type: 'VARCHAR' })
    expect(bestProposals(table('sales', text), table('customers', key('customer_id')))).toEqual([])
  })

  it('prefer the table that the column is named after', () => {
    const details = table('customer_details', key('customer_id'))
    const customers = table('customers', key('customer_id'))
    expect(bestProposals(details, table('sales', 'customer_id'), customers)).toEqual([
      'customer_details.customer_id -> customers.customer_id',
      'sales.customer_id -> customers.customer_id',
    ])
  })

  it('let a manager be a row of the same table', () => {
    expect(bestProposals(table('employees', key('employee_id'), 'manager_id'))).toEqual([
      'employees.manager_id -> employees.employee_id',
    ])
  })
})
