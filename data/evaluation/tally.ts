/** How many of how many, and how far that can be trusted. */
import { type Interval, wilsonInterval } from './wilson-interval.js'

export interface Tally {
  readonly right: number
  readonly total: number
  /** Right of total, 0 to 1, with its 95 % interval. */
  readonly share: number
  readonly interval: Interval
}

export type Tallies = Readonly<Record<string, Tally>>

export function tallyOf(right: number, total: number): Tally {
  const interval = wilsonInterval(right, total)
  return { right, total, share: total === 0 ? 0 : right / total, interval }
}

export function tally<Item>(items: readonly Item[], test: (item: Item) => boolean): Tally {
  return tallyOf(items.filter(test).length, items.length)
}

/** Items without a key are left out. */
export function tallyBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string | undefined,
  test: (item: Item) => boolean,
): Tallies {
  const names = new Set(items.flatMap((item) => key(item) ?? []))
  const tallies = [...names].map((name) => {
    return [
      name,
      tally(
        items.filter((item) => key(item) === name),
        test,
      ),
    ] as const
  })
  return Object.fromEntries(tallies)
}

export function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** Nearest rank: the smallest value that `share` of all values do not exceed; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
