/** One card: its SQL run again, drawn as it was pinned, and what may be done with it. */
import { html, nothing } from 'lit'
import type { ChartKind, Figure } from '../../../../agents/chart/figure.js'
import type { Card, CardLayout } from '../../../../data/store/app-store.js'
import type { CardResult } from '../../../kept/kept-results.js'
import { numberCards } from '../../answer/number-cards.js'
import '../../answer/parley-chart.js'
import '../../answer/parley-table.js'
import { wordsOf } from '../../answer/problem-view.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { type BoardFilter, noFilter, runCard } from './card-run.js'

/** As in board.css: a row of the grid with its gap, and what a card has around its chart. */
const cellPixels = 104
const framePixels = 132

/** What a card asks of its board. */
export type CardWish =
  | { readonly card: Card; readonly act: 'rename' | 'remove' }
  | { readonly card: Card; readonly act: 'draw'; readonly chartKind: ChartKind }

/** Where a card is wanted while it is moved or resized. */
export interface CardMove {
  readonly id: string
  readonly layout: CardLayout
}

/** How an arrow key, or a step of the pointer, changes a place. */
type Change = Partial<Record<keyof CardLayout, number>>

const moves: Readonly<Record<string, Change>> = {
  ArrowLeft: { x: -1 },
  ArrowRight: { x: 1 },
  ArrowUp: { y: -1 },
  ArrowDown: { y: 1 },
}
const resizes: Readonly<Record<string, Change>> = {
  ArrowLeft: { width: -1 },
  ArrowRight: { width: 1 },
  ArrowUp: { height: -1 },
  ArrowDown: { height: 1 },
}

export class ParleyCard extends ParleyElement {
  static override properties = {
    card: { attribute: false },
    layout: { attribute: false },
    result: { state: true },
    problem: { state: true },
    isRunning: { state: true },
    ranAt: { state: true },
    chartFailed: { state: true },
  }
  declare card: Card
  declare layout: CardLayout
  declare result: CardResult | undefined
  declare problem: string
  declare isRunning: boolean
  declare ranAt: string
  declare chartFailed: boolean
  private filter = noFilter
  private runs = 0

  constructor() {
    super()
    this.problem = ''
    this.ranAt = ''
    this.isRunning = false
    this.chartFailed = false
  }

  /** The newest run counts, whichever ends last. */
  async run(filter: BoardFilter = this.filter): Promise<void> {
    this.filter = filter
    this.runs += 1
    const run = this.runs
    this.isRunning = true
    try {
      const result = await runCard(this.card, filter, this.context)
      if (run !== this.runs) return
      this.result = result
      this.ranAt = result.ranAt
      this.problem = ''
      this.chartFailed = false
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const { message, hints } = wordsOf(error, this.context.words)
      if (run === this.runs) this.problem = [message, ...hints].join(' ')
    } finally {
      if (run === this.runs) {
        this.isRunning = false
      }
    }
  }

  protected override render() {
    const { card, context, layout } = this
    const { keep } = context.words
    return html`<article
      class="card"
      aria-label=${card.title}
      aria-busy=${this.isRunning}
      .style=${`--x: ${layout.x + 1}; --y: ${layout.y + 1}; --width: ${layout.width}; --height: ${layout.height}`}
    >
      <header class="card-head">
        ${this.handle('⠿', keep.move(card.title), moves, 'card-move')}
        <h2 title=${card.question ?? nothing}>${card.title}</h2>
        ${this.action('↻', keep.refresh(card.title), () => void this.run())}
        ${this.action('✎', keep.renameCard(card.title), () => this.wish({ card, act: 'rename' }))}
        ${this.action('✕', keep.removeCard(card.title), () => this.wish({ card, act: 'remove' }))}
      </header>
      <div class="card-body">${this.body()}</div>
      <footer class="card-foot muted">
        <span role="status">${this.isRunning ? keep.running : this.ranAt ? keep.ranAt(context.locale.moment(this.ranAt)) : nothing}</span>
        ${this.kinds()}
        ${this.handle('⇲', keep.resize(card.title), resizes, 'card-resize')}
      </footer>
    </article>`
  }

  private action(sign: string, label: string, act: () => void) {
    return html`<button type="button" class="card-button" aria-label=${label} title=${label} @click=${act}>${sign}</button>`
  }

