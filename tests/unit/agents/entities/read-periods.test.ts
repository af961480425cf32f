/** Stretches of time and grains, read as half-open periods; relative ones count from 14 August 2025. */
import { describe, expect, it } from 'vitest'
import { readTimeSpans, type TimeSpan } from '../../../../agents/entities/words/read-periods.js'
import { tokenize } from '../../../../agents/entities/words/tokens.js'

const asOf = '2025-08-14'

function read(question: string): readonly string[] {
  return readTimeSpans(tokenize(question), asOf).map(said)
}

function said(span: TimeSpan): string {
  return span.kind === 'grain' ? span.grain : `${span.period.start} ${span.period.end}`
}

const periods: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  'years, halves and quarters': [
    ['sales in 2024', '2024-01-01 2025-01-01'],
    ['in the year 2023', '2023-01-01 2024-01-01'],
    ['Q1 2024', '2024-01-01 2024-04-01'],
    ['2024 Q3', '2024-07-01 2024-10-01'],
    ['third quarter of 2023', '2023-07-01 2023-10-01'],
    ['H1 2024', '2024-01-01 2024-07-01'],
    ['second half of 2023', '2023-07-01 2024-01-01'],
    ['sales 2023 and 2024', '2023-01-01 2024-01-01', '2024-01-01 2025-01-01'],
  ],
  months: [
    ['in March 2024', '2024-03-01 2024-04-01'],
    ['in march of 2024', '2024-03-01 2024-04-01'],
    ['sales in sept 2023', '2023-09-01 2023-10-01'],
    ['sales in may', '2025-05-01 2025-06-01'],
    ['February 2024', '2024-02-01 2024-03-01'],
  ],
  'the newest part that has begun, when the year is left out': [
    ['sales in March', '2025-03-01 2025-04-01'],
    ['sales in August', '2025-08-01 2025-09-01'],
    ['sales in October', '2024-10-01 2024-11-01'],
    ['Q4', '2024-10-01 2025-01-01'],
    ['first half', '2025-01-01 2025-07-01'],
  ],
  'single days': [
    ['2024-03-05', '2024-03-05 2024-03-06'],
    ['5 March 2024', '2024-03-05 2024-03-06'],
    ['March 5th, 2024', '2024-03-05 2024-03-06'],
    ['5th of March 2024', '2024-03-05 2024-03-06'],
    ['29 February 2024', '2024-02-29 2024-03-01'],
    ['on 2023-12-31', '2023-12-31 2024-01-01'],
    ['today', '2025-08-14 2025-08-15'],
    ['yesterday', '2025-08-13 2025-08-14'],
  ],
  ranges: [
    ['from 2022 to 2024', '2022-01-01 2025-01-01'],
    ['between 2023 and 2024', '2023-01-01 2025-01-01'],
    ['between March and May 2024', '2024-03-01 2024-06-01'],
    ['January through March 2024', '2024-01-01 2024-04-01'],
    ['from Nov 2023 to Feb 2024', '2023-11-01 2024-03-01'],
    ['from May to July', '2025-05-01 2025-08-01'],
    ['20 to 28 November 2025', '2025-11-20 2025-11-29'],
    ['from 3 to 5 March 2024', '2024-03-03 2024-03-06'],
    ['1 Jan 2024 to 31 Mar 2024', '2024-01-01 2024-04-01'],
    ['from 2024-01-15 to 2024-02-15', '2024-01-15 2024-02-16'],
  ],
  'open ends': [
    ['since 2023', '2023-01-01 9999-12-31'],
    ['after 2023', '2024-01-01 9999-12-31'],
    ['2024 or later', '2024-01-01 9999-12-31'],
    ['2020 onwards', '2020-01-01 9999-12-31'],
    ['since last year', '2024-01-01 9999-12-31'],
    ['before 2023', '0001-01-01 2023-01-01'],
    ['prior to March 2024', '0001-01-01 2024-03-01'],
    ['until 2023', '0001-01-01 2024-01-01'],
    ['by the end of 2023', '0001-01-01 2024-01-01'],
    ['up to June 2024', '0001-01-01 2024-07-01'],
    ['2022 or earlier', '0001-01-01 2023-01-01'],
    ['until yesterday', '0001-01-01 2025-08-14'],
  ],
  'stretches that roll back from the newest day and include it': [
    ['last 3 months', '2025-05-15 2025-08-15'],
    ['last 30 days', '2025-07-16 2025-08-15'],
    ['past two weeks', '2025-08-01 2025-08-15'],
  ],
  'whole units before or around the newest day': [
    ['last month', '2025-07-01 2025-08-01'],
    ['last year', '2024-01-01 2025-01-01'],
    ['previous quarter', '2025-04-01 2025-07-01'],
    ['last week', '2025-08-04 2025-08-11'],
    ['this month', '2025-08-01 2025-09-01'],
    ['current quarter', '2025-07-01 2025-10-01'],
    ['year to date', '2025-01-01 2025-08-15'],
    ['ytd', '2025-01-01 2025-08-15'],
    ['month to date', '2025-08-01 2025-08-15'],
  ],
  'edges of a larger stretch': [
    ['first week of March 2025', '2025-03-01 2025-03-08'],
    ['first 3 months of 2024', '2024-01-01 2024-04-01'],
    ['last day of 2024', '2024-12-31 2025-01-01'],
    ['last 2 weeks of December 2024', '2024-12-18 2025-01-01'],
    ['in the last quarter of 2024', '2024-10-01 2025-01-01'],
  ],
  'steps back from a period named before': [
    ['2024 vs the year before', '2024-01-01 2025-01-01', '2023-01-01 2024-01-01'],
  ],
}

describe.each(Object.entries(periods))('reads %s', (_, questions) => {
  it.each(questions)('"%s"', (question, ...expected) => {
    expect(read(question)).toEqual(expected)
  })
})

describe('reads grains', () => {
  it.each([
    ['sales by month', 'month'],
    ['monthly sales', 'month'],
    ['sales per week', 'week'],
    ['each quarter', 'quarter'],
    ['daily', 'day'],
    ['year over year', 'year'],
    ['by day of the week', 'weekday'],
    ['by calendar month', 'month_of_year'],
  ])('"%s" as %s', (question, grain) => {
    expect(read(question)).toEqual([grain])
  })

  it('beside a period', () => {
    expect(read('sales by month in 2024')).toEqual(['month', '2024-01-01 2025-01-01'])
  })
})

it.each([
  'may I see the sales',
  'sales may be low',
  'march with me',
  'the march of time',
  'sun and dec',
  'more than 2,000 sales',
  'the top 10 of 500',
  'sales in 2100',
  'between 10 and 20',
])('finds no time in "%s"', (question) => {
  expect(read(question)).toEqual([])
})

it('remembers both ends of a range for questions about growth', () => {
  const [span] = readTimeSpans(tokenize('from March to May 2024'), asOf)
  const ends = span?.kind === 'period' ? span.period.ends : undefined
  expect(ends?.map(({ label }) => label)).toEqual(['March 2024', 'May 2024'])
})

it('says where in the question a period stands', () => {
  const [span] = readTimeSpans(tokenize('total sales in March 2024 by store'), asOf)
  expect(span).toMatchObject({ from: 2, to: 5 })
})

it.todo('steps back from a named month: "March 2025 compared with the previous month"')
it.todo('keeps the first day of "20 November to 28 November 2025"')
it.todo('refuses a day that does not exist: "2024-13-45"')
