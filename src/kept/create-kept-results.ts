/** Runs again what is kept for a user, on the data as that user may see it. */

import type { Services } from '../services.js'
import { drawKeptAnswer } from './draw-kept-answer.js'
import type { KeptResults } from './kept-results.js'
import type { KeptSources } from './kept-sources.js'

export interface ResultSources extends Omit<KeptSources, 'scope'> {
  readonly scopeOf: Services['scopeOf']
}

export function createKeptResults(
  { scopeOf, ...sources }: ResultSources,
  user: string | undefined,
): KeptResults {
  const own: KeptSources = { ...sources, scope: scopeOf(user) }
  return {
    draw: (...asked) => drawKeptAnswer(own, ...asked),
  }
}
