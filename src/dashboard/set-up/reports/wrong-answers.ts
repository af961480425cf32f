/** The questions of an evaluation that were not answered right, with both statements. */
import { html, nothing, type TemplateResult } from 'lit'
import type { EvaluationDetail, WrongAnswer } from '../../../reports/evaluation-report-file.js'
import type { Context } from '../../context.js'
import { barName, reportWords } from './report-words.js'

export function wrongAnswers(
  { wrong, wrongCount }: EvaluationDetail,
  context: Context,
): TemplateResult | typeof nothing {
  if (wrongCount === 0) return nothing
  const words = reportWords(context)
  const { locale } = context
  const [shown, all] = [locale.number(wrong.length), locale.number(wrongCount)]
  return html`<details class="wrong">
    <summary>${words.wrong(all)}</summary>
    ${wrong.length < wrongCount ? html`<p class="muted small">${words.wrongShown(shown, all)}</p>` : nothing}
    <ul class="wrong-list">${wrong.map((answer) => wrongAnswer(answer, context))}</ul>
  </details>`
}

function wrongAnswer(answer: WrongAnswer, context: Context): TemplateResult {
  const words = reportWords(context)
  const { id, database, question, errorKind, verdict, reason, predictedSql, goldSql } = answer
  const about = [id, database, barName(errorKind ?? verdict, words)].filter(Boolean).join(' · ')
  const part = (name: string, text: string | undefined, isCode: boolean) =>
    text
      ? html`<div><dt>${name}</dt><dd>${isCode ? html`<code>${text}</code>` : text}</dd></div>`
      : nothing
  return html`<li>
    <p class="wrong-question">${question}</p>
    <p class="muted small">${about}</p>
    <dl class="report-facts">
      ${part(words.predicted, predictedSql, true)} ${part(words.gold, goldSql, true)}
      ${part(words.why, reason, false)}
    </dl>
  </li>`
}
