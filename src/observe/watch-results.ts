/** How often kept results were asked for and found, as figures. */
import type { ResultCache } from '../../data/results/result-cache.js'
import type { Metrics } from './metrics.js'

export function watchResults(
  { watch, watchCounts }: Pick<Metrics, 'watch' | 'watchCounts'>,
  { figures }: Pick<ResultCache, 'figures'>,
): void {
  watchCounts({
    name: 'parley_kept_results_total',
    help: 'Looks for a kept result of the same SQL on the same data.',
    labelNames: ['found'],
    read: () => [
      { labels: { found: 'yes' }, value: figures().hits },
      { labels: { found: 'no' }, value: figures().misses },
    ],
  })
  watch({
    name: 'parley_kept_results_bytes',
    help: 'What the kept results take.',
    read: () => figures().bytes,
  })
}