  private handle(
    sign: string,
    label: string,
    changes: Readonly<Record<string, Change>>,
    name: string,
  ) {
    const onKey = (event: KeyboardEvent) => {
      const change = changes[event.key]
      if (!change) return
      event.preventDefault()
      const { x = 0, width = 0 } = change
      this.wantPlace(this.layout, { ...change, x: x * this.across, width: width * this.across })
    }
    return html`<button
      type="button"
      class="card-button ${name}"
      aria-label=${label}
      title=${label}
      @keydown=${onKey}
      @pointerdown=${(event: PointerEvent) => this.drag(event, changes)}
    >${sign}</button>`
  }

  /** Follows the pointer in whole cells until it is let go. */
  private drag(event: PointerEvent, changes: Readonly<Record<string, Change>>): void {
    const handle = event.currentTarget as HTMLElement
    const card = this.querySelector('.card') as HTMLElement
    const start = this.layout
    const { width, height } = card.getBoundingClientRect()
    const cell = { width: width / start.width, height: height / start.height }
    handle.setPointerCapture(event.pointerId)
    const from = { x: event.clientX, y: event.clientY + scrollY }
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      const columns = this.across * Math.round((clientX - from.x) / cell.width)
      const rows = Math.round((clientY + scrollY - from.y) / cell.height)
      const isResize = changes === resizes
      this.wantPlace(start, isResize ? { width: columns, height: rows } : { x: columns, y: rows })
    }
    handle.addEventListener('pointermove', onMove)
    const stop = () => handle.removeEventListener('pointermove', onMove)
    handle.addEventListener('lostpointercapture', stop, { once: true })
  }

  /** Columns count from where lines begin. */
  private get across(): 1 | -1 {
    return getComputedStyle(this).direction === 'rtl' ? -1 : 1
  }

  private wantPlace(from: CardLayout, change: Change): void {
    const { x = 0, y = 0, width = 0, height = 0 } = change
    const layout: CardLayout = {
      x: from.x + x,
      y: from.y + y,
      width: from.width + width,
      height: from.height + height,
    }
    const detail: CardMove = { id: this.card.id, layout }
    this.dispatchEvent(new CustomEvent('parley-card-move', { detail, bubbles: true }))
  }

  /** As high as the card has room for, or higher where it needs to be. */
  private fitting({ data, layout }: Figure): Figure {
    const room = this.layout.height * cellPixels - framePixels
    const own = typeof layout.height === 'number' ? layout.height : 0
    return { data, layout: { ...layout, height: Math.max(own, room) } }
  }

  /** Only what fits is offered. */
  private kinds() {
    const { result, context, card } = this
    if (!result || result.chartKinds.length < 2) return nothing
    const { words } = context
    const label = words.keep.kindOfCard(card.title)
    return html`<select class="card-kind" aria-label=${label} title=${label} @change=${this.onKind}>
      ${result.chartKinds.map(
        (kind) =>
          html`<option value=${kind} .selected=${kind === result.chartKind}>${words.chartKinds[kind]}</option>`,
      )}
    </select>`
  }

  private onKind({ currentTarget }: Event): void {
    const chartKind = (currentTarget as HTMLSelectElement).value as ChartKind
    this.wish({ card: this.card, act: 'draw', chartKind })
  }

  private wish(detail: CardWish): void {
    this.dispatchEvent(new CustomEvent('parley-card-wish', { detail, bubbles: true }))
  }

  private body() {
    const { result, context } = this
    if (this.problem) return html`<p class="problem" role="alert">${this.problem}</p>`
    if (!result) return nothing
    const { figure, chartKind } = result
    const warnings = [...unfiltered(result), ...result.warnings]
    const notes =
      warnings.length > 0
        ? html`<ul class="warnings">${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`
        : nothing
    if (chartKind === 'number') return html`${numberCards(figure, context.locale)}${notes}`
    if (chartKind === 'table' || this.chartFailed)
      return html`<parley-table .data=${result} .context=${context}></parley-table>${notes}`
    const fail = () => {
      this.chartFailed = true
    }
    return html`<parley-chart
        .figure=${this.fitting(figure)}
        .context=${context}
        @parley-chart-failed=${fail}
      ></parley-chart>${notes}`
  }
}

/** Which filters do not narrow the card, and why. */
function unfiltered({ filters }: CardResult): readonly string[] {
  return filters.flatMap(({ filter, reason }) => (reason ? [`${filter}: ${reason}`] : []))
}

define('parley-card', ParleyCard)
