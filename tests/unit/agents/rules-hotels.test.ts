/** Questions that set amounts, dates and periods against each other, on a group of hotels. */
import { describe, expect, it } from 'vitest'
import { type Rows, settled, useAskedDatabase } from '../../support/asked-database.js'
import { hotelTables } from '../../support/hotel-tables.js'

const database = useAskedDatabase(hotelTables)

type Asked = readonly (readonly [string, Rows])[]

const planned: Asked = [
  ['Which hotels missed their budget in January 2025?', [['Grand Palace'], ['Old Mill']]],
  ['Which hotels beat their total budget in January 2025?', [['Harbour View']]],
  ['hotels that did not reach their budget in February 2025', [['Harbour View']]],
  ['Which hotels reached their budget in February 2025?', [['Grand Palace'], ['Old Mill']]],
  [
    'Which hotels fell short of their monthly budget in January 2025?',
    [['Grand Palace'], ['Old Mill']],
  ],
  ['Was Old Mill above its budget in January 2025?', [[500, 600]]],
  ['Were sales above budget in January 2025?', [[900, 1000]]],
  ['How many hotels missed their budget in January 2025?', [[2]]],
  [
    'Budget attainment by town in January 2025',
    [
      ['Kiel', 1],
      ['Ulm', 500 / 600],
    ],
  ],
  [
    'Compare revenue and budget by town in January 2025',
    [
      ['Kiel', 400, 400],
      ['Ulm', 500, 600],
    ],
  ],
  [
    'By how much did each hotel miss its budget in January 2025?',
    [
      ['Grand Palace', -50],
      ['Harbour View', 50],
      ['Old Mill', -100],
    ],
  ],
  ['Which hotels missed their budget?', [['Grand Palace'], ['Old Mill']]],
]

