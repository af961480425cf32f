/** `<parley-page>`: the whole page, a header above the component. */
import { html, LitElement } from 'lit'
import { type Context, createContext } from '../context.js'
import { chooseLanguage, languages } from '../messages/languages.js'
import type { ParleyChat } from '../parley-chat.js'
import '../parley-chat.js'
import { define } from '../parley-element.js'
import { createService } from '../service/service.js'
import { pageSheets } from '../sheets.js'
import './parley-datasets.js'

/** Where the reader's choice of a language is kept. */
const languagePlace = 'parley-language'

export class ParleyPage extends LitElement {
  static override styles = [...pageSheets]
  static override properties = { context: { state: true } }
  declare context: Context

  constructor() {
    super()
    const language = chooseLanguage([localStorage.getItem(languagePlace), ...navigator.languages])
    const dataset = new URLSearchParams(location.search).get('dataset') ?? ''
    this.context = createContext(createService(location.origin), language, dataset)
  }

  protected override render() {
    const { context } = this
    const { words, locale } = context
    return html`<div class="page" lang=${locale.tag} dir=${locale.direction}>
      <button type="button" class="skip-link" @click=${this.focusQuestion}>${words.page.skip}</button>
      <header class="bar">
        <h1 class="wordmark">Parley</h1>
        <parley-datasets .context=${context} @parley-dataset=${this.onDataset}></parley-datasets>
        ${this.languageChooser()}
      </header>
      <main>
        <parley-chat .service=${context.service} dataset=${context.dataset} lang=${locale.tag}></parley-chat>
      </main>
    </div>`
  }

  private languageChooser() {
    const { words, locale } = this.context
    return html`<label class="language">
      <span class="visually-hidden">${words.page.language}</span>
      <select id="language" @change=${this.onLanguage}>
        ${languages.map(
          ({ tag, name }) =>
            html`<option value=${tag} lang=${tag} ?selected=${tag === locale.tag}>${name}</option>`,
        )}
      </select>
    </label>`
  }

  protected override async firstUpdated(): Promise<void> {
    document.documentElement.lang = this.context.locale.tag
    await this.chat.updateComplete
    this.focusQuestion()
  }

  private get chat(): ParleyChat {
    return this.renderRoot.querySelector('parley-chat') as ParleyChat
  }

  private focusQuestion(): void {
    this.chat.focusQuestion()
  }

  private onDataset({ detail }: CustomEvent<string>): void {
    history.replaceState(null, '', detail ? `?dataset=${detail}` : location.pathname)
    this.context = { ...this.context, dataset: detail }
  }

  private onLanguage({ currentTarget }: Event): void {
    const { value } = currentTarget as HTMLSelectElement
    localStorage.setItem(languagePlace, value)
    document.documentElement.lang = value
    const { service, dataset } = this.context
    this.context = createContext(service, chooseLanguage([value]), dataset)
  }
}

define('parley-page', ParleyPage)
