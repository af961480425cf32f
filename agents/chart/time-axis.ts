/** Ticks and hover texts of a date axis, no finer than the dates themselves. */
import type { TimeGrain } from './calendar.js'

const hoverFormats: Readonly<Record<TimeGrain, string>> = {
  year: '%Y',
  quarter: 'Q%q %Y',
  month: '%B %Y',
  day: '%-d %B %Y',
  time: '%-d %B %Y %H:%M',
}

const monthsPerStep: Readonly<Partial<Record<TimeGrain, number>>> = {
  year: 12,
  quarter: 3,
  month: 1,
}
/** More ticks than this touch on a narrow screen. */
const maxTicks = 14
/** Steps, in months, that end on the same months each year. */
const niceSteps = [1, 3, 6, 12, 24, 60, 120]

export function timeHover(grain: TimeGrain = 'time'): string {
  return hoverFormats[grain]
}

/** Plotly's own ticks serve days and times; months and longer get whole steps. */
export function timeAxis(positions: readonly (string | number)[], grain: TimeGrain = 'time') {
  const smallest = monthsPerStep[grain]
  const first = String(positions[0] ?? '')
  if (smallest === undefined) return { type: 'date', showgrid: false }
  const months = monthNumber(String(positions.at(-1) ?? '')) - monthNumber(first)
  const step =
    niceSteps.find((size) => size >= smallest && months / size <= maxTicks) ?? niceSteps.at(-1)
  const tickformat = (step ?? 1) >= 12 ? '%Y' : grain === 'quarter' ? 'Q%q %Y' : '%b %Y'
  return {
    type: 'date',
    showgrid: false,
    tick0: `${first.slice(0, 4)}-01-01`,
    dtick: `M${step}`,
    tickformat,
  }
}

function monthNumber(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
}
