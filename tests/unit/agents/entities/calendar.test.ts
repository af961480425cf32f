/** Arithmetic on ISO dates at its edges: short months, leap days, weeks over a new year. */
import { describe, expect, it } from 'vitest'
import {
  addUnits,
  daysBetween,
  grainFor,
  startOfUnit,
  unitAround,
} from '../../../../agents/entities/words/calendar.js'

describe('moving a date', () => {
  it.each([
    ['2024-01-31', 1, 'month', '2024-02-29'],
    ['2023-01-31', 1, 'month', '2023-02-28'],
    ['2024-02-29', 1, 'year', '2025-02-28'],
    ['2024-03-31', -1, 'month', '2024-02-29'],
    ['2024-12-31', 1, 'day', '2025-01-01'],
    ['2024-02-28', 1, 'day', '2024-02-29'],
    ['2023-02-28', 1, 'day', '2023-03-01'],
    ['2025-01-03', -1, 'week', '2024-12-27'],
    ['2024-08-31', 1, 'half', '2025-02-28'],
    ['2024-11-30', 1, 'quarter', '2025-02-28'],
  ] as const)('%s by %i %s gives %s', (date, count, unit, moved) => {
    expect(addUnits(date, count, unit)).toBe(moved)
  })
})

describe('the start of a unit', () => {
  it.each([
    ['2025-01-01', 'week', '2024-12-30'],
    ['2024-12-30', 'week', '2024-12-30'],
    ['2024-09-01', 'week', '2024-08-26'],
    ['2024-06-30', 'half', '2024-01-01'],
    ['2024-07-01', 'half', '2024-07-01'],
    ['2024-12-31', 'quarter', '2024-10-01'],
    ['2024-05-17', 'day', '2024-05-17'],
  ] as const)('of %s, the %s, is %s', (date, unit, start) => {
    expect(startOfUnit(date, unit)).toBe(start)
  })
})

it.each([
  ['year', '2024'],
  ['half', 'H1 2024'],
  ['quarter', 'Q1 2024'],
  ['month', 'February 2024'],
  ['week', 'week of 2024-02-26'],
  ['day', '2024-02-29'],
] as const)('names the %s around a leap day "%s"', (unit, label) => {
  expect(unitAround('2024-02-29', unit).label).toBe(label)
})

it('counts the days of leap years and of others', () => {
  expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366)
  expect(daysBetween('2023-01-01', '2024-01-01')).toBe(365)
})

it('chooses a grain with a readable number of points', () => {
  expect([31, 365, 3_650].map(grainFor)).toEqual(['day', 'month', 'year'])
})
