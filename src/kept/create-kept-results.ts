/** Runs again what is kept for a user, on the data as that user may see it. */

import { join } from 'node:path'
import type { Config } from '../config.js'
import type { Services } from '../services.js'
import { drawKeptAnswer } from './draw-kept-answer.js'
import { exportKeptAnswer } from './export-kept-answer.js'
import type { KeptResults } from './kept-results.js'
import type { KeptSources } from './kept-sources.js'
import { runKeptCard } from './run-kept-card.js'

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
    runCard: (...asked) => runKeptCard(own, ...asked),
    export: (...asked) => exportKeptAnswer(own, ...asked),
  }
}

/** Below the home, since there is room for large things, and the temporary folder may be in memory. */
export function exportFolderOf({ home }: Pick<Config, 'home'>): string {
  return join(home, 'exports')
}
