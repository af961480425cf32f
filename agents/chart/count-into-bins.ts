/** Counts numbers into equal bins with round borders, so that a histogram stays small whatever the row count. */

export interface Bin {
  /** Included. */
  readonly from: number
  /** Left out, except in the last bin. */
  readonly to: number
  readonly count: number
}

const maxBins = 40

export function countIntoBins(numbers: readonly number[]): readonly Bin[] {
  if (numbers.length === 0) return []
  const least = numbers.reduce((a, b) => Math.min(a, b))
  const most = numbers.reduce((a, b) => Math.max(a, b))
  const width = binWidth(numbers, least, most)
  const first = Math.floor(least / width)
  const counts = new Array<number>(Math.floor(most / width) - first + 1).fill(0)
  for (const number of numbers) {
    const position = Math.floor(number / width) - first
    counts[position] = (counts[position] ?? 0) + 1
  }
  return counts.map((count, position) => ({
    from: tidy((first + position) * width),
    to: tidy((first + position + 1) * width),
    count,
  }))
}

/** Sturges' number of bins (a little more for big samples), widened to 1, 2 or 5 times a power of ten. */
function binWidth(numbers: readonly number[], least: number, most: number): number {
  const wanted = Math.min(maxBins, Math.ceil(Math.log2(numbers.length) + 1) * 2)
  const raw = (most - least) / wanted || Math.max(1, Math.abs(most) / 10)
  const power = 10 ** Math.floor(Math.log10(raw))
  const width = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power
  return numbers.every(Number.isInteger) ? Math.max(1, width) : width
}

/** Removes the noise of binary fractions: 0.30000000000000004 → 0.3. */
function tidy(number: number): number {
  return Number(number.toPrecision(12))
}
