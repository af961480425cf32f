/** What generators use of models elsewhere, as figures. */
import type { GeneratorUsage } from '../../agents/sql-generator.js'
import type { LabelledCount, Metrics } from './metrics.js'

interface Used {
  totals(): ReadonlyMap<string, GeneratorUsage>
}

export function watchUsage({ watchCounts }: Pick<Metrics, 'watchCounts'>, { totals }: Used): void {
  const each = (say: (used: GeneratorUsage) => readonly LabelledCount[]) => () =>
    [...totals()].flatMap(([generator, used]) =>
      say(used).map(({ labels, value }) => ({ labels: { generator, ...labels }, value })),
    )
  watchCounts({
    name: 'parley_generator_requests_total',
    help: 'Requests to models elsewhere, by how they ended.',
    labelNames: ['generator', 'result'],
    read: each(({ requests, failures }) => [
      { labels: { result: 'ok' }, value: requests },
      { labels: { result: 'failed' }, value: failures },
    ]),
  })
  watchCounts({
    name: 'parley_generator_tokens_total',
    help: 'Tokens of prompts and of answers of models elsewhere.',
    labelNames: ['generator', 'kind'],
    read: each(({ inputTokens, outputTokens }) => [
      { labels: { kind: 'input' }, value: inputTokens },
      { labels: { kind: 'output' }, value: outputTokens },
    ]),
  })
  watchCounts({
    name: 'parley_generator_money_total',
    help: 'What they cost, in the currency of the prices that are set.',
    labelNames: ['generator'],
    read: each(({ money }) => (money === undefined ? [] : [{ labels: {}, value: money }])),
  })
}
