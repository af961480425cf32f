/** `<parley-board>`: the cards of a dataset, run when it is shown, when asked for, and every so often. */
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Card } from '../../../../data/store/app-store.js'
import { wordsOf } from '../../answer/problem-view.js'
import { type Context, withDataset } from '../../context.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { chatSheets, sheetOf } from '../../sheets.js'
import board from '../../styles/board.css'
import '../parley-confirm.js'
import type { ParleyConfirm } from '../parley-confirm.js'
import { saveText } from '../save-file.js'
import { boardBar, openCards } from './board-bar.js'
import { type Layouts, layOut, moveCard, readingOrder } from './card-grid.js'
import { type BoardFilter, noFilter } from './card-run.js'
import { cardsAsFile, readCards } from './cards-file.js'
import type { CardMove, CardWish, ParleyCard } from './parley-card.js'
import { pinCards } from './pin-cards.js'
import { textColumns } from './text-columns.js'
import './parley-card.js'
import './parley-rename.js'
import type { ParleyRename } from './parley-rename.js'

/** Where the reader's choice of how often is kept, in minutes. */
const everyPlace = 'parley-board-every'
const minuteMs = 60_000
/** After the last step of a move, in milliseconds. */
const keepPauseMs = 400

export class ParleyBoard extends LitElement {
  static override styles = [...chatSheets, sheetOf(board)]
  static override properties = {
    context: { attribute: false },
    cards: { state: true },
    layouts: { state: true },
    every: { state: true },
    filter: { state: true },
    note: { state: true },
    columns: { state: true },
  }
  declare context: Context
  declare cards: readonly Card[] | undefined
  declare layouts: Layouts
  /** Minutes between two runs of all cards; 0 for never. */
  declare every: number
  declare filter: BoardFilter
  declare note: string
  /** Of all tables, those that may be filtered by. */
  declare columns: readonly string[]
  private kept: Layouts = new Map()
  private keeping: ReturnType<typeof setTimeout> | undefined
  private refreshing: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.layouts = new Map()
    this.filter = noFilter
    this.note = ''
    this.columns = []
    this.every = Number(localStorage.getItem(everyPlace))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.refreshing)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Context | undefined = changed.get('context')
    const { dataset, service } = this.context
    const isSame = before?.dataset === dataset && before.service === service
    if (changed.has('context') && !isSame) void this.read()
    if (changed.has('every')) {
      clearInterval(this.refreshing)
      if (this.every > 0) this.refreshing = setInterval(() => this.runSeen(), this.every * minuteMs)
    }
  }

  protected override render() {
    const { context, cards } = this
    const { locale } = context
    const places = readingOrder(this.layouts)
    const shown = places.flatMap((id) => cards?.find((card) => card.id === id) ?? [])
    return html`<div
      class="board"
      lang=${locale.tag}
      dir=${locale.direction}
      @parley-card-move=${this.onMove}
      @parley-card-wish=${this.onWish}
    >
      ${cards?.length ? this.bar() : nothing}
      <p class="board-note" role="status">${this.note}</p>
      ${cards?.length === 0 ? this.empty() : nothing}
      <div class="cards">
        ${repeat(
          shown,
          ({ id }) => id,
          (card) =>
            html`<parley-card .card=${card} .layout=${this.layouts.get(card.id)} .context=${context}></parley-card>`,
        )}
      </div>
      <parley-confirm .context=${context}></parley-confirm>
      <parley-rename .context=${context}></parley-rename>
    </div>`
  }

  private empty() {
    const { keep } = this.context.words
    return html`<div class="board-empty">
      <p class="muted">${keep.noCards}</p>
      ${openCards(keep, (file) => void this.open(file))}
    </div>`
  }

  private bar() {
    return boardBar(this.context, {
      every: this.every,
      filter: this.filter,
      columns: this.columns,
      onEvery: (every) => {
        this.every = every
        localStorage.setItem(everyPlace, String(every))
      },
      onFilter: (filter) => {
        this.filter = filter
        void this.run()
      },
      onRefresh: () => void this.run(),
      onSave: () => this.save(),
      onOpen: (file) => void this.open(file),
    })
  }

  private async run(): Promise<void> {
    await this.updateComplete
    const cards = this.renderRoot.querySelectorAll<ParleyCard>('parley-card')
    await Promise.all([...cards].map((card) => card.run(this.filter)))
  }

  /** Nobody is waiting for the cards of a tab behind others. */
  private runSeen(): void {
    if (!document.hidden) void this.run()
  }

  private async read(): Promise<void> {
    const { context } = this
    this.cards = undefined
    this.layouts = new Map()
    const path = withDataset('/api/v1/cards', context)
    const read = await this.attempt(() => context.service.getJson<{ cards: readonly Card[] }>(path))
    if (!read || this.context.dataset !== context.dataset) return
    this.layouts = layOut(read.cards)
    this.kept = new Map(read.cards.flatMap(({ id, layout }) => (layout ? [[id, layout]] : [])))
    this.cards = read.cards
    void this.run()
    this.columns = (await this.attempt(() => textColumns(context))) ?? []
  }

  private onMove({ detail }: CustomEvent<CardMove>): void {
    this.layouts = moveCard(this.layouts, detail.id, detail.layout)
    clearTimeout(this.keeping)
    this.keeping = setTimeout(() => this.keepPlaces(), keepPauseMs)
  }

  private async keepPlaces(): Promise<void> {
    const changed = [...this.layouts].filter(
      ([id, layout]) => JSON.stringify(this.kept.get(id)) !== JSON.stringify(layout),
    )
    this.kept = this.layouts
    for (const [id, { x, y, width, height }] of changed)
      await this.change(id, { layout: { x, y, width, height } })
  }

  private async onWish({ detail }: CustomEvent<CardWish>): Promise<void> {
    const { card, act } = detail
    if (act === 'rename') await this.rename(card)
    else if (act === 'draw') await this.draw(card, detail.chartKind)
    else await this.delete(card)
  }

  /** The card runs again: how it is drawn is the service's to say. */
  private async draw({ id }: Card, chartKind: string): Promise<void> {
    if (!(await this.change(id, { chart_kind: chartKind }))) return
    const cards = this.renderRoot.querySelectorAll<ParleyCard>('parley-card')
    await [...cards].find(({ card }) => card.id === id)?.run(this.filter)
  }

  private save(): void {
    saveText(cardsAsFile(this.cards ?? [], this.layouts))
  }

  /** Below the cards that are there. What the data does not have is left out, and said. */
  private async open(file: File): Promise<void> {
    const { keep } = this.context.words
    const cards = readCards(await file.text())
    if (!cards) {
      this.note = keep.noCardsInFile
      return
    }
    const { service, dataset } = this.context
    const { pinned, problem } = await pinCards(cards, this.layouts, service, dataset)
    await this.read()
    this.note = keep.cardsOpened(this.context.locale.number(pinned))
    if (problem) this.note += ` ${wordsOf(problem, this.context.words).message}`
  }

  private async rename(card: Card): Promise<void> {
    const dialog = this.renderRoot.querySelector('parley-rename') as ParleyRename
    const title = await dialog.ask(card.title)
    if (!title || !(await this.change(card.id, { title }))) return
    const isSame = ({ id }: Card) => id === card.id
    this.cards = this.cards?.map((each) => (isSame(each) ? { ...each, title } : each))
  }

  private async delete({ id, title }: Card): Promise<void> {
    const { keep } = this.context.words
    const confirm = this.renderRoot.querySelector('parley-confirm') as ParleyConfirm
    if (!(await confirm.ask(keep.removeCard(title), keep.removeCardWarning, keep.remove))) return
    const { service } = this.context
    const path = withDataset(`/api/v1/cards/${id}`, this.context)
    const removed = await this.attempt(async () => {
      await service.sendJson('DELETE', path)
      return true
    })
    if (!removed) return
    this.cards = this.cards?.filter((card) => card.id !== id)
    this.layouts = new Map([...this.layouts].filter(([other]) => other !== id))
  }

  private async change(id: string, change: object): Promise<Card | undefined> {
    const { service, dataset } = this.context
    const body = { ...change, ...(dataset && { dataset }) }
    return this.attempt(() => service.sendJson<Card>('PATCH', `/api/v1/cards/${id}`, body))
  }

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
}

define('parley-board', ParleyBoard)
