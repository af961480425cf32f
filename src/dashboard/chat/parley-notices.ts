/** Says plainly when a part of the service is missing, lesser or still loading, and how far it has come. */
import { html, nothing } from 'lit'
import type { Health } from '../../orchestrator.js'
import type { PartProgress } from '../../part-progress.js'
import { define, ParleyElement } from '../parley-element.js'

type Notice = Pick<Health['parts'][number], 'state' | 'note' | 'progress'>

/** How often health is read again while something is not ok, and while something moves, in milliseconds. */
const pollMs = 5_000
const movingPollMs = 1_000
const megabyte = 1_000_000

export class ParleyNotices extends ParleyElement {
  static override properties = { notices: { state: true } }
  declare notices: readonly Notice[]
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.notices = []
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.watch()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.timer)
  }

  protected override render() {
    const { notices, context } = this
    return html`<div
      id="notices"
      class="notices"
      role="status"
      aria-label=${context.words.page.notices}
      ?hidden=${notices.length === 0}
    ><ul>${notices.map((notice) => this.notice(notice))}</ul></div>`
  }

  private notice({ state, note, progress }: Notice) {
    return html`<li data-state=${state}>${note}${progress ? this.bar(progress, note) : nothing}</li>`
  }

  private bar({ done, total, unit }: PartProgress, note: string) {
    const { locale } = this.context
    const inMegabytes = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 } as const
    const amount =
      unit === 'bytes'
        ? `${locale.number(done / megabyte, inMegabytes)} / ${locale.number(total / megabyte, inMegabytes)}`
        : `${locale.number(done)} / ${locale.number(total)}`
    return html`<span class="notice-progress" aria-hidden="true">
      <progress class="live-progress" max=${total} .value=${done} aria-label=${note}></progress>
      <span class="elapsed">${amount}</span>
    </span>`
  }

  private async watch(): Promise<void> {
    const { service, words } = this.context
    const { message, hint } = words.failures.unreachable
    const health = await service.getJson<Health>('/api/v1/health').catch(() => undefined)
    this.notices = health
      ? health.parts.filter(({ state }) => state !== 'ok')
      : [{ state: 'missing', note: `${message} ${hint}` }]
    if (this.notices.length === 0 || !this.isConnected) return
    const isMoving = this.notices.some(({ progress }) => progress)
    this.timer = setTimeout(() => this.watch(), isMoving ? movingPollMs : pollMs)
  }
}

define('parley-notices', ParleyNotices)
