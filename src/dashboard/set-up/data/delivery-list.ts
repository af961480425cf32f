/** Files on their way, how far they are, and why some did not arrive. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { problemView } from '../../answer/problem-view.js'
import type { Context } from '../../context.js'
import { bytesText, dataWords } from './data-words.js'
import type { Deliveries, Delivery } from './deliveries.js'

export function deliveryList(deliveries: Deliveries, context: Context): TemplateResult {
  return html`<ul class="deliveries">
    ${repeat(
      deliveries.list(),
      ({ key }) => key,
      (delivery) => deliveryItem(delivery, deliveries, context),
    )}
  </ul>`
}

function deliveryItem(delivery: Delivery, deliveries: Deliveries, context: Context) {
  const words = dataWords(context)
  const { key, state, failure } = delivery
  const name = nameOf(delivery, context)
  const button = (label: string, act: () => void) =>
    html`<button
      type="button"
      class="button button-small"
      aria-label=${words.of(label, name)}
      @click=${act}
    >${label}</button>`
  return html`<li class="delivery" data-state=${state}>
    <div class="delivery-head">
      <strong>${name}</strong>
      ${state === 'failed' ? button(words.again, () => deliveries.sendAgain(key)) : nothing}
      ${button(state === 'failed' ? words.dismiss : words.stop, () => deliveries.drop(key))}
    </div>
    ${failure ? problemView(failure, context.words) : progress(delivery, name, context)}
  </li>`
}

/** Until the service answers there is nothing to measure any more. */
function progress({ state, sent, bytes }: Delivery, label: string, context: Context) {
  const words = dataWords(context)
  if (state === 'waiting') return html`<p class="muted small">${words.waiting}</p>`
  const isSent = sent >= bytes
  const size = (count: number) => bytesText(count, context)
  const text = isSent
    ? words.arriving
    : words.sending(size(sent), size(bytes), context.locale.percent(sent / bytes))
  return html`<progress
      class="live-progress"
      aria-label=${label}
      max=${isSent ? nothing : bytes}
      value=${isSent ? nothing : sent}
    ></progress>
    <p class="muted small">${text}</p>`
}

function nameOf({ title, files }: Delivery, context: Context): string {
  if (title) return title
  const [first, ...others] = files.map((file) => file.name)
  if (others.length === 0) return first ?? ''
  return dataWords(context).andMore(first ?? '', context.locale.number(others.length))
}
