/** "How I got here": everything an answer says about its own making. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Answer, Attempt, Confidence, Provenance } from '../../../agents/answer.js'
import { stepLine } from '../chat/live-steps.js'
import type { Context } from '../context.js'
import type { Messages } from '../messages/en.js'
import type { Locale } from '../text/locale.js'
import { codeView } from './code-view.js'

export function howView(answer: Answer, { words, locale }: Context): TemplateResult {
  const { provenance } = answer
  const { how } = words
  return html`<div class="how">
    ${section(how.steps, stepsOf(answer, how, locale))}
    ${answer.ok && answer.confidence ? section(how.confidence, signalsOf(answer.confidence)) : nothing}
    ${provenance?.valueLinks.length ? section(how.links, linksOf(provenance, how)) : nothing}
    ${provenance?.attempts.length ? section(how.attempts, attemptsOf(provenance, words), provenance.reason) : nothing}
    ${provenance?.documents.length ? section(how.lookedUp, documentsOf(provenance, how, locale)) : nothing}
    ${provenance ? section(how.fingerprint, fingerprintOf(provenance, how)) : nothing}
  </div>`
}

function section(heading: string, content: TemplateResult, note?: string): TemplateResult {
  return html`<section>
    <h3>${heading}</h3>
    ${note ? html`<p>${note}</p>` : nothing} ${content}
  </section>`
}

function stepsOf({ trace, timings }: Answer, how: Messages['how'], locale: Locale): TemplateResult {
  const { total } = timings
  return html`<ol class="step-list">
    ${trace.map((step) => stepLine(step, locale))}
    ${
      total === undefined
        ? nothing
        : html`<li class="total">
            <span>${how.total}</span><span class="elapsed">${locale.milliseconds(total)}</span>
          </li>`
    }
  </ol>`
}

function signalsOf({ signals }: Confidence): TemplateResult {
  return html`<ul class="signals">
    ${signals.map(
      ({ name, value, note }) => html`<li>
        <span>${name}</span>
        <meter min="0" max="1" low="0.5" high="0.75" optimum="1" .value=${value} aria-label=${name}></meter>
        <span class="muted">${note}</span>
      </li>`,
    )}
  </ul>`
}

function linksOf({ valueLinks }: Provenance, how: Messages['how']): TemplateResult {
  return html`<ul>
    ${valueLinks.map(
      ({ phrase, column, value }) =>
        html`<li>${how.link(phrase)}<code>${column} = '${value}'</code></li>`,
    )}
  </ul>`
}

function attemptsOf({ attempts }: Provenance, words: Messages): TemplateResult {
  return html`<ol class="attempts">
    ${attempts.map((attempt) => attemptOf(attempt, words))}
  </ol>`
}

function attemptOf({ sql, generator, failure }: Attempt, { how, sql: { label } }: Messages) {
  return html`<li>
    <p class=${failure ? 'failed' : ''}>${generator}: ${failure ? failure.message : how.used}</p>
    ${failure ? codeView(sql, label) : nothing}
  </li>`
}

function documentsOf({ documents }: Provenance, how: Messages['how'], locale: Locale) {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  return html`<table class="documents">
    <thead>
      <tr>
        <th scope="col">${how.document}</th>
        <th scope="col" data-kind="number">${how.distance}</th>
        <th scope="col" data-kind="number">${how.score}</th>
      </tr>
    </thead>
    <tbody>
      ${documents.map(
        ({ id, distance, score }) => html`<tr>
          <td>${id}</td>
          <td data-kind="number">${distance === undefined ? '–' : locale.number(distance, digits)}</td>
          <td data-kind="number">${locale.number(score, digits)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`
}

function fingerprintOf({ fingerprint, dataVersion, model }: Provenance, how: Messages['how']) {
  const note = `${how.onData(dataVersion)}${model ? how.withModel(model) : ''}${how.promise}`
  return html`<p class="muted"><code>${fingerprint}</code>${note}</p>`
}
