/** `<parley-page>`: the whole page, a header above the component and the conversations beside it. */
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Turn as KeptTurn } from '../../../data/store/app-store.js'
import { type Context, createContext, withDataset } from '../context.js'
import { shownTurns } from '../keep/kept-turns.js'
import '../keep/parley-sidebar.js'
import type { ParleySidebar } from '../keep/parley-sidebar.js'
import { chooseLanguage } from '../messages/languages.js'
import type { ParleyChat, ShownConversation } from '../parley-chat.js'
import '../parley-chat.js'
import { define } from '../parley-element.js'
import { createService } from '../service/service.js'
import { pageSheets } from '../sheets.js'
import { languageChooser } from './language-chooser.js'
import { letFilesFall } from './let-files-fall.js'
import { loadView, otherView } from './other-view.js'
import { type PagePlace, readPlace, writePlace } from './page-place.js'
import './parley-datasets.js'
import type { ParleyDatasets } from './parley-datasets.js'

/** Where the reader's choice of a language is kept. */
const languagePlace = 'parley-language'
/** As in sidebar.css. */
const hasRoom = matchMedia('(min-width: 56.25rem)')

export class ParleyPage extends LitElement {
  static override styles = [...pageSheets]
  static override properties = {
    context: { state: true },
    place: { state: true },
    note: { state: true },
    isDrawer: { state: true },
    isOpen: { state: true },
  }
  declare context: Context
  declare place: PagePlace
  /** Why the conversation that was wanted is not shown. */
  declare note: string
  declare isDrawer: boolean
  /** The drawer, where the sidebar is one. */
  declare isOpen: boolean
  /** While it goes elsewhere, what the component shows is not yet what is wanted. */
  private isMoving = false

  constructor() {
    super()
    const language = chooseLanguage([localStorage.getItem(languagePlace), ...navigator.languages])
    this.place = readPlace()
    this.context = createContext(createService(location.origin), language, this.place.dataset)
    this.note = ''
    this.isOpen = false
    this.isDrawer = !hasRoom.matches
  }