describe('what came in against what was planned', () => {
  it.each(planned)('"%s" sums both sides apart', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it('is refused by day where plans are by month', async () => {
    expect(typeof (await database.ask('On which days did Old Mill miss its budget?'))).toBe(
      'string',
    )
  })

  it('is not ranked', async () => {
    const reason = await database.ask('Which hotel made its budget most often?')
    expect(reason).toMatch(/ranked by/)
  })

  it('is refused where the plan cannot be told apart that way', async () => {
    expect(typeof (await database.ask('Which guests missed their budget in 2025?'))).toBe('string')
  })
})

const combined: Asked = [
  ['Menu price minus ingredient cost of the Trout', [[8]]],
  ['margin of the Trout (price minus cost)', [[8]]],
  ['Average difference between menu price and ingredient cost of main dishes', [[8.5]]],
  [
    'Average price less cost by course',
    [
      ['dessert', 0.5],
      ['main', 8.5],
      ['starter', 4],
    ],
  ],
  ['Which dishes earn us less than 1 each (menu price minus ingredient cost)?', [['Cake']]],
  ['Dishes with a menu price minus ingredient cost above 5', [['Stew'], ['Trout']]],
  ['Which dish has the biggest difference between menu price and ingredient cost?', [['Stew']]],
  ['Total menu price plus ingredient cost', [[68.5]]],
  ['top 2 dishes by menu price minus ingredient cost', [['Stew'], ['Trout']]],
  ['How many dishes have an ingredient cost below the menu price?', [[4]]],
  [
    'Average menu price minus average ingredient cost by course',
    [
      ['dessert', 0.5],
      ['main', 8.5],
      ['starter', 4],
    ],
  ],
]

describe('arithmetic between columns', () => {
  it('is refused rather than cut short', async () => {
    const rows = await database.ask('dishes where menu price is less than 2 times ingredient cost')
    expect(rows).toMatch(/“times”/)
  })

  it.each(combined)('"%s" is done row by row', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it('takes sums of different rows apart', async () => {
    expect(await database.ask('Revenue minus budget in January 2025')).toEqual([[-100]])
  })
})

const days: Asked = [
  ['How many days pass on average between a booking and its complaint?', [[4]]],
  ['Average number of days between booking and complaint', [[4]]],
  [
    'average days from booking to complaint by topic',
    [
      ['food', 6],
      ['noise', 3],
    ],
  ],
  ['Which rates lasted longer than 14 days?', [['Winter']]],
  ['Rates shorter than 2 weeks', []],
  ['rates of at most two weeks long', [['Early bird']]],
  ['How long did the Winter rate last?', [[90]]],
  ['How long do rates last on average?', [[52]]],
  ['What is the longest rate?', [['Winter']]],
  ['How many days did the Winter rate last?', [[90]]],
  ['How many complaints came more than 3 days after the booking?', [[2]]],
  ['rates that lasted between 10 and 20 days', [['Early bird']]],
  ['What is the longest time between booking and complaint?', [[6]]],
]

describe('days between dates', () => {
  it.each([
    ['How long does it take guests to complain?', 'How long'],
    ['How long are hotels?', 'How long'],
  ])('"%s" are not made up where no dates tell them', async (question, word) => {
    expect(await database.ask(question)).toMatch(new RegExp(`“${word}”`, 'i'))
  })

  it.each(days)('"%s" are counted', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })
})

const ratios: Asked = [
  ['Ratio of complaints to bookings in 2025', [[0.6]]],
  ['Ratio of bookings to complaints', [[2]]],
  ['complaints per booking', [[0.5]]],
  [
    'complaints per booking by town',
    [
      ['Kiel', 0.25],
      ['Ulm', 1],
    ],
  ],
  ['Which town has the most complaints per booking?', [['Ulm', 1]]],
  ['Revenue per room', [[2060 / 70]]],
  [
    'Revenue per room in January 2025 by town',
    [
      ['Kiel', 8],
      ['Ulm', 25],
    ],
  ],
  ['Revenue per room over all open hotels in January 2025', [[30]]],
  ['How many bookings does a guest make on average?', [[2]]],
  ['How many bookings did each guest make on average in 2025?', [[2.5]]],
  ['Bookings per guest on average', [[2]]],
  ['How many bookings per month on average in 2025?', [[2.5]]],
  ['How much does a guest spend on average?', [[2060 / 3]]],
  ['What percentage of bookings made in 2025 were complaints?', [[60]]],
]

describe('ratios', () => {
  it('are not guessed for what is not counted per row', async () => {
    const reason = await database.ask('How many guests are in a dish on average?')
    expect(reason).toMatch(/on average|links/)
  })

  it.each(ratios)('"%s" add up each side once', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })
})

const held: Asked = [
  ['What rate was valid on 10 January 2025?', [['Early bird'], ['Winter']]],
  ['Which rates were in effect on 1 March 2025?', [['Loyalty']]],
  ['How many rates were running in February 2025?', [[2]]],
  ['How many rates were valid at the end of 2024?', [[1]]],
  ['Which rates are currently valid?', [['Loyalty'], ['Winter']]],
]

describe('dates inside a range', () => {
  it.each(held)('"%s" keeps what holds then', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })
})

const bounded: Asked = [
  ['dishes over 10', [['Stew'], ['Trout']]],
  ['rates with at least 15 percent off', [['Early bird'], ['Loyalty']]],
  ['How many bookings were above 250?', [[3]]],
  ['Which hotels had a monthly budget above 300 at least once?', [['Harbour View'], ['Old Mill']]],
]

