/** `<parley-chat>`: asks a Parley service in plain words, in any page. Attributes: `service`, `dataset`, `lang`. */
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ParleyComposer } from './chat/parley-composer.js'
import './chat/parley-composer.js'
import './chat/parley-key-dialog.js'
import './chat/parley-notices.js'
import './chat/parley-turn.js'
import './chat/parley-welcome.js'
import { type ChatRequest, type RunningTurn, runTurn } from './chat/run-turn.js'
import { newTurn, type Turn } from './chat/turn-state.js'
import type { ChatEvent } from './chat-events.js'
import { type Context, createContext } from './context.js'
import { chooseLanguage } from './messages/languages.js'
import { define } from './parley-element.js'
import { createService, type Service } from './service/service.js'
import { chatSheets } from './sheets.js'

/** Where this script came from. */
const home = new URL('.', import.meta.url).href

export interface Conversation {
  /** As the service calls it, after the first answer. */
  readonly id?: string
  readonly turns: readonly Turn[]
}

/** What `parley-conversation` tells the page around: which one is shown, and whether it is being answered. */
export interface ShownConversation {
  readonly dataset: string
  readonly id?: string
  readonly isRunning: boolean
}

export class ParleyChat extends LitElement {
  static override styles = [...chatSheets]
  static override properties = {
    address: { attribute: 'service' },
    chosenDataset: { attribute: 'dataset' },
    language: { attribute: 'lang' },
    service: { attribute: false },
    conversations: { state: true },
    running: { state: true },
    newTopic: { state: true },
    context: { state: true },
  }
  /** Where the service is. Default: where this script came from. */
  declare address: string | undefined
  /** Which of its datasets is asked; its default one if not given. */
  declare chosenDataset: string | undefined
  declare language: string | undefined
  /** Given by a page that talks to the service itself. */
  declare service: Service | undefined
  /** One for each dataset. */
  declare conversations: Readonly<Record<string, Conversation>>
  declare running: RunningTurn | undefined
  declare newTopic: boolean
  declare context: Context
  private generator = ''
  /** The newest turn of a conversation that was left; what still comes of it is not shown any more. */
  private leftAt = 0

  constructor() {
    super()
    this.conversations = {}
    this.newTopic = false
  }

