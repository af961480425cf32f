/** One adapter: its score, what it was trained on, and the button that activates it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ListedAdapter } from '../../../adapters/model-shelf.js'
import type { Context } from '../../context.js'
import { fact, noticeView, scoreView, sizeText, textOf } from './model-card-parts.js'
import { modelWords } from './model-words.js'

export interface AdapterActions {
  readonly activate: (adapter: string) => void
  /** The one that is being loaded. */
  readonly pending?: string
  /** A setting decides. */
  readonly isFixed: boolean
}

export function adapterCard(
  adapter: ListedAdapter,
  context: Context,
  actions: AdapterActions,
): TemplateResult {
  const { name, isActive, fits, bytes, base, file } = adapter
  const words = modelWords(context)
  const isMissing = bytes === undefined
  return html`<li class="adapter" data-active=${isActive}>
    <div class="adapter-head"><h4>${name}</h4>${stateOf(adapter, context)}</div>
    ${scoreView(adapter.score, words.notMeasured, context)}
    ${fits === false ? html`<p class="caution">${words.foreignNote(base.name)}</p>` : nothing}
    ${isMissing ? html`<p class="caution">${words.missingNote(file)}</p>` : nothing}
    <dl class="adapter-facts">${factsOf(adapter, context)}</dl>
    ${trainingView(adapter, context)} ${noticeView(adapter.notice, context)}
    ${isActive || fits === false || isMissing ? nothing : activateButton(name, name, context, actions)}
  </li>`
}

/** `label`: what the choice is called. */
export function activateButton(
  choice: string,
  label: string,
  context: Context,
  { activate, pending, isFixed }: AdapterActions,
): TemplateResult | typeof nothing {
  if (isFixed) return nothing
  const words = modelWords(context)
  const isPending = pending === choice
  return html`<div class="panel-buttons">
    <button
      type="button"
      class="button button-small"
      aria-label=${words.of(words.activate, label)}
      aria-disabled=${pending === undefined ? nothing : 'true'}
      aria-busy=${isPending ? 'true' : nothing}
      @click=${() => activate(choice)}
    >${isPending ? words.activating : words.activate}</button>
  </div>`
}

function stateOf({ isActive, fits, bytes }: ListedAdapter, context: Context) {
  const { states } = modelWords(context)
  if (isActive) return html`<span class="pill pill-good">${states.active}</span>`
  if (bytes === undefined) return html`<span class="pill pill-caution">${states.missing}</span>`
  return fits === false ? html`<span class="pill pill-caution">${states.foreign}</span>` : nothing
}

function factsOf(adapter: ListedAdapter, context: Context) {
  const { base, origin, bytes, exportedAt, dataSets = [] } = adapter
  const words = modelWords(context)
  const { locale } = context
  return [
    fact(words.base, base.name),
    fact(words.facts.origin, words.origins[origin]),
    fact(words.facts.size, sizeText(bytes, context)),
    fact(words.facts.exported, exportedAt && locale.moment(exportedAt)),
    fact(words.facts.dataSets, dataSets.join(', ')),
  ]
}

function trainingView({ training, sha256 }: ListedAdapter, context: Context) {
  if (!training) return nothing
  const words = modelWords(context)
  const { steps, files, settings, startedFrom, validation } = training
  return html`<details>
    <summary>${words.training}</summary>
    <dl class="adapter-facts">
      ${fact(words.facts.steps, context.locale.number(steps))}
      ${fact(words.facts.dataSets, files.join(', '))}
      ${fact(words.facts.startedFrom, textOf(partOf(startedFrom, 'name')))}
      ${fact(words.facts.validation, validationText(validation, context))}
      ${Object.entries(settings).map(([name, value]) => fact(name, textOf(value)))}
      ${fact(words.facts.sha256, sha256)}
    </dl>
  </details>`
}

function validationText(validation: unknown, context: Context): string | undefined {
  const [loss, exact] = [partOf(validation, 'loss'), partOf(validation, 'exact')]
  if (typeof loss !== 'number' || typeof exact !== 'number') return undefined
  const { locale } = context
  const number = locale.number(loss, { maximumFractionDigits: 3 })
  return modelWords(context).validated(number, locale.percent(exact))
}

/** What the job wrote beside the parts that Parley knows may be anything. */
function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
