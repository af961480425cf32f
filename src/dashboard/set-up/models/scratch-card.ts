/** One model from scratch: its score, what it was trained on, and whether it is in use; there is nothing to activate. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ListedScratch } from '../../../adapters/model-shelf.js'
import type { Context } from '../../context.js'
import { fact, noticeView, scoreView, sizeText, textOf } from './model-card-parts.js'
import { modelWords } from './model-words.js'

export function scratchCard(model: ListedScratch, context: Context): TemplateResult {
  const { name, isActive, bytes, file, score, notice } = model
  const words = modelWords(context)
  const isMissing = bytes === undefined
  return html`<li class="adapter" data-active=${isActive}>
    <div class="adapter-head"><h4>${name}</h4>${stateOf(model, context)}</div>
    ${scoreView(score, words.scratchNotMeasured, context)}
    ${isMissing ? html`<p class="caution">${words.missingNote(file)}</p>` : nothing}
    <dl class="adapter-facts">${factsOf(model, context)}</dl>
    ${trainingView(model, context)} ${noticeView(notice, context)}
  </li>`
}

function stateOf({ isActive, bytes }: ListedScratch, context: Context) {
  const { states } = modelWords(context)
  if (isActive) return html`<span class="pill pill-good">${states.active}</span>`
  if (bytes !== undefined) return nothing
  return html`<span class="pill pill-caution">${states.missing}</span>`
}

function factsOf({ origin, bytes, exportedAt, dataSets = [] }: ListedScratch, context: Context) {
  const { facts, origins } = modelWords(context)
  return [
    fact(facts.origin, origins[origin]),
    fact(facts.size, sizeText(bytes, context)),
    fact(facts.exported, exportedAt && context.locale.moment(exportedAt)),
    fact(facts.dataSets, dataSets.join(', ')),
  ]
}

function trainingView({ training, sha256 }: ListedScratch, context: Context) {
  if (!training) return nothing
  const { training: heading, facts } = modelWords(context)
  const { steps, files, shape = {} } = training
  return html`<details>
    <summary>${heading}</summary>
    <dl class="adapter-facts">
      ${fact(facts.steps, typeof steps === 'number' ? context.locale.number(steps) : undefined)}
      ${fact(facts.dataSets, textOf(files))}
      ${Object.entries(shape).map(([name, value]) => fact(name, textOf(value)))}
      ${fact(facts.sha256, sha256)}
    </dl>
  </details>`
}
