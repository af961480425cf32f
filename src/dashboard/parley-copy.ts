/** A button that copies a text and says whether it could. */
import { html } from 'lit'
import { define, ParleyElement } from './parley-element.js'

/** How long it confirms, in milliseconds. */
const confirmMs = 1_600

export class ParleyCopy extends ParleyElement {
  static override properties = {
    text: { attribute: false },
    label: { attribute: false },
    outcome: { state: true },
  }
  declare text: string
  /** What the button says; "Copy" where it is not given. */
  declare label: string | undefined
  declare outcome: 'copied' | 'refused' | undefined

  protected override render() {
    const { sql } = this.context.words
    return html`<button type="button" class="button button-small" @click=${this.copy}>
      ${this.outcome ? sql[this.outcome] : (this.label ?? sql.copy)}
    </button>`
  }

  private async copy(): Promise<void> {
    this.outcome = await navigator.clipboard.writeText(this.text).then(
      () => 'copied' as const,
      () => 'refused' as const,
    )
    setTimeout(() => {
      this.outcome = undefined
    }, confirmMs)
  }
}

define('parley-copy', ParleyCopy)
