/** One machine's share of a phase, where several write it together. */

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
}

const mostShards = 1_000

/** Undefined unless it is `i/n` with i from 1 to n. */
export function parseShard(text: string): Shard | undefined {
  const [, index = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
  return index >= 1 && index <= of && of <= mostShards ? { index, of } : undefined
}

/** Of `count` things; the shares of all shards make `count`. */
export function shareOf(count: number, shard: Shard | undefined): number {
  if (!shard) return count
  const until = (index: number) => Math.floor((count * index) / shard.of)
  return until(shard.index) - until(shard.index - 1)
}
