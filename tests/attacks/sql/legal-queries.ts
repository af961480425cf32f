/** Questions that people ask, some with words in them that sound dangerous: all must be answered. */
import { allowedSql } from '../../unit/data/guard/allowed-sql.js'
import { attacks } from './sql-attack.js'

const soundsDangerous = [
  "SELECT 'DROP TABLE stores' AS text",
  "SELECT name FROM stores WHERE name LIKE '%; DELETE%'",
  'SELECT name AS "drop", size AS "copy", status AS "attach" FROM stores',
  'SELECT count(*) AS read_csv FROM stores',
  'WITH pragma AS (SELECT 1 AS load) SELECT load FROM pragma',
  'SELECT * FROM (SELECT 1 AS pg_sleep) AS read_text',
  "SELECT name /* read_text('x') */ FROM stores -- DROP TABLE",
  "SELECT $$it's; COPY$$ AS quoted",
  "SELECT E'a\\'b; DROP' AS escaped",
  'SELECT "select" FROM "odd name"',
  'FROM stores SELECT name WHERE size > 100',
  "SELECT 'SET x = 1' || name FROM stores LIMIT 3",
]

const everyday = [
  'SELECT count(*) FROM sales',
  'SELECT status, count(*) AS n FROM stores GROUP BY status ORDER BY n DESC',
  'SELECT s.name, sum(a.amount) FROM stores s JOIN sales a ON a.store_id = s.id GROUP BY s.name ORDER BY 2 DESC LIMIT 10',
  "SELECT strftime(sold_on, '%Y-%m') AS month, round(sum(amount), 2) FROM sales GROUP BY month ORDER BY month",
  'SELECT sum(amount) / count(DISTINCT store_id) FROM sales',
  "SELECT count(*) FILTER (WHERE status = 'closed') * 100.0 / count(*) FROM stores",
  'SELECT name, size - avg(size) OVER () AS above FROM stores ORDER BY above DESC',
  'SELECT sold_on, sum(amount) OVER (ORDER BY sold_on) FROM sales ORDER BY sold_on LIMIT 20',
  'WITH top AS (SELECT store_id, sum(amount) AS total FROM sales GROUP BY 1) SELECT name, total FROM top JOIN stores ON id = top.store_id ORDER BY total DESC LIMIT 5',
  'SELECT name FROM stores WHERE id NOT IN (SELECT store_id FROM sales WHERE amount > 700)',
  "SELECT year(sold_on) AS y, month(sold_on) AS m, sum(amount) FROM sales WHERE sold_on BETWEEN DATE '2023-01-01' AND DATE '2023-12-31' GROUP BY ALL ORDER BY ALL",
  "SELECT name, opened_on, date_diff('month', opened_on, DATE '2024-01-01') AS months FROM stores",
  'SELECT max(amount) - min(amount) AS spread, stddev(amount), variance(amount) FROM sales',
  "SELECT CASE WHEN amount < 100 THEN 'small' WHEN amount < 500 THEN 'middle' ELSE 'large' END AS class, count(*) FROM sales GROUP BY class",
  "SELECT a.month, a.total, a.total - lag(a.total) OVER (ORDER BY a.month) AS change FROM (SELECT date_trunc('month', sold_on) AS month, sum(amount) AS total FROM sales GROUP BY 1) a ORDER BY 1",
  'SELECT DISTINCT status FROM stores ORDER BY 1',
  'SELECT name FROM stores WHERE opened_on = (SELECT max(opened_on) FROM stores)',
  'SELECT store_id, count(*) FROM sales GROUP BY store_id HAVING count(*) > (SELECT avg(n) FROM (SELECT count(*) AS n FROM sales GROUP BY store_id))',
  'SELECT dayname(sold_on), avg(amount) FROM sales GROUP BY 1 ORDER BY 2 DESC',
  'SELECT s.status, median(a.amount) FROM stores s LEFT JOIN sales a ON a.store_id = s.id GROUP BY s.status'.replace(
    'median',
    'avg',
  ),
  'SELECT * FROM sales ORDER BY amount DESC LIMIT 1000',
  'SELECT * FROM sales',
  "SELECT name FROM stores WHERE lower(name) LIKE '%store 1%' ORDER BY length(name), name",
  'SELECT width_bucket AS b, count(*) FROM (SELECT floor(amount / 50) AS width_bucket FROM sales) GROUP BY b ORDER BY b',
  'SELECT percent, count(*) FROM (SELECT ntile(10) OVER (ORDER BY amount) AS percent FROM sales) GROUP BY percent ORDER BY percent',
]

/** The macro of the attacked file hides `median`, which is then trusted no longer. */
export const legalQueries = [
  ...attacks('everyday', 'answer', everyday),
  ...attacks('sounds dangerous', 'answer', soundsDangerous),
  ...attacks('accepted by the guard', 'answer', allowedSql),
]
