/** A shop on MariaDB with most of what a schema can have; the allowed and the refused SQL are about it. */
export const mysqlShop: readonly string[] = [
  `CREATE TABLE stores (store_id integer PRIMARY KEY, name varchar(40) NOT NULL UNIQUE, size integer COMMENT 'In square metres',
   is_open boolean, opened_on date, kind enum('small', 'medium', 'large'), details json) COMMENT 'Places that sell'`,
  `INSERT INTO stores SELECT seq, concat('Store ', seq), seq * 10, seq % 2 = 0, date '2022-01-01' + INTERVAL seq DAY,
   elt(seq % 3 + 1, 'small', 'medium', 'large'), '{"owner": "Ann"}' FROM seq_1_to_30`,
  `CREATE TABLE sales (store_id integer, sold_on date, amount decimal(10, 2), note text,
   FOREIGN KEY (store_id) REFERENCES stores (store_id))`,
  `INSERT INTO sales SELECT seq % 30 + 1, date '2023-01-01' + INTERVAL (seq % 700) DAY, seq / 7, NULL FROM seq_1_to_5000`,
  'CREATE TABLE `Weird Name` (id integer, `Mixed Case` text)',
  "INSERT INTO `Weird Name` VALUES (1, 'x')",
  'CREATE TABLE `select` (`order` integer, `a``b` integer)',
  'CREATE VIEW open_stores AS SELECT name, size FROM stores WHERE is_open',
  'CREATE SEQUENCE ids',
  'CREATE DATABASE other',
  'CREATE TABLE other.secrets (person text, amount decimal)',
  'CREATE FUNCTION own_secret() RETURNS text RETURN 1',
]
