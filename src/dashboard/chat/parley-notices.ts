/** Says plainly when a part of the service is missing, lesser or still loading. */
import { html } from 'lit'
import type { Health } from '../../orchestrator.js'
import { define, ParleyElement } from '../parley-element.js'

type Notice = Pick<Health['parts'][number], 'state' | 'note'>

/** How often health is read again while something is not ok, in milliseconds. */
const pollMs = 5_000

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
    return html`<ul
      id="notices"
      class="notices"
      role="status"
      aria-label=${context.words.page.notices}
      ?hidden=${notices.length === 0}
    >${notices.map(({ state, note }) => html`<li data-state=${state}>${note}</li>`)}</ul>`
  }

  private async watch(): Promise<void> {
    const { service, words } = this.context
    const { message, hint } = words.failures.unreachable
    const health = await service.getJson<Health>('/api/v1/health').catch(() => undefined)
    this.notices = health
      ? health.parts.filter(({ state }) => state !== 'ok')
      : [{ state: 'missing', note: `${message} ${hint}` }]
    if (this.notices.length > 0 && this.isConnected) {
      this.timer = setTimeout(() => this.watch(), pollMs)
    }
  }
}

define('parley-notices', ParleyNotices)
