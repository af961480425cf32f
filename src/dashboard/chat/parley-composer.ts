/** The question box: grows with the text, completes names, sends on Enter, remembers what was asked. */
import { html, nothing, type PropertyValues } from 'lit'
import { tell } from '../chat-events.js'
import type { Context } from '../context.js'
import { define, ParleyElement } from '../parley-element.js'
import { type AskedPlace, askedBefore, rememberAsked } from './asked-before.js'
import type { ParleyCompletions } from './parley-completions.js'
import './parley-completions.js'
import './parley-generators.js'
import './parley-voice.js'

const maxLength = 4_000

export class ParleyComposer extends ParleyElement {
  static override properties = {
    isRunning: { attribute: false },
    newTopic: { attribute: false },
    showKeys: { attribute: false },
  }
  declare isRunning: boolean
  declare newTopic: boolean
  /** Once the first question is asked its room is worth more than the reminder. */
  declare showKeys: boolean
  private asked: readonly string[] = []
  private place = 0

  focusQuestion(): void {
    this.box.focus()
  }

  /** Puts a question into the box, to be edited. */
  suggest(question: string): void {
    this.fill(question)
    this.box.focus()
  }

  protected override render() {
    const { composer } = this.context.words
    return html`<form class="composer" aria-label=${composer.form} @submit=${this.onSubmit}>
      <div
        class="composer-box"
        @parley-complete=${this.complete}
        @parley-completions=${() => this.requestUpdate()}
        @parley-heard=${({ detail }: CustomEvent<string>) => this.fill(detail)}
      >
        <parley-completions .context=${this.context}></parley-completions>
        <label class="visually-hidden" for="question">${composer.question}</label>
        <textarea
          id="question"
          rows="1"
          maxlength=${maxLength}
          autocomplete="off"
          placeholder=${composer.placeholder}
          aria-describedby=${this.showKeys ? 'question-keys' : nothing}
          aria-autocomplete="list"
          aria-controls="completions"
          aria-activedescendant=${this.activeOption() ?? nothing}
          @keydown=${this.onKey}
          @input=${this.onInput}
          @blur=${() => this.completions?.shut()}
        ></textarea>
        ${this.controls()}
      </div>
      ${this.showKeys ? this.keys() : nothing}
    </form>`
  }

  private controls() {
    const { composer } = this.context.words
    return html`<div class="composer-controls">
      <parley-generators .context=${this.context}></parley-generators>
      <parley-voice .context=${this.context}></parley-voice>
      <label class="switch">
        <input id="new-topic" type="checkbox" .checked=${this.newTopic} @change=${this.onTopic}>
        <span>${composer.newTopic}</span>
      </label>
      <button id="stop" class="button" type="button" ?hidden=${!this.isRunning} @click=${this.onStop}>
        ${composer.stop}
      </button>
      <button id="send" class="button button-main" type="submit" ?hidden=${this.isRunning}>
        ${composer.ask}
      </button>
    </div>`
  }

  private keys() {
    const { keys } = this.context.words.composer
    return html`<p id="question-keys" class="keys">
      ${keys.map(
        (entry, at) =>
          html`${at > 0 ? ', ' : ''}${entry.keys.map((key) => html`<kbd>${key}</kbd> `)}${entry.does}`,
      )}
    </p>`
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('context')) this.recall(changed.get('context'))
    // A button that goes must not take the focus with it.
    const focused = (this.getRootNode() as ShadowRoot).activeElement
    if (!this.isRunning && focused?.id === 'stop') this.box.focus()
  }

  /** Each dataset has questions of its own. */
  private recall(before: Context | undefined): void {
    const { service, dataset } = this.context
    if (before?.service === service && before.dataset === dataset) return
    this.asked = askedBefore(placeOf(this.context))
    this.place = this.asked.length
  }

  private get box(): HTMLTextAreaElement {
    return this.querySelector('textarea') as HTMLTextAreaElement
  }

  /** Absent until the first rendering. */
  private get completions(): ParleyCompletions | null {
    return this.querySelector('parley-completions')
  }

  private activeOption(): string | undefined {
    const { completions } = this
    return completions?.activeItem && `completion-${completions.active}`
  }

  private onInput(): void {
    this.grow()
    this.completions?.look(this.box.value.slice(0, this.box.selectionStart))
  }

  /** Puts the completion in the place of what was typed of it. */
  private complete(): void {
    const item = this.completions?.activeItem
    if (!item) return
    this.box.setRangeText(item.text, item.start, item.end, 'end')
    this.completions?.shut()
    this.grow()
  }

  private grow(): void {
    const { box } = this
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }

  private fill(text: string): void {
    this.box.value = text
    this.box.setSelectionRange(text.length, text.length)
    this.grow()
  }

  private onSubmit(event: Event): void {
    event.preventDefault()
    this.submit()
  }

  private submit(): void {
    const question = this.box.value.trim()
    if (question === '' || this.isRunning) return
    this.asked = rememberAsked(placeOf(this.context), this.asked, question)
    this.place = this.asked.length
    this.completions?.shut()
    this.fill('')
    tell(this, 'parley-ask', question)
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || this.chooses(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      this.submit()
    }
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const { value } = this.box
    const untouched = value === '' || value === this.asked[this.place]
    if (step === 0 || !untouched || this.asked.length === 0) return
    event.preventDefault()
    this.place = Math.min(this.asked.length, Math.max(0, this.place + step))
    this.fill(this.asked[this.place] ?? '')
  }

  /** Whether the key was for the list of completions. */
  private chooses(event: KeyboardEvent): boolean {
    const { completions } = this
    if (!completions?.isOpen) return false
    const takes = completions.activeItem !== undefined && /^(Enter|Tab)$/.test(event.key)
    if (event.key === 'ArrowDown') completions.move(1)
    else if (event.key === 'ArrowUp') completions.move(-1)
    else if (event.key === 'Escape') completions.shut()
    else if (takes) this.complete()
    else return false
    event.preventDefault()
    return true
  }

  private onTopic({ currentTarget }: Event): void {
    tell(this, 'parley-new-topic', (currentTarget as HTMLInputElement).checked)
  }

  private onStop(): void {
    tell(this, 'parley-stop')
  }
}

/** Whoever needs a key may share the browser with others: then all is forgotten with the key, as the tab is closed. */
function placeOf({ service, dataset }: Context): AskedPlace {
  const isKeyed = Object.keys(service.keys.headers()).length > 0
  return {
    store: isKeyed ? sessionStorage : localStorage,
    name: `parley-asked ${service.url} ${dataset}`,
  }
}

define('parley-composer', ParleyComposer)
