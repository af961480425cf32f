/** How two generators compare, as figures. */
import type { ArmReport, Comparison } from '../generators/comparison.js'
import type { LabelledCount, Metrics } from './metrics.js'

export function watchComparison(
  { watchCounts }: Pick<Metrics, 'watchCounts'>,
  comparison: Comparison | undefined,
): void {
  if (!comparison) return
  const each = (say: (arm: ArmReport) => readonly LabelledCount[]) => () =>
    comparison.report().arms.flatMap((arm) =>
      say(arm).map(({ labels, value }) => ({
        labels: { arm: arm.arm, generator: arm.generator, ...labels },
        value,
      })),
    )
  watchCounts({
    name: 'parley_compared_questions_total',
    help: 'Questions of a comparison by the generator that was asked, and whether they were answered.',
    labelNames: ['arm', 'generator', 'ok'],
    read: each(({ questions, ok }) => [
      { labels: { ok: 'true' }, value: ok },
      { labels: { ok: 'false' }, value: questions - ok },
    ]),
  })
  watchCounts({
    name: 'parley_compared_fallbacks_total',
    help: 'Of them, those that another generator answered in its place.',
    labelNames: ['arm', 'generator'],
    read: each(({ fellBack }) => [{ labels: {}, value: fellBack }]),
  })
  watchCounts({
    name: 'parley_compared_judgements',
    help: 'Judgements of their answers as they stand.',
    labelNames: ['arm', 'generator', 'verdict'],
    read: each(({ up, down }) => [
      { labels: { verdict: 'up' }, value: up },
      { labels: { verdict: 'down' }, value: down },
    ]),
  })
  watchCounts({
    name: 'parley_compared_seconds',
    help: 'Time of an answer: the median and the 95th percentile of the last thousand.',
    labelNames: ['arm', 'generator', 'quantile'],
    read: each(({ p50Ms, p95Ms }) => [
      { labels: { quantile: '0.5' }, value: p50Ms / 1000 },
      { labels: { quantile: '0.95' }, value: p95Ms / 1000 },
    ]),
  })
}
