/** Everyday adjectives for more and less of a number: a price is cheap, a size is big. */
import type { WarehouseColumn } from '../../../data/training/warehouses/warehouse.js'

export interface Adjectives {
  readonly most: readonly string[]
  readonly least: readonly string[]
  /** Before "than". */
  readonly more: readonly string[]
  readonly less: readonly string[]
}

const known: readonly (readonly [RegExp, Adjectives])[] = [
  [
    /price|unit cost/,
    {
      most: ['most expensive', 'priciest'],
      least: ['cheapest', 'least expensive'],
      more: ['more expensive', 'dearer'],
      less: ['cheaper', 'less expensive'],
    },
  ],
  [
    /^(size|floor area|area|hectares|spaces|stadium seats|seats|docks|capacity|living area)$/,
    {
      most: ['biggest', 'largest'],
      least: ['smallest'],
      more: ['bigger', 'larger'],
      less: ['smaller'],
    },
  ],
  [
    /^(runtime|pages)$/,
    { most: ['longest'], least: ['shortest'], more: ['longer'], less: ['shorter'] },
  ],
  [
    /^(opened|founded|opening date|released|release date|published|built|installed|birth date|birthday)$/,
    { most: ['newest', 'youngest'], least: ['oldest'], more: [], less: [] },
  ],
]

export function adjectivesOf({ words, kind }: Pick<WarehouseColumn, 'words' | 'kind'>) {
  if (kind !== 'rate' && kind !== 'past') return undefined
  const found = known.find(([pattern]) => pattern.test(words))?.[1]
  const isBirth = words.startsWith('birth')
  return found && kind === 'past' ? { ...found, most: [isBirth ? 'youngest' : 'newest'] } : found
}
