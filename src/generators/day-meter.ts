/** What one generator used today, by what its models cost, and what is left of its budget. */
import type { GeneratorUsage } from '../../agents/sql-generator.js'
import { type Budget, createBudget, type Tokens } from '../../data/generator/model/budget.js'

/** Of a million tokens, in whatever currency the budget is in. */
export interface Price {
  readonly input: number
  readonly output: number
}

export interface Allowance {
  /** By the beginning of a model's name. */
  readonly prices: Readonly<Record<string, Price>>
  /** Most tokens of a day. */
  readonly tokens?: number
  /** Most money of a day. */
  readonly money?: number
}

/** One call to a model. */
export interface UsageEntry extends Tokens {
  readonly generator: string
  readonly model: string
  readonly ok: boolean
}

export interface DayMeter {
  readonly generator: string
  /** Another day. */
  begin(): void
  count(entry: UsageEntry): void
  reserve(model: string, most: Tokens): ReturnType<Budget['reserve']>
  usage(): GeneratorUsage
  isSpent(): boolean
  priceOf(model: string): Price | undefined
}

const nothing: GeneratorUsage = { requests: 0, failures: 0, inputTokens: 0, outputTokens: 0 }
const million = 1_000_000

export function createDayMeter(generator: string, { prices, tokens, money }: Allowance): DayMeter {
  /** What the budget calls a model. */
  const pricedName = (model: string) => longestStart(Object.keys(prices), model) ?? model
  const priceOf = (model: string) => prices[pricedName(model)]
  const fresh = () => createBudget({ tokens, money, prices: { ...prices } })
  let budget = fresh()
  let usage = nothing
  return {
    generator,
    priceOf,
    begin: () => {
      budget = fresh()
      usage = nothing
    },
    count: (entry) => {
      usage = addUsage(usage, entry, priceOf(entry.model))
      budget.add(pricedName(entry.model), entry, 1)
    },
    reserve: (model, most) => budget.reserve(pricedName(model), most),
    usage: () => usage,
    isSpent: () =>
      budget.isSpent() ||
      usage.inputTokens + usage.outputTokens >= (tokens ?? Number.POSITIVE_INFINITY) ||
      (usage.money ?? 0) >= (money ?? Number.POSITIVE_INFINITY),
  }
}

export function addUsage(
  before: GeneratorUsage = nothing,
  { input, output, ok }: Pick<UsageEntry, 'input' | 'output' | 'ok'>,
  price: Price | undefined,
): GeneratorUsage {
  const cost = price && (input * price.input + output * price.output) / million
  return {
    requests: before.requests + (ok ? 1 : 0),
    failures: before.failures + (ok ? 0 : 1),
    inputTokens: before.inputTokens + input,
    outputTokens: before.outputTokens + output,
    ...((cost ?? before.money) !== undefined && { money: (before.money ?? 0) + (cost ?? 0) }),
  }
}

function longestStart(starts: readonly string[], model: string): string | undefined {
  return starts
    .filter((start) => model.startsWith(start))
    .sort((one, other) => other.length - one.length)[0]
}
