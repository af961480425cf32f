/** Settles bounds and values that are told side by side. */
import type { Draft } from '../draft.js'
import type { Ambiguity, Band } from '../entities.js'
import type { Surroundings } from './resolve-columns.js'
import { boundColumn, toFilter } from './resolve-conditions.js'
import { resolveValues } from './resolve-values.js'

export interface ResolvedBands {
  readonly bands: readonly Band[]
  readonly ambiguities: readonly Ambiguity[]
  readonly unresolved: readonly string[]
}

export function resolveBands({ bands }: Draft, around: Surroundings): ResolvedBands {
  const ambiguities: Ambiguity[] = []
  const unresolved: string[] = []
  const resolved = bands.map(({ label, conditions = [], value }): Band => {
    const stored = value && resolveValues([value], around)
    ambiguities.push(...(stored?.ambiguities ?? []))
    const bounds = conditions.flatMap((condition) => {
      const { column, ambiguity } = boundColumn(condition, around)
      if (ambiguity) ambiguities.push(ambiguity)
      if (!column) unresolved.push(condition.phrase)
      return column ? [toFilter(condition, column)] : []
    })
    return { label, filters: [...(stored?.filters ?? []), ...bounds] }
  })
  return { bands: resolved, ambiguities: ambiguities.slice(0, 1), unresolved }
}
