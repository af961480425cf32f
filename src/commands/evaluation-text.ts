/** An evaluation report as text for the terminal. */
import type { EvaluatedItem } from '../../data/evaluation/evaluated-item.js'
import type { EvaluationReport } from '../../data/evaluation/evaluation-report.js'
import type { Tallies, Tally } from '../../data/evaluation/tally.js'

const barWidth = 20

/** `items` are shown where they are not right. */
export function evaluationText(report: EvaluationReport, items: readonly EvaluatedItem[]): string {
  return [
    `Right: ${inWords(report)}`,
    ...(report.unjudged > 0
      ? [`  and ${report.unjudged} left out: their gold SQL does not run`]
      : []),
    ...accuracies(report),
    ...tallies('Hardness', report.byHardness),
    ...tallies('Database', report.byDatabase),
    ...tallies('Intent', report.byIntent),
    ...tallies('Expected', report.byExpects),
    ...tallies('Written by', report.byGenerator),
    '',
    `Answered with SQL: ${inWords(report.answered)}`,
    `SQL that runs: ${inWords(report.validSql)}`,
    `Statements that bind: ${brief(report.boundStatements)}`,
    `False answers: ${brief(report.falseAnswers)}; right questions back: ${brief(report.rightQuestionsBack)}; needless ones: ${report.needlessQuestionsBack}`,
    `Errors: ${errors(report)}`,
    ...parts(report),
    `Time: p50 ${report.p50Ms} ms, p95 ${report.p95Ms} ms`,
    ...(items.length > 0 ? ['', ...failures(items)] : []),
  ].join('\n')
}

function accuracies({ spider, bird, testSuite, withTies, withExtraColumns }: EvaluationReport) {
  const rows: readonly (readonly [string, Tally])[] = [
    ["Execution accuracy by Spider's rules", spider],
    ["Execution accuracy by BIRD's rules", bird],
    ['Test-suite accuracy', testSuite],
    ['Forgiving ties', withTies],
    ['Forgiving ties and extra columns', withExtraColumns],
  ]
  return rows
    .filter(([, { total }]) => total > 0)
    .map(([name, tally]) => `  ${name}: ${inWords(tally)}`)
}

/** Nothing to tell apart, nothing shown. */
function tallies(title: string, groups: Tallies): string[] {
  const names = Object.keys(groups).sort()
  if (names.length < 2) return []
  const width = Math.max(title.length, ...names.map((name) => name.length))
  return names.map((name, at) => {
    const tally = groups[name]
    const filled = Math.round(barWidth * (tally?.share ?? 0))
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
    const label = at === 0 ? `\n${title}\n  ` : '  '
    return `${label}${name.padEnd(width)}  ${bar}  ${brief(tally)}`
  })
}

function errors({ errorKinds }: EvaluationReport): string {
  const kinds = Object.entries(errorKinds).sort(([, a], [, b]) => b.right - a.right)
  const words = kinds.map(([kind, { right }]) => `${kind.replaceAll('_', ' ')} ${right}`)
  return words.join(', ') || 'none'
}

/** What was measured beside the answers. */
function parts({ recall, charts, samples }: EvaluationReport): string[] {
  const depths = (tallies: Tallies) =>
    Object.entries(tallies).map(([depth, { share }]) => `${percent(share)} in ${depth}`)
  const total = recall.tables['1']?.total ?? 0
  return [
    ...(total > 0 ? [`Gold tables found: ${depths(recall.tables).join(', ')}`] : []),
    ...(total > 0 ? [`Gold columns found: ${depths(recall.columns).join(', ')}`] : []),
    ...(charts.same.total > 0
      ? [`Charts: the same kind ${inWords(charts.same)}; of one family ${brief(charts.alike)}`]
      : []),
    ...(samples.questions > 0
      ? [`Model: ${samples.mean.toFixed(1)} texts for each of ${samples.questions} questions`]
      : []),
  ]
}

function failures(items: readonly EvaluatedItem[]): string[] {
  return items
    .filter(({ verdict }) => verdict !== 'right')
    .flatMap((item) => [
      `✗ ${item.id} (${item.database ?? item.intent}, ${item.verdict.replaceAll('_', ' ')}): ${item.question}`,
      ...(item.reason ? [`    why:  ${item.reason}`] : []),
      ...(item.predictedSql ? [`    got:  ${oneLine(item.predictedSql)}`] : []),
      ...(item.goldSql ? [`    gold: ${oneLine(item.goldSql)}`] : []),
    ])
}

function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ')
}

/** `3 of 4 = 75.0 % (95 % interval 30.1 % to 95.4 %)` */
function inWords({ right, total, share, interval: { low, high } }: Tally): string {
  return `${right} of ${total} = ${percent(share)} (95 % interval ${percent(low)} to ${percent(high)})`
}

function brief(tally: Tally | undefined): string {
  return tally === undefined ? '0/0' : `${tally.right}/${tally.total}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
