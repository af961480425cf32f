/** Takes an answer elsewhere: all of its result as a file, its chart as a picture, what is shown as Markdown. */
import { html, nothing } from 'lit'
import type { Figure } from '../../../agents/chart/figure.js'
import type { ParleyChart } from '../answer/parley-chart.js'
import { wordsOf } from '../answer/problem-view.js'
import type { Turn } from '../chat/turn-state.js'
import '../parley-copy.js'
import { printAlone } from '../page/printing.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'
import { answerAsMarkdown } from './answer-as-markdown.js'
import { drawPicture, type PictureFormat } from './draw-picture.js'
import { fetchResult, type ResultFormat } from './fetch-result.js'
import { saveBlob } from './save-file.js'

/** As people know them. */
const results: Readonly<Record<ResultFormat, string>> = {
  csv: 'CSV',
  xlsx: 'Excel',
  parquet: 'Parquet',
  json: 'JSON',
}
const pictures: Readonly<Record<PictureFormat, string>> = { png: 'PNG', svg: 'SVG' }

export class ParleyExport extends ParleyElement {
  static override properties = {
    turn: { attribute: false },
    isOpen: { state: true },
    note: { state: true },
  }
  declare turn: Turn
  declare isOpen: boolean
  declare note: string

  constructor() {
    super()
    this.isOpen = false
    this.note = ''
  }

  protected override render() {
    const { keep } = this.context.words
    const toggle = () => {
      this.isOpen = !this.isOpen
    }
    return html`<button type="button" class="button button-small" aria-expanded=${this.isOpen} @click=${toggle}>${keep.export}</button>
      ${this.isOpen ? this.choices() : nothing}
      <span class="tool-note muted" role="status">${this.note}</span>`
  }

  private choices() {
    const { keep } = this.context.words
    const { chart } = this.turn
    const isDrawn = chart && chart.kind !== 'number' && chart.kind !== 'table'
    return html`<div class="tool-form" role="group" aria-label=${keep.export}>
      <span class="tool-label">${keep.wholeResult}</span>
      ${this.buttons(results, (format) => this.saveResult(format))}
      ${
        isDrawn
          ? html`<span class="tool-label">${keep.picture}</span>
            ${this.buttons(pictures, (format) => this.savePicture(format))}`
          : nothing
      }
      ${
        this.turn.data
          ? html`<parley-copy
              .text=${answerAsMarkdown(this.turn)}
              .label=${keep.copyMarkdown}
              .context=${this.context}
            ></parley-copy>`
          : nothing
      }
      <button type="button" class="button button-small" @click=${this.print}>${keep.print}</button>
    </div>`
  }

  private print(): void {
    const [chat, turn] = [this.closest('.chat'), this.closest('parley-turn')]
    if (chat && turn) printAlone(chat, turn)
  }

  private buttons<Format extends string>(
    names: Readonly<Record<Format, string>>,
    save: (format: Format) => Promise<string>,
  ) {
    return (Object.keys(names) as Format[]).map(
      (format) =>
        html`<button type="button" class="button button-small" @click=${() => this.attempt(() => save(format))}>${names[format]}</button>`,
    )
  }

  private async saveResult(format: ResultFormat): Promise<string> {
    const { words, locale } = this.context
    const { name, blob, rowCount, isCut } = await fetchResult(this.turn, format, this.context)
    saveBlob(name, blob)
    const rows = words.answer.rows(locale.number(rowCount), rowCount === 1)
    return isCut ? words.keep.savedCut(name, rows) : words.keep.saved(name, rows)
  }

  /** The chart as it is drawn now, be it of another kind than at first. */
  private async savePicture(format: PictureFormat): Promise<string> {
    const chart = this.closest('.answer')?.querySelector<ParleyChart>('parley-chart')
    const figure: Figure | undefined = chart?.figure ?? this.turn.chart?.figure
    if (!figure) return this.context.words.keep.notSaved
    const { name, blob } = await drawPicture(figure, format, this.turn.question, this.context)
    saveBlob(name, blob)
    return this.context.words.keep.saved(name)
  }

  private async attempt(save: () => Promise<string>): Promise<void> {
    const { words } = this.context
    this.note = words.keep.preparing
    try {
      this.note = await save()
    } catch (error) {
      if (!(error instanceof RequestError)) console.error(error)
      this.note =
        error instanceof RequestError ? wordsOf(error, words).message : words.keep.notSaved
    }
  }
}

define('parley-export', ParleyExport)
