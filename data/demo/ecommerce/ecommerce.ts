/** A demo: an online shop with its customers, orders and reviews. */
import { demoDataset } from '../demo-dataset.js'
import { createProducts, productRow } from './catalogue.js'
import { createCustomers } from './customers.js'
import { ECOMMERCE_TABLES } from './ecommerce-schema.js'
import { sell, type Till } from './orders.js'
import { writeReviews } from './reviews.js'

export const ecommerce = demoDataset({
  name: 'ecommerce',
  title: 'E-commerce',
  subject: 'an online shop, 2023 to 2025',
  version: 1,
  seed: 2023,
  tables: ECOMMERCE_TABLES,
  createRows: (random) => {
    const customers = createCustomers(random)
    const products = createProducts(random)
    const till: Till = { customers, products, orders: [], items: [] }
    return {
      customers: customers.map(({ cells }) => cells),
      products: products.map(productRow),
      orders: sell(till, random),
      order_items: till.items,
      reviews: writeReviews(till.orders, random),
    }
  },
})
