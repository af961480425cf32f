/** The list of earlier conversations: newest first, searched, opened, renamed, shared, deleted. */
import { html, nothing, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Conversation, Turn as KeptTurn } from '../../../data/store/app-store.js'
import { wordsOf } from '../answer/problem-view.js'
import { type Context, withDataset } from '../context.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'
import { conversationAsJson, conversationAsMarkdown } from './conversation-file.js'
import './parley-confirm.js'
import type { ParleyConfirm } from './parley-confirm.js'
import { saveText } from './save-file.js'

/** How many are listed at first, and at most. */
const usualCount = 50
const mostCount = 500
/** After the last key of a search, in milliseconds. */
const searchPauseMs = 200

export class ParleyConversations extends ParleyElement {
  static override properties = {
    current: { attribute: false },
    conversations: { state: true },
    count: { state: true },
    opened: { state: true },
    renamed: { state: true },
    note: { state: true },
  }
  /** The id of the one that is shown; empty for none. */
  declare current: string
  declare conversations: readonly Conversation[] | undefined
  declare count: number
  /** The one whose actions are shown, and the one that gets another name. */
  declare opened: string
  declare renamed: string
  declare note: string
  private search = ''
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.count = usualCount
    this.opened = ''
    this.renamed = ''
    this.note = ''
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Context | undefined = changed.get('context')
    const { dataset, service } = this.context
    const isSame = before?.dataset === dataset && before.service === service
    if (!changed.has('context') || isSame) return
    this.conversations = undefined
    void this.refresh()
  }

  /** Reads the list again. */
  async refresh(): Promise<void> {
    const { context } = this
    const query = new URLSearchParams({
      limit: String(this.count),
      ...(this.search && { search: this.search }),
    })
    const path = withDataset(`/api/v1/conversations?${query}`, context)
    const { search } = this
    const read = await this.attempt(() =>
      context.service.getJson<{ conversations: readonly Conversation[] }>(path),
    )
    if (read && this.context.dataset === context.dataset && this.search === search)
      this.conversations = read.conversations
  }

  protected override render() {
    const { keep } = this.context.words
    return html`<input
        class="field conversation-search"
        type="search"
        maxlength="200"
        placeholder=${keep.search}
        aria-label=${keep.search}
        @input=${this.onSearch}
      >
      <p class="conversation-note muted" role="status">${this.note || this.emptyNote()}</p>
      <ul class="conversation-list">
        ${repeat(
          this.conversations ?? [],
          ({ id }) => id,
          (conversation) => this.item(conversation),
        )}
      </ul>
      ${this.moreButton()}
      <parley-confirm .context=${this.context}></parley-confirm>`
  }

  private emptyNote() {
    const { keep } = this.context.words
    if (this.conversations?.length !== 0) return nothing
    return this.search ? keep.noneFound : keep.none
  }

  private moreButton() {
    const isAll = (this.conversations?.length ?? 0) < this.count || this.count === mostCount
    if (isAll) return nothing
    const more = () => {
      this.count = mostCount
      void this.refresh()
    }
    return html`<button type="button" class="link" @click=${more}>${this.context.words.keep.more}</button>`
  }

  private item(conversation: Conversation) {
    const { id, title, updatedAt } = conversation
    const { words, locale } = this.context
    if (this.renamed === id) return html`<li>${this.renameForm(conversation)}</li>`
    const isOpened = this.opened === id
    const toggle = () => {
      this.opened = isOpened ? '' : id
    }
    return html`<li class="conversation">
      <button
        type="button"
        class="conversation-open"
        aria-current=${id === this.current ? 'page' : nothing}
        title=${title}
        @click=${() => this.tell(id)}
      ><span class="conversation-title">${title}</span><span class="muted">${locale.moment(updatedAt)}</span></button>
      <button
        type="button"
        class="conversation-more"
        aria-label=${words.keep.actions(title)}
        aria-expanded=${isOpened}
        @click=${toggle}
      >⋯</button>
      ${isOpened ? this.actions(conversation) : nothing}
    </li>`
  }

  private actions(conversation: Conversation) {
    const { keep } = this.context.words
    const rename = async () => {
      this.renamed = conversation.id
      await this.updateComplete
      this.querySelector<HTMLInputElement>('.conversation-rename input')?.select()
    }
    const actions: readonly (readonly [string, () => void])[] = [
      [keep.rename, () => void rename()],
      [keep.asMarkdown, () => void this.share(conversation, conversationAsMarkdown)],
      [keep.asJson, () => void this.share(conversation, conversationAsJson)],
      [keep.remove, () => void this.delete(conversation)],
    ]
    return html`<div class="conversation-actions">
      ${actions.map(
        ([label, act]) =>
          html`<button type="button" class="button button-small" @click=${act}>${label}</button>`,
      )}
    </div>`
  }

  private renameForm({ id, title }: Conversation) {
    const { keep } = this.context.words
    const leave = () => {
      this.renamed = ''
    }
    return html`<form
      class="conversation-rename"
      @submit=${(event: SubmitEvent) => this.rename(event, id)}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && leave()}
    >
      <input class="field" required maxlength="200" .value=${title} aria-label=${keep.title}>
      <button type="submit" class="button button-small">${keep.save}</button>
      <button type="button" class="button button-small" @click=${leave}>${keep.leave}</button>
    </form>`
  }

  private async rename(event: SubmitEvent, id: string): Promise<void> {
    event.preventDefault()
    const title = this.querySelector<HTMLInputElement>('.conversation-rename input')?.value.trim()
    if (!title) return
    await this.attempt(() => this.send('PATCH', id, { title }))
    this.renamed = ''
    await this.refresh()
  }

  private async delete({ id, title }: Conversation): Promise<void> {
    const { keep } = this.context.words
    const confirm = this.querySelector('parley-confirm') as ParleyConfirm
    if (!(await confirm.ask(keep.removeHeading, keep.removeWarning(title), keep.remove))) return
    await this.attempt(() => this.send('DELETE', id))
    if (id === this.current) this.tell('')
    await this.refresh()
  }

  private async share(
    conversation: Conversation,
    build: typeof conversationAsMarkdown,
  ): Promise<void> {
    const path = withDataset(`/api/v1/conversations/${conversation.id}`, this.context)
    const read = await this.attempt(() =>
      this.context.service.getJson<{ turns: readonly KeptTurn[] }>(path),
    )
    if (read) saveText(build(conversation, read.turns))
  }

  private async send(method: 'PATCH' | 'DELETE', id: string, body?: object): Promise<void> {
    const { dataset, service } = this.context
    const path = `/api/v1/conversations/${id}`
    if (!body) return service.sendJson(method, withDataset(path, this.context))
    await service.sendJson(method, path, { ...body, ...(dataset && { dataset }) })
  }

  /** What it gives, or nothing and the reason below the search. */
  private async attempt<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
    this.note = ''
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.note = wordsOf(error, this.context.words).message
      return undefined
    }
  }

  private onSearch({ currentTarget }: Event): void {
    this.search = (currentTarget as HTMLInputElement).value.trim()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.refresh(), searchPauseMs)
  }

  private tell(id: string): void {
    this.dispatchEvent(new CustomEvent('parley-open', { detail: id, bubbles: true }))
  }
}

define('parley-conversations', ParleyConversations)
