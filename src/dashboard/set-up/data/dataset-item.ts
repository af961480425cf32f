/** One dataset of the list: what it is, how it is, what can be done with it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { DatasetStatus } from '../../../dataset-status.js'
import { problemView } from '../../answer/problem-view.js'
import type { Context } from '../../context.js'
import { dataWords } from './data-words.js'

export interface DatasetActions {
  readonly ask: (dataset: DatasetStatus) => void
  readonly showSchema: (dataset: DatasetStatus) => void
  readonly remove: (dataset: DatasetStatus) => void
}

export function datasetItem(
  dataset: DatasetStatus,
  context: Context,
  actions: DatasetActions,
): TemplateResult {
  const words = dataWords(context)
  const { title, subject, origin, state, error } = dataset
  const isAdded = origin === 'files' || origin === 'connection'
  const isFailed = state === 'failed'
  const button = (label: string, act: (dataset: DatasetStatus) => void, kind = '') =>
    html`<button
      type="button"
      class="button button-small ${kind}"
      aria-label=${words.of(label, title)}
      @click=${() => act(dataset)}
    >${label}</button>`
  return html`<li class="dataset-item" data-state=${state}>
    <div class="dataset-head">
      <h4>${title}</h4>
      ${isChosen(dataset, context) ? html`<span class="pill">${words.chosen}</span>` : nothing}
    </div>
    <p class="muted small">${origin === 'demo' ? subject : words.origins[origin]}</p>
    ${stateLine(dataset, context)} ${error ? problemView(error, context.words) : nothing}
    <div class="panel-buttons">
      ${isFailed ? nothing : button(words.ask, actions.ask, isChosen(dataset, context) ? 'button-main' : '')}
      ${isFailed ? nothing : button(words.schema, actions.showSchema)}
      ${isAdded ? button(words.remove, actions.remove) : nothing}
    </div>
  </li>`
}

export function isChosen({ name, isDefault }: DatasetStatus, { dataset }: Context): boolean {
  return dataset ? name === dataset : isDefault
}

function stateLine({ state, title, progress, indexing }: DatasetStatus, context: Context) {
  const { words, locale } = context
  const { states, indexing: fills } = dataWords(context)
  const share = ({ done, total }: { done: number; total: number }) => locale.percent(done / total)
  const opening = progress && words.welcome.progress(progress.step, share(progress))
  const isCounted = indexing && indexing.total > 0
  const reading = indexing && fills(isCounted ? share(indexing) : '…')
  const bar = progress ?? (isCounted ? indexing : undefined)
  return html`<p class="dataset-state small">${opening ?? reading ?? states[state]}</p>
    ${
      state === 'opening' || indexing
        ? html`<progress
            class="live-progress"
            aria-label=${title}
            max=${bar?.total ?? nothing}
            value=${bar?.done ?? nothing}
          ></progress>`
        : nothing
    }`
}
