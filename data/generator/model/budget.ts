/** Counts what models use, and lets nobody begin what the budget might not cover. */
import type { BudgetSettings } from '../settings/model-settings.js'

export interface Tokens {
  readonly input: number
  readonly output: number
}

export interface Usage extends Tokens {
  readonly model: string
  readonly calls: number
  /** In the currency of the prices; 0 without a price. */
  readonly money: number
}

export interface Reservation {
  /** Gives back what was not used. */
  settle(used: Tokens, calls: number): void
}

export interface Budget {
  /**
   * Waits for others to give back what they do not use. Undefined when what is left is less than `most`: from then on for
   * everybody.
   */
  reserve(model: string, most: Tokens): Promise<Reservation | undefined>
  /** What an earlier run used. */
  add(model: string, used: Tokens, calls: number): void
  /** Whether something was asked for that it does not cover. */
  isSpent(): boolean
  usage(): readonly Usage[]
}

const million = 1_000_000
/** Prices are decimal fractions, which binary ones only come near. */
const rounding = 1e-9

export function createBudget({ tokens, money, prices }: BudgetSettings): Budget {
  const used = new Map<string, Usage>()
  const held = { tokens: 0, money: 0, count: 0 }
  const waiting: (() => void)[] = []
  let spent = false
  const costOf = (model: string, { input, output }: Tokens) => {
    const price = prices[model]
    return price ? (input * price.input + output * price.output) / million : 0
  }
  const add = (model: string, { input, output }: Tokens, calls: number) => {
    const before = used.get(model) ?? { model, calls: 0, input: 0, output: 0, money: 0 }
    used.set(model, {
      model,
      calls: before.calls + calls,
      input: before.input + input,
      output: before.output + output,
      money: before.money + costOf(model, { input, output }),
    })
  }
  const fits = (wanted: { readonly tokens: number; readonly money: number }) => {
    const all = [...used.values()]
    const sum = all.reduce((total, { input, output }) => total + input + output, held.tokens)
    const paid = all.reduce((total, each) => total + each.money, held.money)
    return (
      sum + wanted.tokens <= (tokens ?? Number.POSITIVE_INFINITY) &&
      paid + wanted.money <= (money ?? Number.POSITIVE_INFINITY) + rounding
    )
  }
  const hold = (model: string, wanted: { tokens: number; money: number }): Reservation => {
    const change = (sign: 1 | -1) => {
      held.tokens += sign * wanted.tokens
      held.money += sign * wanted.money
      held.count += sign
    }
    change(1)
    return {
      settle: (tokensUsed, calls) => {
        change(-1)
        add(model, tokensUsed, calls)
        for (const wake of waiting.splice(0)) wake()
      },
    }
  }
  return {
    add,
    isSpent: () => spent,
    usage: () => [...used.values()],
    reserve: async (model, most) => {
      const wanted = { tokens: most.input + most.output, money: costOf(model, most) }
      while (!spent && !fits(wanted)) {
        if (held.count === 0) spent = true
        else await new Promise<void>((resolve) => waiting.push(resolve))
      }
      if (!spent) return hold(model, wanted)
      for (const wake of waiting.splice(0)) wake()
      return undefined
    },
  }
}
