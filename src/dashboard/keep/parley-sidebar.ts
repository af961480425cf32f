/** What stands beside the page: conversations and the way to the cards; a drawer where there is no room. */
import { html, nothing, type PropertyValues } from 'lit'
import type { PagePlace } from '../page/page-place.js'
import { define, ParleyElement } from '../parley-element.js'
import type { ParleyConversations } from './parley-conversations.js'
import './parley-conversations.js'

export class ParleySidebar extends ParleyElement {
  static override properties = {
    place: { attribute: false },
    isDrawer: { attribute: false },
    isOpen: { attribute: false },
  }
  declare place: PagePlace
  /** Whether there is no room for it beside the page. */
  declare isDrawer: boolean
  /** Of a drawer. */
  declare isOpen: boolean

  /** Reads the list of conversations again. */
  refresh(): void {
    const list = this.querySelector('parley-conversations') as ParleyConversations | null
    void list?.refresh()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('isOpen') && this.isOpen)
      this.querySelector<HTMLElement>('.sidebar-main')?.focus()
  }

  protected override render() {
    const { keep } = this.context.words
    const { view, conversation } = this.place
    const isHidden = this.isDrawer && !this.isOpen
    return html`<nav
        id="sidebar"
        class="sidebar"
        aria-label=${keep.sidebar}
        ?hidden=${isHidden}
        @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.isDrawer && this.close()}
      >
        <div class="sidebar-actions">
          <button type="button" class="button sidebar-main" @click=${() => this.open('chat')}>${keep.begin}</button>
          ${this.viewButton('board', keep.board)} ${this.viewButton('set-up', keep.setUp)}
        </div>
        <parley-conversations
          .context=${this.context}
          .current=${view === 'chat' ? conversation : ''}
          @parley-open=${this.onOpen}
        ></parley-conversations>
      </nav>
      ${
        this.isDrawer && this.isOpen
          ? html`<button type="button" class="sidebar-cover" aria-label=${keep.close} @click=${this.close}></button>`
          : nothing
      }`
  }

  private viewButton(view: PagePlace['view'], label: string) {
    return html`<button
      type="button"
      class="button"
      aria-current=${this.place.view === view ? 'page' : nothing}
      @click=${() => this.open(view)}
    >${label}</button>`
  }

  private onOpen(event: CustomEvent<string>): void {
    event.stopPropagation()
    this.open('chat', event.detail)
  }

  private open(view: PagePlace['view'], conversation = ''): void {
    const detail: PagePlace = { dataset: this.context.dataset, conversation, view, panel: '' }
    this.dispatchEvent(new CustomEvent('parley-place', { detail }))
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('parley-drawer', { detail: false }))
  }
}

define('parley-sidebar', ParleySidebar)
