/** Questions as strangers type them, in keywords, with column names or with much courtesy, on a hire of boats. */
import { describe, expect, it } from 'vitest'
import { type Rows, settled, useAskedDatabase } from '../../support/asked-database.js'

const database = useAskedDatabase([
  `CREATE TABLE piers (pier_id INTEGER PRIMARY KEY, pier_name VARCHAR NOT NULL, lake VARCHAR NOT NULL,
    status VARCHAR NOT NULL, opened_on DATE NOT NULL, closed_on DATE)`,
  `INSERT INTO piers VALUES (1, 'East Pier', 'Blue Lake', 'active', '2021-05-01', NULL),
    (2, 'Long Pier', 'Blue Lake', 'closed', '2022-06-01', '2024-02-01'),
    (3, 'Reed Pier', 'Moss Lake', 'active', '2023-04-01', NULL)`,
  `CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, guest_name VARCHAR NOT NULL, town VARCHAR NOT NULL,
    joined_on DATE NOT NULL, banned BOOLEAN NOT NULL, annual_income INTEGER)`,
  `INSERT INTO guests VALUES (1, 'Ada', 'Kiel', '2022-01-05', false, 20), (2, 'Ben', 'Ulm', '2024-03-01', true, 40),
    (3, 'Cem', 'Kiel', '2024-07-01', false, 60), (4, 'Ada', 'Ulm', '2021-01-01', false, NULL)`,
  `CREATE TABLE boats (boat_id INTEGER PRIMARY KEY, boat_name VARCHAR NOT NULL, list_price DECIMAL(8, 2) NOT NULL,
    unit_cost DECIMAL(8, 2) NOT NULL)`,
  `INSERT INTO boats VALUES (1, 'Swan', 100, 90), (2, 'Otter', 100, 60), (3, 'Pike', 100, 30)`,
  `CREATE TABLE bookings (booking_id INTEGER PRIMARY KEY, pier_id INTEGER NOT NULL REFERENCES piers (pier_id),
    guest_id INTEGER NOT NULL REFERENCES guests (guest_id), boat_id INTEGER NOT NULL REFERENCES boats (boat_id),
    booked_on DATE NOT NULL, channel VARCHAR NOT NULL, total_amount DECIMAL(8, 2) NOT NULL,
    deposit_amount DECIMAL(8, 2) NOT NULL)`,
  `INSERT INTO bookings VALUES (1, 1, 1, 1, '2023-05-01', 'web', 100, 10), (2, 2, 1, 2, '2023-06-01', 'phone', 50, 60),
    (3, 1, 1, 1, '2024-05-02', 'web', 200, 20), (4, 2, 2, 2, '2024-05-03', 'web', 100, 10),
    (5, 3, 3, 1, '2024-08-01', 'phone', 300, 400)`,
])

type Asked = readonly (readonly [string, Rows])[]

async function expectRows(question: string, rows: Rows) {
  expect(settled(await database.ask(question))).toEqual(settled(rows))
}

const byColumnName: Asked = [
  ['number of piers where status = active', [[2]]],
  ['number of bookings with channel <> web', [[2]]],
  ['number of piers where closed_on is null', [[2]]],
  ['number of piers with a null closed_on', [[2]]],
  ['how many piers have a closed_on that is not null?', [[1]]],
  [
    'sum of total_amount by channel and year of booked_on',
    [
      ['phone', 2023, 50],
      ['phone', 2024, 300],
      ['web', 2023, 100],
      ['web', 2024, 300],
    ],
  ],
]

describe('names of columns as they are stored', () => {
  it.each(byColumnName)('are understood in "%s"', expectRows)
})

const columnsApart: Asked = [
  ['boats where unit_cost exceeds 50% of list_price', [['Swan'], ['Otter']]],
  ['boats whose unit cost is below half of the list price', [['Pike']]],
  ['number of bookings with a deposit above the total amount', [[2]]],
  ['how many bookings were made after the closing date of their pier?', [[1]]],
]

