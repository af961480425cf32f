/** What generators use of models elsewhere: by the day, with other processes that share the book, within a budget where one is set. */
import type { GeneratorUsage } from '../../agents/sql-generator.js'
import type { Tokens } from '../../data/generator/model/budget.js'
import {
  type Allowance,
  addUsage,
  createDayMeter,
  type DayMeter,
  type UsageEntry,
} from './day-meter.js'
import type { UsageBook } from './usage-book.js'

export interface Held {
  /** Gives back what was not used. */
  settle(used: Tokens, ok: boolean): Promise<void>
}

export interface Meter {
  /** Undefined where what is left of the day's budget does not cover `most`. */
  reserve(model: string, most: Tokens): Promise<Held | undefined>
  /** Of today. */
  usage(): GeneratorUsage
  isSpent(): boolean
  /** Whether a budget of money can be kept with this model. */
  hasPrice(model: string): boolean
}

export interface UsageLedger {
  meter(generator: string, allowance: Allowance): Meter
  /** Since this process began, by generator. */
  totals(): ReadonlyMap<string, GeneratorUsage>
}

export interface LedgerOptions {
  readonly book: UsageBook
  /** What cannot be written is counted in memory all the same. */
  readonly onFailure: (error: unknown) => void
  readonly now?: () => Date
}

export function openUsageLedger({
  book,
  onFailure,
  now = () => new Date(),
}: LedgerOptions): UsageLedger {
  const totals = new Map<string, GeneratorUsage>()
  const meters = new Map<string, DayMeter>()
  let day = ''
  let readTo = 0
  let reading: Promise<void> = Promise.resolve()

  const startDay = async (today: string) => {
    day = today
    readTo = 0
    for (const meter of meters.values()) meter.begin()
    await book.forgetOldDays()
  }
  const readOn = async () => {
    const today = now().toISOString().slice(0, 10)
    if (today !== day) await startDay(today)
    const { entries, end } = await book.read(day, readTo)
    readTo = end
    for (const entry of entries) meters.get(entry.generator)?.count(entry)
  }
  /** One after the other, so that no line counts twice. */
  const catchUp = () => {
    reading = reading.then(readOn).catch(onFailure)
    return reading
  }
  const keep = async (entry: UsageEntry) => {
    const meter = meters.get(entry.generator)
    const price = meter?.priceOf(entry.model)
    totals.set(entry.generator, addUsage(totals.get(entry.generator), entry, price))
    await catchUp()
    try {
      await book.write(day, entry)
      await catchUp()
    } catch (error) {
      onFailure(error)
      meter?.count(entry)
    }
  }
  return {
    totals: () => totals,
    meter: (generator, allowance) => {
      const meter = createDayMeter(generator, allowance)
      meters.set(generator, meter)
      // All is read again, for this one too.
      day = ''
      void catchUp()
      return {
        usage: meter.usage,
        isSpent: meter.isSpent,
        hasPrice: (model) => meter.priceOf(model) !== undefined,
        reserve: async (model, most) => {
          await catchUp()
          const held = await meter.reserve(model, most)
          if (!held) return undefined
          return {
            settle: async (used, ok) => {
              // What was used comes in with the lines of the file; until then it stays reserved.
              await keep({ generator, model, ...used, ok })
              held.settle({ input: 0, output: 0 }, 0)
            },
          }
        },
      }
    },
  }
}
