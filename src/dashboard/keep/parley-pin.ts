/** Pins an answer to the cards of its dataset. */
import { html, nothing } from 'lit'
import type { ParleyDrawing } from '../answer/parley-drawing.js'
import { wordsOf } from '../answer/problem-view.js'
import type { Turn } from '../chat/turn-state.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'

const maxTitleLength = 200

export class ParleyPin extends ParleyElement {
  static override properties = {
    turn: { attribute: false },
    isPinned: { state: true },
    note: { state: true },
  }
  declare turn: Turn
  declare isPinned: boolean
  declare note: string

  constructor() {
    super()
    this.isPinned = false
    this.note = ''
  }

  protected override render() {
    const { keep } = this.context.words
    return html`${
      this.isPinned
        ? nothing
        : html`<button type="button" class="button button-small" @click=${this.pin}>${keep.pin}</button>`
    }
      <span class="tool-note muted" role="status">${this.note}</span>`
  }

  private async pin(): Promise<void> {
    const { context, turn } = this
    const { service, dataset, words } = context
    const question = turn.answer?.rewrittenQuestion ?? turn.question
    const kind = this.kind()
    const body = {
      title: [...question].slice(0, maxTitleLength).join(''),
      question,
      sql: turn.sql?.sql,
      ...(kind && { chart_kind: kind }),
      ...(dataset && { dataset }),
    }
    try {
      await service.sendJson('POST', '/api/v1/cards', body)
      this.isPinned = true
      this.note = words.keep.pinned
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const { message, hints } = wordsOf(error, words)
      this.note = [message, ...hints].join(' ')
    }
  }

  /** As it is drawn now, be it another kind than at first. */
  private kind(): string | undefined {
    const drawing = this.closest('.answer')?.querySelector<ParleyDrawing>('parley-drawing')
    return drawing?.other?.kind ?? this.turn.chart?.kind ?? this.turn.kept?.answer.chartKind
  }
}

define('parley-pin', ParleyPin)
