/** A repair shop with traps for sums: amounts on the invoice head, details below it, a second kind of event beside it. */
export const workshopTables: readonly string[] = [
  'CREATE TABLE clients (client_id INTEGER PRIMARY KEY, client_name VARCHAR, city VARCHAR)',
  "INSERT INTO clients VALUES (1, 'Alma', 'Bern'), (2, 'Bruno', 'Basel'), (3, 'Carla', 'Bern')",
  'CREATE TABLE parts (part_id INTEGER PRIMARY KEY, part_name VARCHAR, category VARCHAR, price DECIMAL(8, 2))',
  "INSERT INTO parts VALUES (1, 'Chain', 'drive', 20), (2, 'Tyre', 'wheel', 30), (3, 'Spoke', 'wheel', 1), (4, 'Bell', 'extra', 5)",
  `CREATE TABLE invoices (invoice_id INTEGER PRIMARY KEY, client_id INTEGER REFERENCES clients (client_id),
    invoice_date DATE, total_amount DECIMAL(8, 2))`,
  `INSERT INTO invoices VALUES (1, 1, '2024-03-10', 100), (2, 1, '2025-03-11', 50), (3, 2, '2025-04-02', 70)`,
  `CREATE TABLE invoice_lines (line_id INTEGER PRIMARY KEY, invoice_id INTEGER REFERENCES invoices (invoice_id),
    part_id INTEGER REFERENCES parts (part_id), quantity INTEGER, line_amount DECIMAL(8, 2))`,
  `INSERT INTO invoice_lines VALUES (1, 1, 1, 2, 40), (2, 1, 2, 2, 60), (3, 2, 3, 20, 20), (4, 2, 2, 1, 30),
    (5, 3, 1, 2, 40), (6, 3, 2, 1, 30)`,
  `CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, client_id INTEGER REFERENCES clients (client_id),
    visit_date DATE, minutes INTEGER)`,
  `INSERT INTO visits VALUES (1, 1, '2024-03-09', 30), (2, 1, '2025-03-10', 45), (3, 1, '2025-03-12', 15), (4, 3, '2025-04-01', 60)`,
]
