/** Builds the demo warehouse: a shop chain's sales of four years, the same for the same seed. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { writeDatabaseFile } from '../../duckdb/write-database-file.js'
import type { OnProgress } from '../../progress.js'
import { createRandom, type Random } from '../../random.js'
import { openTableWriter } from '../table-writer.js'
import { CATEGORY_PLANS } from './assortment.js'
import { FIRST_DAY, LAST_DAY } from './calendar.js'
import { createCustomers } from './customers.js'
import { createTargetBook } from './monthly-targets.js'
import { REGION_NAMES } from './names.js'
import { createProducts } from './products.js'
import { createPromotions } from './promotions.js'
import { RETAIL_TABLES } from './retail-schema.js'
import { createReturns, type Return } from './returns.js'
import { createSales, type SalesInput } from './sales.js'
import { createStores } from './stores.js'

const DEFAULT_SEED = 2022
const STEP = 'Building the demo warehouse'
/** Days between two reports, and between two pauses that let other work run. */
const DAYS_PER_REPORT = 30

export interface RetailOptions {
  readonly seed?: number
  readonly onProgress?: OnProgress
}

/** Writes the whole warehouse to `path`, or leaves nothing there. */
export async function buildRetail(path: string, options: RetailOptions = {}): Promise<void> {
  await writeDatabaseFile(path, async (connection) => {
    for (const table of RETAIL_TABLES) await connection.run(table)
    const random = createRandom(options.seed ?? DEFAULT_SEED)
    const input = {
      stores: createStores(random),
      products: createProducts(random),
      customers: createCustomers(random),
      promotions: createPromotions(),
    }
    await writeDimensions(connection, input)
    await writeSales(connection, input, random, options.onProgress)
  })
}

async function writeDimensions(connection: DuckDBConnection, input: SalesInput): Promise<void> {
  const write = async (table: string, rows: readonly (readonly (string | number | null)[])[]) => {
    const writer = await openTableWriter(connection, table)
    for (const row of rows) writer.add(row)
    writer.close()
  }
  await write(
    'regions',
    REGION_NAMES.map((name, index) => [index + 1, name]),
  )
  await write(
    'stores',
    input.stores.map(({ id, name, city, region, opened, closed, size }) => {
      const status = closed === undefined ? 'active' : 'closed'
      return [id, name, city, region + 1, status, opened, closed ?? null, size]
    }),
  )
  await write(
    'categories',
    CATEGORY_PLANS.map(({ name }, index) => [index + 1, name]),
  )
  await write(
    'products',
    input.products.map((product) => {
      const { id, name, category, listPriceCents, unitCostCents, launched } = product
      return [id, name, category + 1, listPriceCents, unitCostCents, launched]
    }),
  )
  await write(
    'customers',
    input.customers.map(({ id, name, email, segment, city, joined }) => {
      return [id, name, email, segment, city, joined]
    }),
  )
  await write(
    'promotions',
    input.promotions.map(({ id, name, discountPercent, starts, ends }) => {
      return [id, name, discountPercent, starts, ends]
    }),
  )
}

async function writeSales(
  connection: DuckDBConnection,
  input: SalesInput,
  random: Random,
  onProgress: OnProgress | undefined,
): Promise<void> {
  const sales = await openTableWriter(connection, 'sales')
  const lines = await openTableWriter(connection, 'sale_lines')
  const book = createTargetBook()
  const returned: Return[] = []
  let nextReport = FIRST_DAY
  for (const sale of createSales(input, random)) {
    if (sale.day >= nextReport) {
      onProgress?.(STEP, sale.day - FIRST_DAY, LAST_DAY - FIRST_DAY)
      nextReport += DAYS_PER_REPORT
      // Lines refer to sales, so sales go first, and often enough that neither buffer fills up.
      sales.flush()
      lines.flush()
      await new Promise(setImmediate)
    }
    const { id, day, store, customer, promotion, paymentMethod, totalCents } = sale
    sales.add([id, day, store.id, customer.id, promotion?.id ?? null, paymentMethod, totalCents])
    for (const line of sale.lines) {
      const { product, quantity, unitPriceCents, discountCents, amountCents } = line
      lines.add([line.id, id, product.id, quantity, unitPriceCents, discountCents, amountCents])
    }
    book.add(sale)
    returned.push(...createReturns(sale, random))
  }
  sales.close()
  lines.close()
  await writeReturns(connection, returned)
  const targets = await openTableWriter(connection, 'monthly_targets')
  for (const target of book.targets(random)) {
    targets.add([target.storeId, target.month, target.amountCents])
  }
  targets.close()
  onProgress?.(STEP, LAST_DAY - FIRST_DAY, LAST_DAY - FIRST_DAY)
}

async function writeReturns(connection: DuckDBConnection, returned: Return[]): Promise<void> {
  const writer = await openTableWriter(connection, 'returns')
  returned.sort((a, b) => a.day - b.day || a.line.id - b.line.id)
  for (const [index, { line, day, quantity, refundCents, reason }] of returned.entries()) {
    writer.add([index + 1, line.id, day, quantity, refundCents, reason])
  }
  writer.close()
}
