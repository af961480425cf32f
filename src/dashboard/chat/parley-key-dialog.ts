/** Asks for the API key of a service that wants one. */
import { html } from 'lit'
import { define, ParleyElement } from '../parley-element.js'

export class ParleyKeyDialog extends ParleyElement {
  static override properties = { reason: { state: true } }
  declare reason: string
  private answer: ((key: string | undefined) => void) | undefined

  constructor() {
    super()
    this.reason = ''
  }

  /** Gives what was typed, or nothing when it was declined. */
  ask(reason: string): Promise<string | undefined> {
    this.reason = reason
    this.input.value = ''
    this.dialog.showModal()
    return new Promise((resolve) => {
      this.answer = resolve
    })
  }

  protected override updated(): void {
    this.context.service.keys.asker = (reason) => this.ask(reason)
  }

  protected override render() {
    const { key } = this.context.words
    return html`<dialog class="dialog" aria-labelledby="key-heading" @close=${this.onClose}>
      <form method="dialog" @submit=${this.onSubmit}>
        <h2 id="key-heading">${key.heading}</h2>
        <p>${this.reason}</p>
        <label for="api-key">${key.label}</label>
        <input
          id="api-key"
          type="password"
          autocomplete="off"
          spellcheck="false"
          required
          aria-describedby="key-kept"
        >
        <p id="key-kept" class="muted">${key.kept}</p>
        <div class="dialog-buttons">
          <button class="button" type="button" @click=${() => this.dialog.close()}>${key.decline}</button>
          <button class="button button-main" type="submit">${key.use}</button>
        </div>
      </form>
    </dialog>`
  }

  private get dialog(): HTMLDialogElement {
    return this.querySelector('dialog') as HTMLDialogElement
  }

  private get input(): HTMLInputElement {
    return this.querySelector('input') as HTMLInputElement
  }

  private onSubmit(): void {
    this.give(this.input.value)
  }

  private onClose(): void {
    this.give(undefined)
  }

  private give(key: string | undefined): void {
    this.answer?.(key)
    this.answer = undefined
    this.input.value = ''
  }
}

define('parley-key-dialog', ParleyKeyDialog)
