/** Asks for another title. */
import { html } from 'lit'
import { define, ParleyElement } from '../../parley-element.js'

export class ParleyRename extends ParleyElement {
  private answer: ((title: string | undefined) => void) | undefined

  /** Gives what was typed, or nothing when it was declined. */
  ask(title: string): Promise<string | undefined> {
    const dialog = this.querySelector('dialog') as HTMLDialogElement
    this.input.value = title
    dialog.returnValue = ''
    dialog.showModal()
    this.input.select()
    return new Promise((resolve) => {
      this.answer = resolve
    })
  }

  protected override render() {
    const { keep } = this.context.words
    return html`<dialog class="dialog" aria-labelledby="rename-heading" @close=${this.onClose}>
      <form method="dialog">
        <h2 id="rename-heading">${keep.rename}</h2>
        <label>${keep.title}<input required maxlength="200"></label>
        <div class="dialog-buttons">
          <button class="button" type="button" @click=${() => this.querySelector('dialog')?.close()}>${keep.leave}</button>
          <button class="button button-main" value="yes">${keep.save}</button>
        </div>
      </form>
    </dialog>`
  }

  private get input(): HTMLInputElement {
    return this.querySelector('input') as HTMLInputElement
  }

  private onClose({ currentTarget }: Event): void {
    const isYes = (currentTarget as HTMLDialogElement).returnValue === 'yes'
    this.answer?.(isYes ? this.input.value.trim() : undefined)
    this.answer = undefined
  }
}

define('parley-rename', ParleyRename)
