/** A server to add. Its password stands in the field alone, and not for longer than it takes to send it. */
import { html, nothing } from 'lit'
import type { DatasetStatus } from '../../../dataset-status.js'
import { problemView } from '../../answer/problem-view.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import {
  type ConnectionParts,
  connectionAddress,
  partsOfAddress,
  serverKind,
} from './connection-address.js'
import { dataWords } from './data-words.js'

type Field = 'host' | 'port' | 'database' | 'user' | 'password' | 'title'

export class ParleyConnect extends ParleyElement {
  static override properties = {
    schemes: { attribute: false },
    scheme: { state: true },
    isSending: { state: true },
    failure: { state: true },
  }
  declare schemes: readonly string[]
  declare scheme: string | undefined
  declare isSending: boolean
  declare failure: RequestError | undefined

  constructor() {
    super()
    this.isSending = false
  }

  /** Once what it spoke of is there. */
  empty(): void {
    this.form.reset()
  }

  protected override render() {
    const words = dataWords(this.context)
    const { port, openDatabase } = serverKind(this.chosenScheme) ?? {}
    const optional = openDatabase !== undefined
    const hint = optional ? words.optional : undefined
    return html`<section class="add-box" aria-labelledby="connect-heading">
      <h4 id="connect-heading">${words.connection}</h4>
      <p class="muted small">${optional ? words.sparkNote : words.connectionNote}</p>
      <form class="connect" autocomplete="off" @submit=${this.onSubmit}>
        ${this.kinds()}
        ${this.field('host', words.host, { pattern: '[^\\s\\/@?#]+', onPaste: this.onPaste })}
        ${this.field('port', words.port, { pattern: '[0-9]{1,5}', hint: String(port), optional: true })}
        ${this.field('database', words.database, { hint: openDatabase, optional })}
        ${this.field('user', words.user, { hint, optional })}
        ${this.field('password', optional ? words.token : words.password, { hint, optional })}
        ${this.field('title', words.title, { hint: words.optional, optional: true })}
        <label class="connect-tls"><input type="checkbox" name="mustEncrypt"> ${words.mustEncrypt}</label>
        <div class="panel-buttons">
          <button type="submit" class="button button-main" ?disabled=${this.isSending}>
            ${this.isSending ? words.connecting : words.connect}
          </button>
        </div>
      </form>
      ${this.failure ? problemView(this.failure, this.context.words) : nothing}
    </section>`
  }

  private get chosenScheme(): string {
    return this.scheme ?? this.schemes[0] ?? ''
  }

  private get form(): HTMLFormElement {
    return this.querySelector('form') as HTMLFormElement
  }

  private kinds() {
    const onChange = ({ currentTarget }: Event) => {
      this.scheme = (currentTarget as HTMLSelectElement).value
    }
    return html`<label class="connect-kind">${dataWords(this.context).kind}
      <select class="field" @change=${onChange}>
        ${this.schemes.map(
          (scheme) =>
            html`<option value=${scheme} .selected=${scheme === this.chosenScheme}>${serverKind(scheme)?.name}</option>`,
        )}
      </select>
    </label>`
  }

  private field(
    name: Field,
    label: string,
    rules: {
      readonly pattern?: string
      readonly hint?: string
      readonly optional?: boolean
      readonly onPaste?: (event: ClipboardEvent) => void
    },
  ) {
    return html`<label class="connect-${name}">${label}
      <input
        class="field"
        name=${name}
        type=${name === 'password' ? 'password' : 'text'}
        inputmode=${name === 'port' ? 'numeric' : nothing}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength="200"
        pattern=${rules.pattern ?? nothing}
        placeholder=${rules.hint ?? nothing}
        ?required=${!rules.optional}
        @paste=${rules.onPaste ?? nothing}
      >
    </label>`
  }

  /** A whole address falls into its parts. */
  private onPaste(event: ClipboardEvent): void {
    const parts = partsOfAddress(event.clipboardData?.getData('text') ?? '', this.schemes)
    if (!parts) return
    event.preventDefault()
    this.scheme = parts.scheme
    for (const name of ['host', 'port', 'database', 'user', 'password'] as const)
      this.input(name).value = parts[name]
    this.input('mustEncrypt').checked = parts.mustEncrypt
  }

  private input(name: Field | 'mustEncrypt'): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement
  }

  private parts(): ConnectionParts {
    const read = (name: Field) => this.input(name).value
    return {
      scheme: this.chosenScheme,
      host: read('host'),
      port: read('port'),
      database: read('database'),
      user: read('user'),
      password: read('password'),
      mustEncrypt: this.input('mustEncrypt').checked,
    }
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const url = connectionAddress(this.parts())
    const title = this.input('title').value.trim()
    this.input('password').value = ''
    this.isSending = true
    this.failure = undefined
    try {
      const body = { url, ...(title && { title }) }
      const { service } = this.context
      const detail = await service.sendJson<DatasetStatus>('POST', '/api/v1/datasets', body)
      this.dispatchEvent(new CustomEvent('parley-added', { detail, bubbles: true }))
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.failure = error
    } finally {
      this.isSending = false
    }
  }
}

define('parley-connect', ParleyConnect)
