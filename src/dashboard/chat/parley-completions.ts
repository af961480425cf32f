/** What a word that is being typed may become: tables, columns, stored values and terms of the data. */
import { html, nothing } from 'lit'
import { withDataset } from '../context.js'
import { define, ParleyElement } from '../parley-element.js'

export interface Completion {
  readonly kind: 'table' | 'column' | 'value' | 'term'
  readonly text: string
  readonly table?: string
  readonly column?: string
  /** What it takes the place of. */
  readonly start: number
  readonly end: number
}

/** Pause in typing after which the service is asked, in milliseconds. */
const pauseMs = 120
const fewestCharacters = 2

export class ParleyCompletions extends ParleyElement {
  static override properties = { items: { state: true }, active: { state: true } }
  declare items: readonly Completion[]
  declare active: number
  private timer: ReturnType<typeof setTimeout> | undefined
  private asking: AbortController | undefined

  constructor() {
    super()
    this.items = []
    this.active = -1
  }

  get isOpen(): boolean {
    return this.items.length > 0
  }

  get activeItem(): Completion | undefined {
    return this.items[this.active]
  }

  /** Looks up what stands before the caret, once nothing more is typed for a moment. */
  look(text: string): void {
    this.shut()
    if (text.trim().length < fewestCharacters) return
    this.timer = setTimeout(() => this.ask(text), pauseMs)
  }

  shut(): void {
    clearTimeout(this.timer)
    this.asking?.abort()
    this.items = []
    this.active = -1
  }

  move(step: 1 | -1): void {
    const count = this.items.length
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.shut()
  }

  protected override render() {
    const { words } = this.context
    return html`<ul id="completions" class="completions" role="listbox" aria-label=${words.composer.completions} ?hidden=${!this.isOpen}>
      ${this.items.map((item, at) => this.option(item, at))}
    </ul>`
  }

  private option({ kind, text, table, column }: Completion, at: number) {
    const place =
      kind === 'column' || kind === 'table' ? table : [table, column].filter(Boolean).join('.')
    const { completionKinds } = this.context.words.composer
    return html`<li
      id="completion-${at}"
      role="option"
      aria-selected=${at === this.active}
      @pointerdown=${(event: Event) => this.onPointer(event, at)}
    >
      <span>${text}</span>
      <span class="muted">${completionKinds[kind]}${place && place !== text ? html` · ${place}` : nothing}</span>
    </li>`
  }

  private async ask(text: string): Promise<void> {
    this.asking = new AbortController()
    const { signal } = this.asking
    const path = withDataset(`/api/v1/complete?text=${encodeURIComponent(text)}`, this.context)
    const { service } = this.context
    // Typing goes on without them.
    const found = await service
      .getJson<{ completions: readonly Completion[] }>(path, signal)
      .catch(() => ({ completions: [] }))
    if (!signal.aborted) this.items = found.completions
  }

  /** Before the box loses the focus. */
  private onPointer(event: Event, at: number): void {
    event.preventDefault()
    this.active = at
    this.dispatchEvent(new CustomEvent('parley-complete', { bubbles: true }))
  }

  protected override updated(): void {
    this.dispatchEvent(new CustomEvent('parley-completions', { bubbles: true }))
  }
}

define('parley-completions', ParleyCompletions)
