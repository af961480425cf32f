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
  const ledger = createLedger(prices)
  const held = { tokens: 0, money: 0, count: 0 }
  const waiting: (() => void)[] = []
  let spent = false
  const wakeAll = () => {
    for (const wake of waiting.splice(0)) wake()
  }
  const fits = (wanted: Amount) => {
    const used = ledger.total()
    return (
      used.tokens + held.tokens + wanted.tokens <= (tokens ?? Number.POSITIVE_INFINITY) &&
      used.money + held.money + wanted.money <= (money ?? Number.POSITIVE_INFINITY) + rounding
    )
  }
  const hold = (model: string, wanted: Amount): Reservation => {
    const change = (sign: 1 | -1) => {
      held.tokens += sign * wanted.tokens
      held.money += sign * wanted.money
      held.count += sign
    }
    change(1)
    return {
      settle: (used, calls) => {
        change(-1)
        ledger.add(model, used, calls)
        wakeAll()
      },
    }
  }
  return {
    add: ledger.add,
    usage: ledger.usage,
    isSpent: () => spent,
    reserve: async (model, most) => {
      const wanted = { tokens: most.input + most.output, money: ledger.costOf(model, most) }
      while (!spent && !fits(wanted)) {
        if (held.count === 0) spent = true
        else await new Promise<void>((resolve) => waiting.push(resolve))
      }
      if (!spent) return hold(model, wanted)
      wakeAll()
      return undefined
    },
  }
}

interface Amount {
  readonly tokens: number
  readonly money: number
}

function createLedger(prices: BudgetSettings['prices']) {
  const used = new Map<string, Usage>()
  const costOf = (model: string, { input, output }: Tokens) => {
    const price = prices[model]
    return price ? (input * price.input + output * price.output) / million : 0
  }
  return {
    costOf,
    usage: () => [...used.values()],
    total: (): Amount =>
      [...used.values()].reduce(
        (sum, { input, output, money }) => ({
          tokens: sum.tokens + input + output,
          money: sum.money + money,
        }),
        { tokens: 0, money: 0 },
      ),
    /** Nothing that was never answered. */
    add: (model: string, tokens: Tokens, calls: number) => {
      if (calls === 0) return
      const before = used.get(model) ?? { model, calls: 0, input: 0, output: 0, money: 0 }
      used.set(model, {
        model,
        calls: before.calls + calls,
        input: before.input + tokens.input,
        output: before.output + tokens.output,
        money: before.money + costOf(model, tokens),
      })
    },
  }
}
