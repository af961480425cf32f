/** How much one chart may hold before it stops being readable, and what is said when it is cut. */

/** Marks drawn in one figure. */
export const maxPoints = 5_000
/** Positions on a category axis. */
export const maxBars = 50
/** Colours a reader can tell apart in one legend. */
export const maxColours = 12
/** Slices of a pie. */
export const maxSlices = 6

export interface Thinned<Item> {
  readonly items: readonly Item[]
  readonly warnings: readonly string[]
}

/** Keeps every n-th item, so that the shape of the whole stays. */
export function thin<Item>(items: readonly Item[], limit: number): Thinned<Item> {
  if (items.length <= limit) return { items, warnings: [] }
  const step = Math.ceil(items.length / limit)
  return {
    items: items.filter((_, position) => position % step === 0),
    warnings: [
      `The chart shows one in ${step} of ${items.length.toLocaleString('en')} points; the table has all of them.`,
    ],
  }
}

/** Keeps the first items, which must already be in the order that matters. */
export function keepFirst<Item>(
  items: readonly Item[],
  limit: number,
  words: string,
): Thinned<Item> {
  if (items.length <= limit) return { items, warnings: [] }
  return {
    items: items.slice(0, limit),
    warnings: [
      `The chart shows ${limit} of ${items.length.toLocaleString('en')} ${words}; the table has all of them.`,
    ],
  }
}
