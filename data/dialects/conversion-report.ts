/** What a conversion came to: shares, and failures by their reason. */
import { type ConversionVerdict, isEqual } from './judge-conversion.js'
import type { ConversionItem, Conversions } from './try-conversions.js'

export interface ConversionReport {
  readonly questions: number
  /** The converter wrote something. */
  readonly converted: number
  /** The same result, forgiving rows that tie in ORDER BY. */
  readonly equal: number
  readonly verdicts: Readonly<Partial<Record<ConversionVerdict, number>>>
  /** Of the engine's refusals, the commonest messages with names left out. */
  readonly refusals: readonly { readonly message: string; readonly count: number }[]
  readonly lostCells: number
  readonly leftOut: readonly string[]
}

const maxRefusals = 20

export function reportConversions({ items, lostCells, leftOut }: Conversions): ConversionReport {
  const verdicts: Partial<Record<ConversionVerdict, number>> = {}
  for (const { verdict } of items) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
  return {
    questions: items.length,
    converted: items.filter(({ sql }) => sql !== undefined).length,
    equal: items.filter(({ verdict }) => isEqual(verdict)).length,
    verdicts,
    refusals: countRefusals(items),
    lostCells,
    leftOut,
  }
}

function countRefusals(items: readonly ConversionItem[]) {
  const counts = new Map<string, number>()
  for (const { verdict, message = '' } of items) {
    if (verdict !== 'refused') continue
    const [line = ''] = message.split('\n')
    const plain = line.replace(/"[^"]*"|'[^']*'|\b\w+\.\w+\b/g, '…')
    counts.set(plain, (counts.get(plain) ?? 0) + 1)
  }
  return [...counts]
    .map(([message, count]) => ({ message, count }))
    .sort((left, right) => right.count - left.count)
    .slice(0, maxRefusals)
}
