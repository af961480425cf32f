/** Uneven chances, as real data has them: a few take most, some days are busier, amounts have long tails. */
import type { Random } from '../random.js'

export type Draw<Result> = (random: Random) => Result

/** Weights of `count` ranks, the first the greatest: rank n weighs 1 / n to the power of `exponent`. */
export function zipfWeights(count: number, exponent: number): readonly number[] {
  return Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent)
}

/** Draws indexes of a long list of weights faster than adding them up each time. */
export function indexByWeight(weights: readonly number[]): Draw<number> {
  let sum = 0
  const bounds = weights.map((weight) => {
    sum += weight
    return sum
  })
  return (random) => {
    const wanted = random.fraction() * sum
    let low = 0
    let high = bounds.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (bounds[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Draws one of the choices, each as likely as its weight. */
export function choiceByWeight<Choice extends string>(
  weights: Readonly<Record<Choice, number>>,
): Draw<Choice> {
  const choices = Object.keys(weights) as Choice[]
  const list = choices.map((choice) => weights[choice])
  return (random) => choices[random.weighted(list)]!
}

/** Draws days from `first` to `last`, each as likely as its weight. */
export function dayByWeight(
  first: number,
  last: number,
  weight: (day: number) => number,
): Draw<number> {
  const draw = indexByWeight(
    Array.from({ length: last - first + 1 }, (_, index) => weight(first + index)),
  )
  return (random) => first + draw(random)
}

/** Around 0 with a deviation of 1, by the sum of twelve fractions: never beyond 6. */
export function normal(random: Random): number {
  let sum = -6
  for (let times = 0; times < 12; times += 1) sum += random.fraction()
  return sum
}

/** Half of the results are below `median`; with a `spread` of 1 one in six is beyond 2.7 times it. */
export function longTail(median: number, spread: number, random: Random): number {
  return median * Math.exp(spread * normal(random))
}

/** A whole number close to `expected`, which it meets on average. */
export function countAround(expected: number, random: Random): number {
  const noisy = expected * (0.5 + random.fraction())
  return Math.floor(noisy) + (random.fraction() < noisy % 1 ? 1 : 0)
}

export function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

export function roundTo(step: number, value: number): number {
  return Math.round(value / step) * step
}
