/** An evaluation report as one HTML page that needs no network and no script. */
import { barPlot } from './bar-plot.js'
import { escapeHtml } from './escape-html.js'
import type { EvaluatedItem } from './evaluated-item.js'
import type { EvaluationReport } from './evaluation-report.js'
import { type Tallies, type Tally, tallyOf } from './tally.js'

/** What was run, as names and values in the order in which they are shown. */
export type RunFacts = Readonly<Record<string, string | number | undefined>>

/** Upper ends of the bars of the time plot, in milliseconds. */
const timeSteps = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000]

export function reportPage(
  facts: RunFacts,
  report: EvaluationReport,
  items: readonly EvaluatedItem[],
): string {
  const title = `Evaluation of ${facts.generator ?? 'answers'}`
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    factList({ ...facts, ...measures(report) }),
    barPlot('Right', rightBy(report)),
    barPlot('By hardness of the gold SQL', report.byHardness),
    barPlot('By intent', inWords(several(report.byIntent))),
    barPlot('By database', sorted(several(report.byDatabase))),
    barPlot('By what is expected', several(report.byExpects)),
    barPlot('By generator', several(report.byGenerator)),
    barPlot('What was wrong, of all questions', inWords(sorted(report.errorKinds))),
    barPlot('SQL and answers', soundness(report)),
    barPlot('Gold tables among the first k', filled(report.recall.tables)),
    barPlot('Gold columns among the first k documents', filled(report.recall.columns)),
    barPlot('Charts', inWords(chartBars(report))),
    barPlot('Time of an answer', timeBars(items)),
    itemList(
      'Wrong answers',
      items.filter(({ verdict }) => !['right', 'unjudged'].includes(verdict)),
    ),
    itemList(
      'Not judged',
      items.filter(({ verdict }) => verdict === 'unjudged'),
    ),
  ]
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>\n${body.filter((part) => part !== '').join('\n')}\n</body></html>\n`
}

/** What no bar shows. */
function measures({ p50Ms, p95Ms, samples, needlessQuestionsBack, unjudged }: EvaluationReport) {
  const texts = `${samples.mean.toFixed(1)} for each of ${samples.questions} questions`
  return {
    time: `p50 ${p50Ms} ms, p95 ${p95Ms} ms`,
    'texts of the model': samples.questions > 0 ? texts : undefined,
    'needless questions back': needlessQuestionsBack,
    'not judged': unjudged > 0 ? unjudged : undefined,
  }
}

function rightBy({
  spider,
  bird,
  testSuite,
  withTies,
  withExtraColumns,
  ...all
}: EvaluationReport) {
  return filled({
    'all questions': all,
    "execution accuracy, Spider's rules": spider,
    "execution accuracy, BIRD's rules": bird,
    'test-suite accuracy': testSuite,
    'forgiving ties': withTies,
    'and extra columns': withExtraColumns,
  })
}

function soundness(report: EvaluationReport): Tallies {
  return filled({
    'answered with SQL': report.answered,
    'SQL that runs': report.validSql,
    'statements that bind': report.boundStatements,
    'false answers': report.falseAnswers,
    'right questions back': report.rightQuestionsBack,
  })
}

function chartBars({ charts }: EvaluationReport): Tallies {
  const pairs = Object.entries(charts.pairs).map(
    ([pair, count]) => [pair, tallyOf(count, charts.same.total)] as const,
  )
  return {
    ...filled({ 'the same kind': charts.same, 'of one family': charts.alike }),
    ...sorted(Object.fromEntries(pairs)),
  }
}

/** Shares of answers up to each time. */
function timeBars(items: readonly EvaluatedItem[]): Tallies {
  const times = items.map(({ elapsedMs }) => elapsedMs).filter((time) => time > 0)
  return filled(
    Object.fromEntries(
      timeSteps.map((step) => [
        `within ${step / 1000} s`,
        tallyOf(times.filter((time) => time <= step).length, times.length),
      ]),
    ),
  )
}

function filled(tallies: Tallies): Tallies {
  return Object.fromEntries(Object.entries(tallies).filter(([, { total }]) => total > 0))
}

/** Kinds and intents are written as words; names of databases stay as they are. */
function inWords(tallies: Tallies): Tallies {
  return Object.fromEntries(
    Object.entries(tallies).map(([name, tally]) => [name.replaceAll('_', ' '), tally]),
  )
}

/** One group tells nothing apart. */
function several(tallies: Tallies): Tallies {
  return Object.keys(tallies).length > 1 ? tallies : {}
}

function sorted(tallies: Tallies): Tallies {
  const bySize = (one: readonly [string, Tally], other: readonly [string, Tally]) =>
    other[1].share - one[1].share
  return Object.fromEntries(Object.entries(tallies).sort(bySize))
}

function factList(facts: RunFacts): string {
  const rows = Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd>`,
  )
  return `<dl>${rows.join('')}</dl>`
}

function itemList(title: string, items: readonly EvaluatedItem[]): string {
  if (items.length === 0) return ''
  return `<details><summary>${title}: ${items.length}</summary>${items.map(itemRow).join('\n')}</details>`
}

function itemRow(item: EvaluatedItem): string {
  const { id, database = item.intent, question, verdict, errorKind, reason } = item
  const kind = (errorKind ?? verdict).replaceAll('_', ' ')
  const sql = (name: string, text: string | undefined) =>
    text === undefined ? '' : `<dt>${name}</dt><dd><code>${escapeHtml(text)}</code></dd>`
  return `<article><h2>${escapeHtml(question)}</h2><p>${escapeHtml(`${id}, ${database}, ${kind}`)}</p><dl>${sql('predicted SQL', item.predictedSql)}${sql('gold SQL', item.goldSql)}<dt>why</dt><dd>${escapeHtml(reason)}</dd></dl></article>`
}

const style = `
:root{color-scheme:light dark;--ink:light-dark(#1d2433,#e8ecf4);--soft:light-dark(#5c6679,#9aa6bb);--track:light-dark(#eef1f6,#252d3c);--share:light-dark(#3f6fd8,#6f9bff);--page:light-dark(#fff,#131822)}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:860px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1rem;margin:1rem 0 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
figure{margin:2rem 0;overflow-x:auto}figcaption{font-weight:600;margin-bottom:.4rem}
text{font-size:13px;fill:var(--ink)}.name{text-anchor:end}.number{fill:var(--soft)}.track{fill:var(--track)}.share{fill:var(--share)}.interval{stroke:var(--ink);fill:none}
summary{font-weight:600;cursor:pointer;margin:1rem 0}p{margin:0;color:var(--soft)}code{white-space:pre-wrap;font-size:13px}
`