describe('one column against another', () => {
  it.each(columnsApart)('bounds rows in "%s"', expectRows)

  it('is said in what was read', () => {
    const { filters } = database.read('boats whose unit cost is below half of the list price')
    expect(filters[0]?.against).toEqual({
      column: { table: 'boats', column: 'list_price' },
      factor: 0.5,
    })
  })
})

const averages: Asked = [
  ['average monthly revenue in 2024', [[300]]],
  ['monthly average of bookings in 2024', [[1.5]]],
  [
    'average revenue pier',
    [
      ['East Pier', 150],
      ['Long Pier', 75],
      ['Reed Pier', 300],
    ],
  ],
]

describe('averages', () => {
  it.each(averages)('are of totals or by group in "%s"', expectRows)
})

const counted: Asked = [
  ['how much pier is on Blue Lake', [[2]]],
  ['how many piers are active and how many are closed?', [[2, 1]]],
  [
    'for each lake, how many piers are active and how many have been closed?',
    [
      ['Blue Lake', 1, 1],
      ['Moss Lake', 1, 0],
    ],
  ],
  ['Which guest names occur more than 1 times?', [['Ada']]],
  ['piers not booked in 2023', [['Reed Pier']]],
  ['piers that did not have a single booking in 2023', [['Reed Pier']]],
  ['how many piers opened in 2022 or 2023', [[2]]],
  ['Which lakes with boats have more than one pier?', [['Blue Lake']]],
]

describe('counts', () => {
  it.each(counted)('are of what is asked for in "%s"', expectRows)
})

const timed: Asked = [
  ['revenue from new guests in 2024', [[400]]],
  ['revenue in 2024 and number of guests', [[600, 3]]],
  ['number of guests and revenue in 2023', [[1, 150]]],
  ['Which pier grew fastest between 2023 and 2024?', [['East Pier', 100]]],
  ['What portion of 2024 revenue was booked by phone?', [[50]]],
]

describe('periods', () => {
  it.each(timed)('hold for everything that happened in "%s"', expectRows)

  it('that lie ahead of all data are not answered from it', async () => {
    expect(await database.ask('What will revenue be in 2027?')).toMatch(/ends on 2024-08-01/)
  })
})

const spoken: Asked = [
  [
    'I hope you can help: I am preparing a talk for Friday and need to know how many piers there are',
    [[3]],
  ],
  ['For my report I need the number of boats', [[3]]],
  ['Would you be so kind as to tell me the total deposit granted in 2024', [[430]]],
]

describe('what people say of themselves before they ask', () => {
  it.each(spoken)('changes nothing in "%s"', expectRows)

  it('is kept where it may choose rows', async () => {
    expect(await database.ask('In the gizmo wing I need to know how many piers there are')).toMatch(
      /gizmo/,
    )
    expect(await database.ask('For the gizmo wing I need the number of piers')).toMatch(/gizmo/)
  })
})

const flagged: Asked = [
  ['how many banned guests are there?', [[1]]],
  ['how many guests are not banned?', [[3]]],
  ['how many guests have an unknown annual income?', [[1]]],
  ['piers opened before 2023 that are still open', [['East Pier']]],
]

describe('what rows are', () => {
  it.each(flagged)('chooses them in "%s"', expectRows)
})

const named: Asked = [
  [
    'average income by town',
    [
      ['Kiel', 40],
      ['Ulm', 40],
    ],
  ],
  ['second highest deposit', [[60]]],
  [
    'sign-ups per year',
    [
      [2021, 1],
      [2022, 1],
      [2024, 2],
    ],
  ],
  ['closures in 2024', [[1]]],
  ['largest booking in 2023 with its channel and date', [['web', '2023-05-01']]],
]

describe('figures', () => {
  it.each(named)('are the ones named in "%s"', expectRows)

  it('are not told of what nobody did, where that is not understood', async () => {
    expect(typeof (await database.ask('boats nobody rowed in 2023'))).toBe('string')
  })
})
