/** A music library whose names need quoting: spaces, quotes, keywords, accents, camel case. */
export const musicTables: readonly string[] = [
  'CREATE TABLE "Künstler" ("Künstler Id" INTEGER PRIMARY KEY, "Künstler Name" VARCHAR, "Land" VARCHAR)',
  `INSERT INTO "Künstler" VALUES (1, 'Björk''s Echo', 'Iceland'), (2, 'The Select', 'Ireland'), (3, 'Łódź Trio', 'Poland')`,
  `CREATE TABLE "recordAlbums" ("albumId" INTEGER PRIMARY KEY, "albumTitle" VARCHAR,
    "Künstler Id" INTEGER REFERENCES "Künstler" ("Künstler Id"), "releaseDate" DATE, "group" VARCHAR)`,
  `INSERT INTO "recordAlbums" VALUES (1, 'North "Live"', 1, '2021-03-05', 'jazz'), (2, 'Drop Table', 2, '2022-06-10', 'rock'),
    (3, 'Having Fun', 2, '2023-11-17', 'rock'), (4, 'Żółw', 3, '2023-02-01', 'jazz')`,
  `CREATE TABLE "Track List" ("trackId" INTEGER PRIMARY KEY, "Track Title" VARCHAR,
    "albumId" INTEGER REFERENCES "recordAlbums" ("albumId"), "lengthSeconds" INTEGER, "is ""explicit""" BOOLEAN)`,
  `INSERT INTO "Track List" VALUES (1, 'Ice', 1, 200, false), (2, 'Fog', 1, 300, false), (3, 'Nulls', 2, 180, true),
    (4, 'Joins', 2, 240, false), (5, 'Limit', 3, 150, true), (6, 'Shell', 4, 600, false)`,
  `CREATE TABLE "order" ("orderId" INTEGER PRIMARY KEY, "trackId" INTEGER REFERENCES "Track List" ("trackId"),
    "orderDate" DATE, "unitPrice" DECIMAL(6, 2), "listener's city" VARCHAR)`,
  `INSERT INTO "order" VALUES (1, 1, '2024-01-05', 1.00, 'Kraków'), (2, 1, '2024-01-25', 1.00, 'Cork'),
    (3, 3, '2024-02-10', 1.50, 'Cork'), (4, 4, '2024-02-11', 1.50, 'Kraków'), (5, 5, '2024-04-01', 2.00, 'Cork'),
    (6, 3, '2024-04-02', 1.00, 'São Paulo')`,
]
