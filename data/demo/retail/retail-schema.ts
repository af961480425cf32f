/** The demo warehouse's tables, in an order that satisfies their foreign keys. */

export const RETAIL_TABLES = [
  `CREATE TABLE regions (
    region_id INTEGER PRIMARY KEY,
    region_name VARCHAR NOT NULL)`,
  `CREATE TABLE stores (
    store_id INTEGER PRIMARY KEY,
    store_name VARCHAR NOT NULL,
    city VARCHAR NOT NULL,
    region_id INTEGER NOT NULL REFERENCES regions (region_id),
    status VARCHAR NOT NULL,
    opened_on DATE NOT NULL,
    closed_on DATE,
    size_sqm INTEGER NOT NULL)`,
  `CREATE TABLE categories (
    category_id INTEGER PRIMARY KEY,
    category_name VARCHAR NOT NULL)`,
  `CREATE TABLE products (
    product_id INTEGER PRIMARY KEY,
    product_name VARCHAR NOT NULL,
    category_id INTEGER NOT NULL REFERENCES categories (category_id),
    list_price DECIMAL(10,2) NOT NULL,
    unit_cost DECIMAL(10,2) NOT NULL,
    launched_on DATE NOT NULL)`,
  `CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY,
    customer_name VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    segment VARCHAR NOT NULL,
    city VARCHAR NOT NULL,
    joined_on DATE NOT NULL)`,
  `CREATE TABLE promotions (
    promotion_id INTEGER PRIMARY KEY,
    promotion_name VARCHAR NOT NULL,
    discount_percent INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL)`,
  `CREATE TABLE sales (
    sale_id INTEGER PRIMARY KEY,
    sold_on DATE NOT NULL,
    store_id INTEGER NOT NULL REFERENCES stores (store_id),
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    promotion_id INTEGER REFERENCES promotions (promotion_id),
    payment_method VARCHAR NOT NULL,
    total_amount DECIMAL(12,2) NOT NULL)`,
  `CREATE TABLE sale_lines (
    sale_line_id INTEGER PRIMARY KEY,
    sale_id INTEGER NOT NULL REFERENCES sales (sale_id),
    product_id INTEGER NOT NULL REFERENCES products (product_id),
    quantity INTEGER NOT NULL,
    unit_price DECIMAL(10,2) NOT NULL,
    discount_amount DECIMAL(10,2) NOT NULL,
    line_amount DECIMAL(12,2) NOT NULL)`,
  `CREATE TABLE returns (
    return_id INTEGER PRIMARY KEY,
    sale_line_id INTEGER NOT NULL REFERENCES sale_lines (sale_line_id),
    returned_on DATE NOT NULL,
    quantity INTEGER NOT NULL,
    refund_amount DECIMAL(12,2) NOT NULL,
    reason VARCHAR NOT NULL)`,
  `CREATE TABLE monthly_targets (
    store_id INTEGER NOT NULL REFERENCES stores (store_id),
    target_month DATE NOT NULL,
    target_amount DECIMAL(12,2) NOT NULL,
    PRIMARY KEY (store_id, target_month))`,
] as const