describe('a bound that names no column', () => {
  it.each(bounded)('"%s" is on the amount, price or percentage', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it('is not a number of days', async () => {
    expect(await database.ask('bookings over 3 days')).toMatch(/“3”/)
  })

  it('is not put on a size', async () => {
    expect(await database.ask('hotels above 15')).toMatch(/“15”/)
  })
})

const sideBySide: Asked = [
  ['How many bookings were below 100, between 100 and 300, and above 300?', [[1, 3, 2]]],
  ['How many dishes are under 6, between 6 and 15, and over 15 by menu price?', [[1, 2, 1]]],
  ['Revenue from bookings below 200 and above 200', [[160, 1700]]],
  ['How many bookings were above 100 and below 600?', [[3]]],
  [
    'Number of web and phone bookings by town',
    [
      ['Kiel', 2, 2],
      ['Ulm', 2, 0],
    ],
  ],
  [
    'For every town the number of open and renovating hotels',
    [
      ['Kiel', 1, 1],
      ['Ulm', 1, 0],
    ],
  ],
  ['How many web and phone bookings were there?', [[6]]],
  [
    'Weekend vs weekday revenue',
    [
      ['weekday', 1700],
      ['weekend', 360],
    ],
  ],
]

describe('kinds that exclude each other', () => {
  it.each(sideBySide)('"%s" are told apart', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })
})

const sets: Asked = [
  ['guests who booked in January 2025 but not in February 2025', []],
  ['guests who booked in 2024 but not in 2025', [['Cem']]],
  ['guests who booked in December 2024 and in January 2025', []],
  ['guests from Norway who booked in January 2025 and in February 2025', [['Ada']]],
  ['guests with bookings in both January 2025 and February 2025', [['Ada'], ['Ben']]],
  ['How many guests had bookings in January 2025 and also in February 2025?', [[2]]],
  ['guests who made web bookings in January 2025 but not in February 2025', [['Ada']]],
]

describe('what happened in one period and in another', () => {
  it.each(sets)('"%s" looks into each by itself', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it('stays one stretch of time for what is added up', async () => {
    const rows = await database.ask('Revenue in January 2025 and in February 2025')
    expect(rows).toEqual([
      ['2025-01-01', 900],
      ['2025-02-01', 260],
    ])
  })
})

const states: Asked = [
  ['Is Grand Palace still open?', [['renovating']]],
  ['Is Ada from Spain?', [['Norway']]],
]

describe('a question about the state of one row', () => {
  it.each(states)('"%s" is answered with the state', async (question, rows) => {
    expect(await database.ask(question)).toEqual(rows)
  })
})

const means: Asked = [
  ['hotels with more revenue than the average hotel', [['Harbour View']]],
  ['Which guests had less revenue than the average guest in 2025?', [['Ben']]],
  ['hotels with above average revenue in January 2025', [['Old Mill']]],
  ['Which guests had less revenue than 600?', [['Ben', 500]]],
  ['hotels whose revenue is above average', [['Harbour View']]],
]

describe('groups against their mean', () => {
  it.each(means)('"%s" compares totals, not rows', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it('shows both periods when asked which brought in more', async () => {
    const rows = await database.ask('Did we sell more in February 2025 than in January 2025?')
    expect(rows).toEqual([
      ['2025-01-01', 900],
      ['2025-02-01', 260],
    ])
  })
})

const besideNow: Asked = [
  [
    'Revenue by town compared with last month',
    [
      ['Kiel', 60, 400],
      ['Ulm', 200, 500],
    ],
  ],
  [
    'total revenue vs last year',
    [
      [2024, 900],
      [2025, 1160],
    ],
  ],
]

describe('a time that something is compared with', () => {
  it.each(besideNow)('stands beside the one that is running: "%s"', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })
})

const listed: Asked = [
  ['Show every rate except Winter', [['Early bird'], ['Loyalty']]],
  ['everything filed in February 2025', [[3, 4, '2025-02-11', 'food']]],
]

describe('rows that are asked for as such', () => {
  it.each(listed)('"%s" are listed, not counted', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it('of two kinds asked which is more, both are told', async () => {
    const rows = await database.ask('Who spends more per booking, guests from Norway or Spain?')
    expect(settled(rows)).toEqual([
      ['Norway', 390],
      ['Spain', 250],
    ])
  })
})
