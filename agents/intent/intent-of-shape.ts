/** The intent that what was found in the question implies; it outranks what the wording sounded like. */
import type { Intent } from '../answer.js'
import type { Entities } from '../entities/entities.js'

export function intentOfShape(entities: Entities, worded: Intent | undefined): Intent {
  if (worded === 'catalog' || worded === 'unsafe' || worded === 'chit_chat') return worded
  if (entities.base === undefined) return worded ?? 'unclear'
  if (entities.periods.length > 1 || entities.presentation === 'growth') return 'comparison'
  if (entities.limit !== undefined) return 'ranking'
  if (entities.dimensions.some((dimension) => dimension.grain)) return 'trend'
  if (entities.dimensions.length > 0 || entities.presentation === 'share') return 'distribution'
  if (entities.measures.length > 0) return 'metric'
  return worded === 'lookup' ? 'lookup' : 'listing'
}
