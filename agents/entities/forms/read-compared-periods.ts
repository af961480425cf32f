/** "sales by region compared with last year": the year that is running stands unsaid beside it. */
import type { Catalog } from '../../../data/catalog.js'
import type { Item } from '../items/item.js'
import { type CalendarUnit, unitAround } from '../words/calendar.js'

const units: readonly CalendarUnit[] = ['year', 'half', 'quarter', 'month', 'week', 'day']

export function readComparedPeriods(
  items: readonly Item[],
  _catalog: Catalog,
  asOf: string,
): readonly Item[] {
  const periods = items.filter((item) => item.kind === 'period')
  const [named] = periods
  if (named === undefined || periods.length > 1) return items
  const at = items.indexOf(named)
  const before = items[at - 1]
  if (before?.kind !== 'cue' || before.cue.kind !== 'compare') return items
  const unit = units.find((each) => unitAround(named.period.start, each).end === named.period.end)
  const current = unit && unitAround(asOf, unit)
  // What stands against last year is this one; against a time long ago it may be any.
  if (current?.start !== named.period.end) return items
  const { from, to, phrase } = before
  return items.toSpliced(at, 0, { kind: 'period', from, to, phrase, period: current })
}
