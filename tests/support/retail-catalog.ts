/** A small retail catalog, written by hand, for tests that need one without a database. */
import type { Catalog, Column, ColumnKind, Relationship, Table } from '../../data/catalog.js'

export function column(name: string, kind: ColumnKind, facts: Partial<Column> = {}): Column {
  const type = { number: 'INTEGER', text: 'VARCHAR', date: 'DATE' }[kind as 'number'] ?? 'VARCHAR'
  return { name, type, kind, nullable: false, unique: false, samples: facts.values ?? [], ...facts }
}

export function table(name: string, rowCount: number, columns: readonly Column[]): Table {
  return { name, columns, rowCount, primaryKey: [columns[0]?.name ?? ''] }
}

export function relationship(from: string, to: string): Relationship {
  const [fromTable = '', fromColumn = ''] = from.split('.')
  const [toTable = '', toColumn = ''] = to.split('.')
  return {
    from: { table: fromTable, column: fromColumn },
    to: { table: toTable, column: toColumn },
    origin: 'declared',
  }
}

export const retailCatalog: Catalog = {
  dialect: 'duckdb',
  version: 'retail-1',
  tables: [
    table('regions', 5, [
      column('region_id', 'number', { unique: true }),
      column('region_name', 'text', { values: ['North', 'South', 'East', 'West', 'Central'] }),
    ]),
    table('stores', 60, [
      column('store_id', 'number', { unique: true }),
      column('store_name', 'text', { samples: ['Harbour Corner', 'Old Mill'] }),
      column('city', 'text', { values: ['Porto', 'Lisbon', 'São Paulo', 'Salem'] }),
      column('region_id', 'number'),
      column('status', 'text', { values: ['active', 'closed'] }),
      column('opened_on', 'date', { min: '2001-03-01', max: '2025-06-30' }),
    ]),
    table('categories', 10, [
      column('category_id', 'number', { unique: true }),
      column('category_name', 'text', { values: ['Groceries', 'Electronics', 'Men’s Shoes'] }),
    ]),
    table('products', 200, [
      column('product_id', 'number', { unique: true }),
      column('product_name', 'text', { samples: ['Desk Lamp', 'Other'] }),
      column('category_id', 'number'),
      column('list_price', 'number', { min: '1.00', max: '999.00' }),
    ]),
    table('customers', 5_000, [
      column('customer_id', 'number', { unique: true }),
      column('customer_name', 'text', { samples: ['Maya Porto', 'Jon Reed'] }),
      column('segment', 'text', { values: ['consumer', 'business', 'student', 'senior'] }),
      column('city', 'text', { values: ['Porto', 'Lisbon', 'Berlin'] }),
    ]),
    table('sales', 90_000, [
      column('sale_id', 'number', { unique: true }),
      column('sold_on', 'date', { min: '2022-01-01', max: '2025-12-31' }),
      column('store_id', 'number'),
      column('customer_id', 'number'),
      column('payment_method', 'text', { values: ['card', 'cash', 'mobile', 'voucher'] }),
      column('total_amount', 'number', { min: '1.00', max: '9000.00' }),
    ]),
    table('sale_lines', 210_000, [
      column('sale_line_id', 'number', { unique: true }),
      column('sale_id', 'number'),
      column('product_id', 'number'),
      column('quantity', 'number', { min: '1', max: '9' }),
      column('line_amount', 'number', { min: '1.00', max: '999.00' }),
    ]),
    table('returns', 8_000, [
      column('return_id', 'number', { unique: true }),
      column('sale_line_id', 'number'),
      column('returned_on', 'date', { min: '2022-01-09', max: '2025-12-31' }),
      column('reason', 'text', { values: ['damaged', 'wrong size', 'changed mind'] }),
    ]),
  ],
  relationships: [
    relationship('stores.region_id', 'regions.region_id'),
    relationship('products.category_id', 'categories.category_id'),
    relationship('sales.store_id', 'stores.store_id'),
    relationship('sales.customer_id', 'customers.customer_id'),
    relationship('sale_lines.sale_id', 'sales.sale_id'),
    relationship('sale_lines.product_id', 'products.product_id'),
    relationship('returns.sale_line_id', 'sale_lines.sale_line_id'),
  ],
}
