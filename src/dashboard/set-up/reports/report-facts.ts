/** How a report came about, as names and values, and its main figures. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Report } from '../../../reports/report-shelf.js'
import type { Context } from '../../context.js'
import { reportWords, shareText } from './report-words.js'

type EvaluationReport = Report & { readonly kind: 'evaluation' }
type TrainingReport = Report & { readonly kind: 'training' }
type Fact = readonly [name: string, value: string | number | undefined]

const minute = 60
const hour = 3_600

export function evaluationFacts(report: EvaluationReport, context: Context): TemplateResult {
  const { facts } = reportWords(context)
  const { locale } = context
  const { parameters, unjudged, version, commit } = report
  return factList([
    [facts.at, locale.moment(report.at)],
    [facts.questions, report.questions],
    [facts.generator, report.generator],
    [facts.model, report.model],
    [facts.rules, report.rules],
    [facts.parameters, parameters === undefined ? undefined : locale.number(parameters)],
    [facts.levers, report.levers],
    [facts.version, [version, commit].filter(Boolean).join(', ')],
    [facts.unjudged, unjudged > 0 ? locale.number(unjudged) : undefined],
  ])
}

export function evaluationNumbers(report: EvaluationReport, context: Context): TemplateResult {
  const words = reportWords(context)
  const { locale } = context
  const { right, total, share, interval } = report.result
  const range = words.interval(shareText(interval.low, context), shareText(interval.high, context))
  const count = words.ofAll(locale.number(right), locale.number(total))
  return html`<dl class="report-numbers">
    ${number(words.right, shareText(share, context), `${count}, ${range}`)}
    ${report.p50Ms === undefined ? nothing : number(words.median, locale.milliseconds(report.p50Ms))}
    ${report.p95Ms === undefined ? nothing : number(words.slow, locale.milliseconds(report.p95Ms))}
  </dl>`
}

export function trainingFacts(report: TrainingReport, context: Context): TemplateResult {
  const { facts } = reportWords(context)
  return factList([
    [facts.begun, context.locale.moment(report.at)],
    [facts.base, report.base],
    [facts.files, report.files.join(', ')],
    [facts.dataSets, report.dataSets.join(', ')],
    [facts.startedFrom, report.startedFrom],
  ])
}

export function trainingNumbers(report: TrainingReport, context: Context): TemplateResult {
  const words = reportWords(context)
  const { locale } = context
  const { step, steps, validation, tokens, seconds } = report
  const loss = validation && locale.number(validation.loss, { maximumFractionDigits: 3 })
  const exact = validation && shareText(validation.exact, context)
  return html`<dl class="report-numbers">
    ${number(words.step, words.ofAll(locale.number(step), locale.number(steps)))}
    ${loss ? number(`${words.validated}: ${words.loss}`, loss) : nothing}
    ${exact ? number(`${words.validated}: ${words.exactColumn}`, exact) : nothing}
    ${number(words.tokens, locale.number(tokens))}
    ${number(words.duration, durationText(seconds, context))}
  </dl>`
}

export function factList(facts: readonly Fact[]): TemplateResult {
  const known = facts.filter(([, value]) => value !== undefined && value !== '')
  return html`<dl class="report-facts">
    ${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`
}

function number(name: string, value: string, note = ''): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}${note ? html`<span class="muted small">${note}</span>` : nothing}</dd>
  </div>`
}

function durationText(seconds: number, { locale }: Context): string {
  const unit = (value: number, name: string) =>
    locale.number(value, { style: 'unit', unit: name, maximumFractionDigits: 1 })
  if (seconds < minute) return unit(seconds, 'second')
  return seconds < hour ? unit(seconds / minute, 'minute') : unit(seconds / hour, 'hour')
}
