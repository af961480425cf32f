/** Asks before something is done that cannot be taken back. */
import { html, nothing } from 'lit'
import { define, ParleyElement } from '../parley-element.js'

interface Asked {
  readonly heading: string
  readonly warning: string
  readonly action: string
}

let dialogs = 0

export class ParleyConfirm extends ParleyElement {
  static override properties = { asked: { state: true } }
  declare asked: Asked | undefined
  private answer: ((isYes: boolean) => void) | undefined
  private readonly headingId: string

  constructor() {
    super()
    dialogs += 1
    this.headingId = `confirm-${dialogs}`
  }

  async ask(heading: string, warning: string, action: string): Promise<boolean> {
    this.asked = { heading, warning, action }
    await this.updateComplete
    const dialog = this.querySelector('dialog') as HTMLDialogElement
    dialog.returnValue = ''
    dialog.showModal()
    return new Promise((resolve) => {
      this.answer = resolve
    })
  }

  protected override render() {
    return html`<dialog class="dialog" aria-labelledby=${this.headingId} @close=${this.onClose}>
      ${this.asked ? this.form(this.asked) : nothing}
    </dialog>`
  }

  private form({ heading, warning, action }: Asked) {
    return html`<form method="dialog">
      <h2 id=${this.headingId}>${heading}</h2>
      <p>${warning}</p>
      <div class="dialog-buttons">
        <button class="button">${this.context.words.keep.leave}</button>
        <button class="button button-main" value="yes">${action}</button>
      </div>
    </form>`
  }

  private onClose({ currentTarget }: Event): void {
    this.answer?.((currentTarget as HTMLDialogElement).returnValue === 'yes')
    this.answer = undefined
  }
}

define('parley-confirm', ParleyConfirm)
