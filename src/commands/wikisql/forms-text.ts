/** An evaluation by logical forms as text for the terminal. */

import type { Tallies, Tally } from '../../../data/evaluation/tally.js'
import type { FormReport } from '../../../data/evaluation/wikisql/form-report.js'
import type { FormItem } from '../../../data/evaluation/wikisql/judge-form.js'

/** `items` are shown where they are not right. */
export function formsText(report: FormReport, items: readonly FormItem[]): string {
  const { right, rightWithAnyCount, read, unanswered, p50Ms, p95Ms } = report
  return [
    `Logical-form accuracy: ${inWords(right)}`,
    `  where count(*) counts as counting a column: ${inWords(rightWithAnyCount)}`,
    '',
    ...rows({
      'aggregate right': report.aggregate,
      'selected column right': report.column,
      'conditions right': report.conditions,
    }),
    '',
    ...rows(report.byAggregate),
    '',
    ...rows(report.byConditions),
    '',
    `SQL that has a logical form: ${inWords(read)}; unanswered: ${unanswered}`,
    `Time: p50 ${p50Ms} ms, p95 ${p95Ms} ms`,
    ...failures(items),
  ].join('\n')
}

function rows(tallies: Tallies): readonly string[] {
  const entries = Object.entries(tallies)
  const width = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, tally]) => `  ${name.padEnd(width)}  ${inWords(tally)}`)
}

function failures(items: readonly FormItem[]): readonly string[] {
  return items
    .filter(({ verdict }) => verdict !== 'right')
    .flatMap(({ id, verdict, question, reason, predictedSql, goldSql }) => [
      `\n✗ ${id} (${verdict.replaceAll('_', ' ')}): ${question}`,
      ...(reason ? [`    why:  ${reason}`] : []),
      ...(predictedSql ? [`    got:  ${predictedSql.replace(/\s+/g, ' ')}`] : []),
      `    gold: ${goldSql}`,
    ])
}

/** `3 of 4 = 75.0 % (95 % interval 30.1 % to 95.4 %)` */
function inWords({ right, total, share, interval: { low, high } }: Tally): string {
  return `${right} of ${total} = ${percent(share)} (95 % interval ${percent(low)} to ${percent(high)})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
