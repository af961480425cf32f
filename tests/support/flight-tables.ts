/** A flight log: countries, airlines, aircraft and flights in a chain, with declared keys and a timestamp. */
export const flightTables: readonly string[] = [
  'CREATE TABLE countries (country_code VARCHAR PRIMARY KEY, country_name VARCHAR, continent VARCHAR)',
  `INSERT INTO countries VALUES ('NO', 'Norway', 'Europe'), ('PL', 'Poland', 'Europe'), ('JP', 'Japan', 'Asia')`,
  `CREATE TABLE airlines (airline_id INTEGER PRIMARY KEY, airline_name VARCHAR,
    country_code VARCHAR REFERENCES countries (country_code), founded_year INTEGER)`,
  `INSERT INTO airlines VALUES (1, 'Fjord Air', 'NO', 1998), (2, 'Vistula Wings', 'PL', 2005),
    (3, 'Sakura Jet', 'JP', 1987), (4, 'Idle Air', 'NO', 2020)`,
  `CREATE TABLE aircraft (aircraft_id INTEGER PRIMARY KEY, model VARCHAR, seats INTEGER,
    airline_id INTEGER REFERENCES airlines (airline_id))`,
  `INSERT INTO aircraft VALUES (1, 'A320', 180, 1), (2, 'B737', 160, 1), (3, 'A320', 180, 2), (4, 'B787', 300, 3)`,
  `CREATE TABLE flights (flight_id INTEGER PRIMARY KEY, aircraft_id INTEGER REFERENCES aircraft (aircraft_id),
    departed_at TIMESTAMP, distance_km INTEGER, delay_minutes INTEGER, passengers INTEGER, status VARCHAR)`,
  `INSERT INTO flights VALUES
    (1, 1, '2024-01-10 08:00', 400, 0, 150, 'landed'), (2, 1, '2024-01-20 09:30', 600, 30, 170, 'landed'),
    (3, 2, '2024-02-05 07:15', 400, 10, 120, 'landed'), (4, 3, '2024-02-14 12:00', 900, 0, 160, 'landed'),
    (5, 3, '2024-03-01 18:45', 900, NULL, 0, 'cancelled'), (6, 4, '2024-03-31 23:30', 8000, 60, 280, 'landed'),
    (7, 1, '2025-01-15 08:00', 400, 20, 160, 'landed'), (8, 2, '2025-01-31 23:59', 500, NULL, 0, 'cancelled'),
    (9, 4, '2025-02-10 10:00', 8000, 0, 290, 'diverted'), (10, 4, '2025-02-20 10:00', 8000, 40, 300, 'landed')`,
]
