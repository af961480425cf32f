/** Statements that must not run on a SQLite file. */

const files = [
  "SELECT readfile('/etc/hostname')",
  "SELECT writefile('out.txt', 'x')",
  "SELECT load_extension('x.so')",
  "SELECT * FROM fsdir('/')",
  'SELECT hex(data) FROM sqlite_dbpage',
  'SELECT * FROM elsewhere',
  "ATTACH 'other.sqlite' AS other",
  "ATTACH 'file:other.sqlite?mode=rwc' AS other",
  'DETACH main',
  "VACUUM INTO 'copy.sqlite'",
  'SELECT edit(1)',
]

const changes = [
  'DROP TABLE stores',
  'DELETE FROM stores',
  'UPDATE stores SET size = 0',
  'INSERT INTO stores (id) VALUES (99)',
  'REPLACE INTO stores (id) VALUES (1)',
  'INSERT INTO stores (id) VALUES (98) RETURNING id',
  'CREATE TABLE t AS SELECT 1',
  'CREATE TEMP TABLE stores AS SELECT 1',
  'CREATE TEMP VIEW v AS SELECT 1',
  'ALTER TABLE stores ADD COLUMN x',
  'WITH a AS (SELECT 1) DELETE FROM stores',
  'WITH a AS (SELECT 1) INSERT INTO stores (id) SELECT 97',
  'WITH a AS (SELECT 1) UPDATE stores SET size = 0',
  'BEGIN',
  'COMMIT',
  'SAVEPOINT a',
  'VACUUM',
  'ANALYZE',
  'REINDEX',
]

const settings = [
  'PRAGMA user_version = 5',
  'PRAGMA query_only = OFF',
  'PRAGMA trusted_schema = ON',
  'PRAGMA writable_schema = ON',
  'PRAGMA journal_mode = DELETE',
  'PRAGMA hard_heap_limit = 0',
  'PRAGMA table_info(stores)',
  "SELECT * FROM pragma_table_info('stores')",
  'SELECT * FROM pragma_database_list',
  "SELECT * FROM pragma_table_info('stores') AS json_each",
]

const inside = [
  'SELECT * FROM sqlite_schema',
  'SELECT * FROM sqlite_master',
  'SELECT * FROM main.sqlite_schema',
  'SELECT * FROM temp.sqlite_schema',
  'SELECT * FROM inside',
  'SELECT * FROM sqlite_stmt',
  'SELECT * FROM dbstat',
  'SELECT * FROM words',
  "SELECT * FROM words WHERE words MATCH 'a'",
  'SELECT block FROM words_data',
  "SELECT fts3_tokenizer('simple')",
  "SELECT sha3_query('SELECT 1')",
  "SELECT sqlite3mc_config('cipher')",
  'SELECT sqlite_compileoption_get(1)',
  'SELECT changes()',
  'SELECT last_insert_rowid()',
  "SELECT vector32('[1]')",
  'SELECT name FROM stores WHERE id = ?',
  'SELECT name FROM stores WHERE id = :id',
  "SELECT value FROM json_each('[1]')",
  'SELECT * FROM generate_series(1, 10)',
]

const several = [
  'SELECT 1; SELECT 2',
  'SELECT 1; DROP TABLE stores',
  "SELECT 1; ATTACH 'other.sqlite' AS other",
  'SELECT 1) UNION SELECT * FROM (SELECT 2',
  "SELECT 1) ; ATTACH 'other.sqlite' AS other; SELECT (1",
  'SELECT 1 LIMIT 1) SELECT 1 --',
  "SELECT 1 /* /* */ , readfile('/etc/hostname') --*/",
  "SELECT '\\', readfile('/etc/hostname') --'",
  'EXPLAIN SELECT 1',
  'EXPLAIN QUERY PLAN SELECT 1',
  'QUERY PLAN SELECT 1',
  '(SELECT 1)',
  'SELECT 1 \0 FROM stores',
  '',
  ' ; ; -- nothing',
  'SELEKT 1',
  `SELECT ${'1 + '.repeat(6_000)} 1`,
  `SELECT ${'('.repeat(3_000)} 1 ${')'.repeat(3_000)}`,
]

const bombs = [
  'SELECT length(zeroblob(900000000))',
  'SELECT length(randomblob(900000000))',
  "SELECT replicate('x', 900000000)",
  "SELECT padl('x', 900000000)",
  'SELECT abs(-9223372036854775808)',
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0',
]

export const refusedSqliteSql: readonly string[] = [
  ...files,
  ...changes,
  ...settings,
  ...inside,
  ...several,
]

/** What may be read but not run to its end. */
export const sqliteBombs: readonly string[] = bombs
