/** Sends a database mutated SQL and records what comes of it. */
import type { Database } from '../../data/database.js'
import { isLarge } from './attack-size.js'

export interface FuzzOutcome {
  readonly sql: string
  readonly code: string
  readonly elapsedMs: number
}

/** Distinct statements, as many on a slow machine as on a quick one. */
const wanted = isLarge ? 20_000 : 500
/** What a statement shows, it shows before it runs long. */
const timeoutMs = isLarge ? 500 : 150

/** Swaps, drops and mixes tokens of the statements, from a fixed seed. */
export async function fuzz(
  database: Database,
  statements: readonly string[],
): Promise<readonly FuzzOutcome[]> {
  const random = seededRandom(20_241)
  const corpus = statements.map(tokensOf)
  const seen = new Set<string>()
  const outcomes: FuzzOutcome[] = []
  while (seen.size < wanted) {
    const sql = mutate(corpus, random)
    if (seen.has(sql)) continue
    seen.add(sql)
    const start = performance.now()
    const code = await database.query(sql, { timeoutMs }).then(
      (outcome) => (outcome.ok ? 'ok' : outcome.failure.code),
      () => 'thrown',
    )
    outcomes.push({ sql, code, elapsedMs: performance.now() - start })
  }
  return outcomes
}

export function tokensOf(sql: string): readonly string[] {
  return sql.match(/\w+|\s+|[^\w\s]/g) ?? []
}

export function mutate(
  corpus: readonly (readonly string[])[],
  random: (below: number) => number,
): string {
  const tokens = [...(corpus[random(corpus.length)] ?? [])]
  const other = corpus[random(corpus.length)] ?? []
  for (let change = 0; change <= random(4); change++) {
    const at = random(tokens.length + 1)
    const from = random(other.length)
    const count = random(6)
    const kinds = [
      () => tokens.splice(at, count),
      () => tokens.splice(at, 0, ...other.slice(from, from + count)),
      () => tokens.splice(at, count, ...other.slice(from, from + count)),
      () => tokens.splice(at, 0, ...tokens.slice(0, count)),
    ]
    kinds[random(kinds.length)]?.()
  }
  return tokens.join('')
}

/** Mulberry32: small, fast and good enough to spread over a corpus. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(below, 1)
  }
}