  focusQuestion(): void {
    this.composer.focusQuestion()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.running?.stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.service || (changed.has('address') && this.address)) {
      this.service = createService(this.address ?? home)
    }
    // A question under way belongs to the dataset that was left.
    if (changed.has('chosenDataset')) this.running?.stop()
    const settings = ['address', 'service', 'chosenDataset', 'language'] as const
    if (!this.context || settings.some((name) => changed.has(name))) {
      const language = chooseLanguage([this.language, ...navigator.languages])
      this.context = createContext(this.service, language, this.chosenDataset ?? '')
    }
  }

  /** Not at first: a page may be about to show a kept conversation. */
  protected override updated(changed: PropertyValues<this>): void {
    if ((changed.get('conversations') ?? changed.get('chosenDataset')) === undefined) return
    const { dataset } = this.context
    const detail = { dataset, id: this.conversation.id, isRunning: this.running !== undefined }
    this.dispatchEvent(new CustomEvent<ShownConversation>('parley-conversation', { detail }))
  }

  protected override render() {
    const { context, running } = this
    const { turns } = this.conversation
    return html`<div
      class="chat"
      lang=${context.locale.tag}
      dir=${context.locale.direction}
      @parley-ask=${this.onAsk}
      @parley-edit=${this.onEdit}
      @parley-run-sql=${this.onRunSql}
      @parley-reread=${this.onReread}
      @parley-stop=${() => running?.stop()}
      @parley-generator=${this.onGenerator}
      @parley-new-topic=${this.onNewTopic}
      @parley-turn=${this.onTurn}
    >
      <parley-notices .context=${context}></parley-notices>
      <div class="column">
        ${turns.length === 0 ? html`<parley-welcome .context=${context}></parley-welcome>` : nothing}
        ${repeat(
          turns,
          ({ key }) => key,
          (turn) => html`<parley-turn .turn=${turn} .context=${context}></parley-turn>`,
        )}
      </div>
      <parley-composer
        .context=${context}
        .isRunning=${running !== undefined}
        .newTopic=${this.newTopic}
        .showKeys=${turns.length === 0}
      ></parley-composer>
      <parley-key-dialog .context=${context}></parley-key-dialog>
    </div>`
  }

  private get composer(): ParleyComposer {
    return this.renderRoot.querySelector('parley-composer') as ParleyComposer
  }

  /** Puts another conversation in the place of the one about this dataset; one without turns begins anew. */
  show(conversation: Conversation): void {
    this.running?.stop()
    this.running = undefined
    this.newTopic = false
    this.leftAt = Math.max(this.leftAt, ...this.conversation.turns.map(({ key }) => key))
    this.conversations = { ...this.conversations, [this.context.dataset]: conversation }
  }

  private get conversation(): Conversation {
    return this.conversations[this.context.dataset] ?? { turns: [] }
  }

  private onAsk({ detail }: ChatEvent<'parley-ask'>): void {
    if (!this.running) void this.ask(detail)
  }

  /** A rewritten question stands alone, so the edited form does too. */
  private onEdit({ detail }: ChatEvent<'parley-edit'>): void {
    this.newTopic = true
    this.composer.suggest(detail)
  }

  private onGenerator({ detail }: ChatEvent<'parley-generator'>): void {
    this.generator = detail
  }

  private onNewTopic({ detail }: ChatEvent<'parley-new-topic'>): void {
    this.newTopic = detail
  }

  private onTurn({ detail }: ChatEvent<'parley-turn'>): void {
    this.keep(this.context.dataset, detail)
  }

  /** Asks in the conversation of the dataset that is shown. */
  async ask(question: string): Promise<void> {
    const body = {
      message: question,
      ...this.place(),
      ...(this.generator && { generator: this.generator }),
      ...(this.newTopic && { new_topic: true }),
    }
    this.newTopic = false
    await this.start({ path: '/api/v1/chat', body }, newTurn(question))
  }

  private async onRunSql({ detail }: ChatEvent<'parley-run-sql'>): Promise<void> {
    const body = { sql: detail.sql, ...this.place() }
    if (!this.running)
      await this.start({ path: '/api/v1/run_sql', body }, newTurn(detail.question, true))
  }

  /** Told in full and stands alone: what the conversation remembers is of the other reading. */
  private async onReread({ detail }: ChatEvent<'parley-reread'>): Promise<void> {
    const { question, swaps } = detail
    const body = {
      message: question,
      ...this.place(),
      ...(this.generator && { generator: this.generator }),
      new_topic: true,
      columns: swaps,
    }
    if (!this.running)
      await this.start({ path: '/api/v1/chat', body }, { ...newTurn(question), swaps })
  }

  private place(): object {
    const { dataset } = this.context
    const { id } = this.conversation
    return { ...(dataset && { dataset }), ...(id && { conversation_id: id }) }
  }

  private async start(request: ChatRequest, turn: Turn): Promise<void> {
    const { dataset, service } = this.context
    this.keep(dataset, turn)
    this.running = runTurn(service, request, turn, (next) => this.keep(dataset, next))
    await this.updateComplete
    this.renderRoot.querySelector('parley-turn:last-of-type .turn')?.scrollIntoView()
  }

  /** Puts a turn in its place, and the id that the service gave into its conversation. */
  private keep(dataset: string, turn: Turn): void {
    const { id, turns } = this.conversations[dataset] ?? { turns: [] }
    const isNew = !turns.some(({ key }) => key === turn.key)
    if (isNew && turn.key <= this.leftAt) return
    const kept = isNew
      ? [...turns, turn]
      : turns.map((each) => (each.key === turn.key ? turn : each))
    const conversation = { id: turn.conversationId ?? id, turns: kept }
    this.conversations = { ...this.conversations, [dataset]: conversation }
    if (!turn.isRunning && !turn.kept) this.running = undefined
  }
}

define('parley-chat', ParleyChat)