  override connectedCallback(): void {
    super.connectedCallback()
    hasRoom.addEventListener('change', this.onRoom)
    addEventListener('popstate', this.onBack)
    addEventListener('dragover', letFilesFall)
    addEventListener('drop', letFilesFall)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    hasRoom.removeEventListener('change', this.onRoom)
    removeEventListener('popstate', this.onBack)
    removeEventListener('dragover', letFilesFall)
    removeEventListener('drop', letFilesFall)
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('place')) void this.load()
  }

  private async load(): Promise<void> {
    const { view } = this.place
    const isThere = await loadView(view)
    if (!isThere && this.place.view === view) this.note = this.context.words.page.notLoaded
  }

  protected override render() {
    const { context, isDrawer, isOpen, place } = this
    const { words, locale } = context
    return html`<div class="page" lang=${locale.tag} dir=${locale.direction}>
      ${
        place.view === 'chat'
          ? html`<button type="button" class="skip-link" @click=${this.focusQuestion}>${words.page.skip}</button>`
          : nothing
      }
      <parley-sidebar
        .context=${context}
        .place=${place}
        .isDrawer=${isDrawer}
        .isOpen=${isOpen}
        @parley-place=${this.onPlace}
        @parley-drawer=${() => this.closeDrawer()}
      ></parley-sidebar>
      <div class="stage" @focusin=${() => this.closeDrawer(false)}>
        <header class="bar">
          ${this.drawerButton()}
          <h1 class="wordmark">Parley</h1>
          <parley-datasets .context=${context} @parley-dataset=${this.onDataset}></parley-datasets>
          ${languageChooser(context, this.onLanguage)}
        </header>
        <p class="page-note" role="status">${this.note}</p>
        <main
          @parley-place=${this.onPlace}
          @parley-dataset=${this.onDataset}
          @parley-datasets=${this.onDatasets}
        >
          ${otherView(place, context)}
          <parley-chat
            ?hidden=${place.view !== 'chat'}
            .service=${context.service}
            dataset=${context.dataset}
            lang=${locale.tag}
            @parley-conversation=${this.onConversation}
          ></parley-chat>
        </main>
      </div>
    </div>`
  }

  private drawerButton() {
    const open = () => {
      this.isOpen = true
    }
    return html`<button
      type="button"
      class="sidebar-button"
      aria-label=${this.context.words.keep.open}
      aria-expanded=${this.isOpen}
      @click=${open}
    >☰</button>`
  }

  protected override async firstUpdated(): Promise<void> {
    document.documentElement.lang = this.context.locale.tag
    await this.chat.updateComplete
    this.focusQuestion()
    if (this.place.conversation) await this.openKept()
  }

  private get chat(): ParleyChat {
    return this.renderRoot.querySelector('parley-chat') as ParleyChat
  }

  private focusQuestion(): void {
    this.chat.focusQuestion()
  }

  /** Goes where the reader wants to. */
  private async goTo(place: PagePlace, isStep: boolean): Promise<void> {
    const isOther = place.conversation !== this.place.conversation || !place.conversation
    this.place = place
    this.note = ''
    void this.closeDrawer()
    if (isStep) writePlace(place, true)
    if (place.dataset !== this.context.dataset)
      this.context = { ...this.context, dataset: place.dataset }
    if (place.view !== 'chat' || !isOther) return
    this.isMoving = true
    await this.updateComplete
    await this.chat.updateComplete
    this.isMoving = false
    await this.openKept()
    if (!this.isDrawer) this.focusQuestion()
  }

  /** Shows the conversation of the place that the reader is at, or an empty one. */
  private async openKept(): Promise<void> {
    const { context, place } = this
    const { conversation: id } = place
    if (!id) return this.chat.show({ turns: [] })
    try {
      const path = withDataset(`/api/v1/conversations/${encodeURIComponent(id)}`, context)
      const { turns } = await context.service.getJson<{ turns: readonly KeptTurn[] }>(path)
      if (this.place === place) this.chat.show({ id, turns: shownTurns(turns) })
    } catch {
      if (this.place !== place) return
      this.note = context.words.keep.gone
      this.chat.show({ turns: [] })
    }
  }

  private get sidebar(): ParleySidebar {
    return this.renderRoot.querySelector('parley-sidebar') as ParleySidebar
  }

  private onPlace({ detail }: CustomEvent<PagePlace>): void {
    void this.goTo(detail, true)
  }

  private readonly onBack = (): void => {
    void this.goTo(readPlace(), false)
  }

  private readonly onRoom = (): void => {
    this.isDrawer = !hasRoom.matches
    this.isOpen = false
  }

  /** Whoever tabs out of it leaves it. */
  private async closeDrawer(takesFocus = true): Promise<void> {
    if (!this.isOpen) return
    this.isOpen = false
    if (!takesFocus) return
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('.sidebar-button')?.focus()
  }

  /** The address follows what the component shows; the list has a new title once there is an answer. */
  private onConversation({ detail }: CustomEvent<ShownConversation>): void {
    if (this.isMoving) return
    const { dataset, id: conversation = '', isRunning } = detail
    const isNew = conversation !== this.place.conversation
    if (isNew || dataset !== this.place.dataset) {
      this.place = { ...this.place, dataset, conversation }
      writePlace(this.place, false)
    }
    if (!isRunning && conversation) this.sidebar.refresh()
  }

  private onDataset({ detail }: CustomEvent<string>): void {
    const { dataset } = this.context
    if (detail === dataset) return
    this.place = { ...this.place, dataset: detail, conversation: '' }
    writePlace(this.place, false)
    this.context = { ...this.context, dataset: detail }
  }

  private onDatasets(): void {
    const chooser = this.renderRoot.querySelector('parley-datasets') as ParleyDatasets
    void chooser.refresh()
  }

  private readonly onLanguage = (tag: string): void => {
    localStorage.setItem(languagePlace, tag)
    document.documentElement.lang = tag
    const { service, dataset } = this.context
    this.context = createContext(service, chooseLanguage([tag]), dataset)
  }
}

define('parley-page', ParleyPage)
