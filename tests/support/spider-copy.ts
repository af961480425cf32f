/** A copy of Spider with three databases and six questions: the layout of its authors, and SQLite's freedom with types. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { databasePath } from '../../data/training/spider/spider-files.js'
import { writeSqliteFile } from './sqlite-file.js'

const farm = [
  'CREATE TABLE Farm (Farm_ID INTEGER PRIMARY KEY, Name TEXT, Opened DATE)',
  `CREATE TABLE Cow (Cow_ID INTEGER PRIMARY KEY, Name TEXT, Farm_ID INTEGER REFERENCES Farm(Farm_ID), Litres INTEGER, Weight REAL, Tag TEXT, Sold BOOLEAN)`,
  "INSERT INTO Farm VALUES (1, 'Hill', '1999-04-01'), (2, 'Dale', '2005-06-30'), (3, 'Moor', NULL)",
  `INSERT INTO Cow VALUES (1, 'Bella', 1, 7, 510.5, '12', 0), (2, 'Daisy', 1, 10, 480, '7', 1), (3, 'Rosie', 2, 3, 600.25, '100', 0),
   (4, 'Molly', 2, 4, NULL, 'none', 0)`,
]

export const cowQuestions = [
  [
    'How many cows are there on each farm?',
    'SELECT T1.Name ,  count(*) FROM Farm AS T1 JOIN Cow AS T2 ON T1.Farm_ID  =  T2.Farm_ID GROUP BY T1.Farm_ID',
  ],
  [
    'Whose cow is Bella?',
    'SELECT T1.Name FROM Farm AS T1 JOIN Cow AS T2 ON T1.Farm_ID  =  T2.Farm_ID WHERE T2.Name  =  "Bella"',
  ],
  ['Which cow gives most?', 'SELECT name ,  max(litres) FROM cow'],
  [
    'Half of the litres by farm, least first?',
    'SELECT Farm_ID ,  sum(Litres) / 2 FROM Cow GROUP BY Farm_ID ORDER BY sum(Litres)',
  ],
] as const

const question = (db_id: string, [text, query]: readonly [string, string]) => ({
  db_id,
  question: text,
  query,
})

/** Rows of each file of the copy. */
export const copyRows = {
  'train_spider.json': 4,
  'train_others.json': 1,
  'dev.json': 1,
  'tables.json': 3,
}

export async function writeSpiderCopy(folder: string): Promise<void> {
  const write = (name: string, value: unknown) =>
    writeFile(join(folder, name), JSON.stringify(value))
  await mkdir(folder, { recursive: true })
  await write(
    'train_spider.json',
    cowQuestions.map((asked) => question('farm', asked)),
  )
  await write('train_others.json', [
    question('rivers', ['Longest river?', 'SELECT name FROM river']),
  ])
  await write('dev.json', [question('concerts', ['How many songs?', 'SELECT count(*) FROM song'])])
  await write('tables.json', [
    farmSchema,
    oneTable('rivers', 'river'),
    oneTable('concerts', 'song'),
  ])
  const statements = {
    farm,
    rivers: ['CREATE TABLE river (name TEXT)', "INSERT INTO river VALUES ('Rhine')"],
    concerts: ['CREATE TABLE song (name TEXT)', "INSERT INTO song VALUES ('Yes')"],
  }
  for (const [name, lines] of Object.entries(statements)) {
    const path = databasePath(folder, name)
    await mkdir(dirname(path), { recursive: true })
    writeSqliteFile(path, lines)
  }
}

const oneTable = (db_id: string, table: string) => ({
  db_id,
  table_names: [table],
  table_names_original: [table],
  column_names: [
    [-1, '*'],
    [0, 'name'],
  ],
  column_names_original: [
    [-1, '*'],
    [0, 'name'],
  ],
  column_types: ['text', 'text'],
  primary_keys: [],
  foreign_keys: [],
})

const farmSchema = {
  db_id: 'farm',
  table_names: ['farm', 'cow'],
  table_names_original: ['Farm', 'Cow'],
  column_names: [
    [-1, '*'],
    [0, 'farm id'],
    [0, 'name'],
    [1, 'cow id'],
    [1, 'farm id'],
  ],
  column_names_original: [
    [-1, '*'],
    [0, 'Farm_ID'],
    [0, 'Name'],
    [1, 'Cow_ID'],
    [1, 'Farm_ID'],
  ],
  column_types: ['text', 'number', 'text', 'number', 'number'],
  primary_keys: [1, [3]],
  foreign_keys: [[4, 1]],
}
