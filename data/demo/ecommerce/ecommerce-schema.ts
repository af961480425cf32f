/** The tables of the online shop, in an order that satisfies their foreign keys. */
import type { DemoTable } from '../demo-table.js'

export const ECOMMERCE_TABLES: readonly DemoTable[] = [
  {
    name: 'customers',
    comment: 'People with an account in the online shop.',
    columns: [
      ['customer_id', 'INTEGER PRIMARY KEY', 'Number of the customer.'],
      ['full_name', 'VARCHAR NOT NULL', 'First and last name.'],
      ['email', 'VARCHAR NOT NULL UNIQUE', 'E-mail address the account belongs to.'],
      ['country', 'VARCHAR NOT NULL', 'Country that orders are sent to.'],
      ['birth_year', 'INTEGER', 'Year of birth; missing where the customer did not say.'],
      ['channel', 'VARCHAR NOT NULL', 'What brought the customer: search, social, email, …'],
      ['newsletter', 'BOOLEAN NOT NULL', 'Whether the customer takes the newsletter.'],
      ['signed_up_on', 'DATE NOT NULL', 'Day the account was opened.'],
    ],
  },
  {
    name: 'products',
    comment: 'What the shop sells or has sold.',
    columns: [
      ['product_id', 'INTEGER PRIMARY KEY', 'Number of the product.'],
      ['product_name', 'VARCHAR NOT NULL', 'Brand and kind.'],
      ['category', 'VARCHAR NOT NULL', 'Department of the shop.'],
      ['brand', 'VARCHAR NOT NULL', 'Maker of the product.'],
      ['price', 'DECIMAL(10,2) NOT NULL', 'Price of one unit today, in euros.'],
      ['unit_cost', 'DECIMAL(10,2) NOT NULL', 'What one unit costs the shop, in euros.'],
      ['stock_quantity', 'INTEGER NOT NULL', 'Units in the warehouse; 0 when sold out.'],
      ['added_on', 'DATE NOT NULL', 'First day on sale.'],
      ['discontinued_on', 'DATE', 'Day the product left the shop; missing while it is sold.'],
    ],
  },
  {
    name: 'orders',
    comment: 'One row for each order, whatever became of it.',
    columns: [
      ['order_id', 'INTEGER PRIMARY KEY', 'Number of the order.'],
      ['customer_id', 'INTEGER NOT NULL REFERENCES customers (customer_id)', 'Who ordered.'],
      ['ordered_at', 'TIMESTAMP NOT NULL', 'When the order was placed.'],
      ['status', 'VARCHAR NOT NULL', 'processing, shipped, delivered, returned or cancelled.'],
      ['payment_method', 'VARCHAR NOT NULL', 'How the customer paid.'],
      ['coupon_code', 'VARCHAR', 'Coupon used; missing in most orders.'],
      ['discount_amount', 'DECIMAL(10,2) NOT NULL', 'What the coupon took off, in euros.'],
      ['shipping_fee', 'DECIMAL(10,2) NOT NULL', 'Charged for delivery, in euros.'],
      ['total_amount', 'DECIMAL(12,2) NOT NULL', 'Items less discount, with shipping, in euros.'],
      ['delivered_on', 'DATE', 'Day of delivery; missing where there was none.'],
    ],
  },
  {
    name: 'order_items',
    comment: 'The lines of the orders.',
    columns: [
      ['order_item_id', 'INTEGER PRIMARY KEY', 'Number of the line.'],
      ['order_id', 'INTEGER NOT NULL REFERENCES orders (order_id)', 'Order the line belongs to.'],
      ['product_id', 'INTEGER NOT NULL REFERENCES products (product_id)', 'What was ordered.'],
      ['quantity', 'INTEGER NOT NULL', 'Units of the product.'],
      ['unit_price', 'DECIMAL(10,2) NOT NULL', 'Price of one unit at the time, in euros.'],
    ],
  },
  {
    name: 'reviews',
    comment: 'What buyers wrote about products; one by each buyer of a product at most.',
    columns: [
      ['review_id', 'INTEGER PRIMARY KEY', 'Number of the review.'],
      ['product_id', 'INTEGER NOT NULL REFERENCES products (product_id)', 'Product reviewed.'],
      ['customer_id', 'INTEGER NOT NULL REFERENCES customers (customer_id)', 'Who wrote it.'],
      ['rating', 'INTEGER NOT NULL', 'Stars, 1 to 5.'],
      ['review_title', 'VARCHAR', 'Headline; missing where only stars were given.'],
      ['helpful_votes', 'INTEGER NOT NULL', 'Readers who found it helpful.'],
      ['reviewed_on', 'DATE NOT NULL', 'Day of the review.'],
    ],
  },
]
