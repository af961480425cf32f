/** An evaluation report as text for the terminal. */
import type {
  EvaluatedItem,
  EvaluationReport,
  Tally,
} from '../../data/evaluation/evaluation-report.js'

const barWidth = 20

export function evaluationText(report: EvaluationReport, showFailures: boolean): string {
  const { low, high } = report.interval
  const { falseAnswers, rightQuestionsBack } = report
  return [
    `Right: ${report.right} of ${report.total} = ${percent(report.accuracy)} (95 % interval ${percent(low)} to ${percent(high)})`,
    `  by the official rules alone ${report.rightByOfficialRules}, forgiving extra columns ${report.rightWithExtraColumns}`,
    '',
    ...tallies('Intent', report.byIntent),
    '',
    ...tallies('Expected', report.byExpects),
    '',
    ...tallies('Written by', report.byGenerator),
    '',
    `SQL that binds: ${percent(report.validSqlRate)} of ${report.statements} statements`,
    `False answers: ${falseAnswers.count} of ${falseAnswers.of}; right questions back: ${rightQuestionsBack.count} of ${rightQuestionsBack.of}; needless ones: ${report.needlessQuestionsBack}`,
    `Errors: ${errors(report)}`,
    `Time: p50 ${report.p50Ms} ms, p95 ${report.p95Ms} ms`,
    ...(showFailures ? ['', ...failures(report.items)] : []),
  ].join('\n')
}

function tallies(title: string, groups: Readonly<Record<string, Tally>>): string[] {
  const names = Object.keys(groups).sort()
  const width = Math.max(title.length, ...names.map((name) => name.length))
  return names.map((name, at) => {
    const { right, total } = groups[name] ?? { right: 0, total: 0 }
    const filled = Math.round((barWidth * right) / Math.max(1, total))
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
    const label = at === 0 ? `${title}\n  ` : '  '
    return `${label}${name.padEnd(width)}  ${bar}  ${right}/${total}`
  })
}

function errors({ errorKinds }: EvaluationReport): string {
  const kinds = Object.entries(errorKinds).sort(([, left], [, right]) => right - left)
  return kinds.map(([kind, count]) => `${kind.replaceAll('_', ' ')} ${count}`).join(', ') || 'none'
}

function failures(items: readonly EvaluatedItem[]): string[] {
  return items
    .filter(({ verdict }) => verdict !== 'right')
    .flatMap((item) => [
      `✗ ${item.id} (${item.intent}, ${item.verdict.replaceAll('_', ' ')}): ${item.question}`,
      ...(item.reason ? [`    why:  ${item.reason}`] : []),
      ...(item.predictedSql ? [`    got:  ${oneLine(item.predictedSql)}`] : []),
      ...(item.goldSql ? [`    gold: ${oneLine(item.goldSql)}`] : []),
    ])
}

function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
