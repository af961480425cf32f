/** What is shown before the first question: how it works, how far opening is, questions to try. */
import { html, nothing, type PropertyValues } from 'lit'
import type { DatasetStatus } from '../../dataset-status.js'
import { wordsOf } from '../answer/problem-view.js'
import { type Context, withDataset } from '../context.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'
import { questionItems } from './question-list.js'

/** How often it is asked how far opening is, in milliseconds. */
const pollMs = 500

export class ParleyWelcome extends ParleyElement {
  static override properties = {
    status: { state: true },
    suggested: { state: true },
    note: { state: true },
  }
  declare status: DatasetStatus | undefined
  declare suggested: readonly string[]
  declare note: string

  constructor() {
    super()
    this.suggested = []
    this.note = ''
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { context } = this
    const before: Context | undefined = changed.get('context')
    const isSame = before?.dataset === context.dataset && before.service === context.service
    if (changed.has('context') && !isSame) void this.open(context)
  }

  protected override render() {
    const { welcome } = this.context.words
    const samples = this.status?.samples ?? []
    return html`<section id="welcome" class="welcome" aria-labelledby="welcome-heading">
      <h2 id="welcome-heading">${welcome.heading}</h2>
      <p>${welcome.intro}</p>
      <p id="opening" class="opening" role="status">${this.note}</p>
      ${this.suggested.length > 0 ? this.chips() : nothing}
      ${samples.length > 0 ? this.samples(samples) : nothing}
    </section>`
  }

  private chips() {
    return html`<ul id="suggested" class="chips" aria-label=${this.context.words.welcome.suggested}>
      ${questionItems(this.suggested, 'chip')}
    </ul>`
  }

  private samples(samples: readonly string[]) {
    return html`<section id="samples" class="samples" aria-labelledby="samples-heading">
      <h3 id="samples-heading">${this.context.words.welcome.samples}</h3>
      <ol>${questionItems(samples, 'link')}</ol>
    </section>`
  }

  /** Asking for suggestions opens the dataset. */
  private async open(context: Context): Promise<void> {
    const isCurrent = () => this.context.dataset === context.dataset
    this.note = ''
    this.suggested = []
    this.status = undefined
    let watching: ReturnType<typeof setInterval> | undefined
    try {
      await this.readStatus(context)
      if (!isCurrent()) return
      if (!this.isOpen) watching = setInterval(() => this.watch(context), pollMs)
      const path = withDataset('/api/v1/suggestions', context)
      const { suggestions } = await context.service.getJson<{ suggestions: readonly string[] }>(
        path,
      )
      if (!isCurrent()) return
      this.suggested = suggestions
      this.note = ''
    } catch (error) {
      if (isCurrent()) this.note = failureText(error, context)
    } finally {
      clearInterval(watching)
    }
  }

  private get isOpen(): boolean {
    return this.status?.state === 'open'
  }

  private async readStatus(context: Context): Promise<void> {
    const read = await context.service.getJson<{ datasets: readonly DatasetStatus[] }>(
      '/api/v1/datasets',
    )
    if (this.context.dataset !== context.dataset) return
    const { dataset, words, locale } = context
    const find = (each: DatasetStatus) => (dataset ? each.name === dataset : each.isDefault)
    const status = read.datasets.find(find)
    this.status = status
    if (!status || status.state === 'open') return
    const { title, progress } = status
    this.note = progress
      ? words.welcome.progress(progress.step, locale.percent(progress.done / progress.total))
      : words.welcome.opening(title)
  }

  private async watch(context: Context): Promise<void> {
    await this.readStatus(context).catch(() => undefined)
  }
}

function failureText(error: unknown, { words }: Context): string {
  return error instanceof RequestError ? wordsOf(error, words).message : words.welcome.failed
}

define('parley-welcome', ParleyWelcome)
