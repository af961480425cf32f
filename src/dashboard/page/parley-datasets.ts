/** The dataset chooser: what can be asked about, the demos apart from the user's own data. */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { DatasetStatus } from '../../dataset-status.js'
import { define, ParleyElement } from '../parley-element.js'

/** How long until a service that did not answer is asked again, in milliseconds. */
const retryMs = 5_000

export class ParleyDatasets extends ParleyElement {
  static override properties = { datasets: { state: true } }
  declare datasets: readonly DatasetStatus[]
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.datasets = []
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.read()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.timer)
  }

  /** Reads again which there are. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer)
    await this.read()
  }

  protected override render() {
    const { page } = this.context.words
    const own = this.datasets.filter(({ subject }) => !subject)
    const demos = this.datasets.filter(({ subject }) => subject)
    const together = html`${this.options(own)}<optgroup label=${page.demos}>${this.options(demos)}</optgroup>`
    return html`<label class="dataset">
        <span class="visually-hidden">${page.data}</span>
        <select id="dataset" aria-describedby="subject" @change=${this.onChange}>
          ${own.length === 0 ? this.options(demos) : together}
        </select>
      </label>
      <p id="subject" class="subject">${this.current?.subject ?? nothing}</p>`
  }

  private get current(): DatasetStatus | undefined {
    const { dataset } = this.context
    return this.datasets.find(({ name, isDefault }) => (dataset ? name === dataset : isDefault))
  }

  private options(datasets: readonly DatasetStatus[]) {
    return repeat(
      datasets,
      ({ name }) => name,
      ({ name, title }) =>
        html`<option value=${name} .selected=${name === this.current?.name}>${title}</option>`,
    )
  }

  /** A dataset that the address names and that there is not gives way to the default one. */
  private async read(): Promise<void> {
    try {
      const { service } = this.context
      this.datasets = (
        await service.getJson<{ datasets: readonly DatasetStatus[] }>('/api/v1/datasets')
      ).datasets
      if (!this.current) this.choose('')
    } catch {
      if (this.isConnected) this.timer = setTimeout(() => this.read(), retryMs)
    }
  }

  private onChange({ currentTarget }: Event): void {
    const { value } = currentTarget as HTMLSelectElement
    const chosen = this.datasets.find(({ name }) => name === value)
    this.choose(chosen?.isDefault ? '' : value)
  }

  private choose(name: string): void {
    this.dispatchEvent(new CustomEvent('parley-dataset', { detail: name, bubbles: true }))
  }
}

define('parley-datasets', ParleyDatasets)
