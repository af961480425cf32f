/** All knowledge of a dataset as one plain file: saved, or taken in, with what became of it. */
import { html, nothing } from 'lit'
import type { ImportCounts } from '../../../import-counts.js'
import { problemView } from '../../answer/problem-view.js'
import type { Failure } from '../../chat/turn-state.js'
import { withDataset } from '../../context.js'
import { saveBlob } from '../../keep/save-file.js'
import type { KnowledgeWords } from '../../messages/set-up/knowledge/en.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'

const path = '/api/v1/knowledge/file'
/** As much as the service takes. */
const maxFileBytes = 10_000_000
const fileName = 'knowledge.yaml'

export class ParleyKnowledgeFile extends ParleyElement {
  static override properties = {
    ...ParleyElement.properties,
    words: { attribute: false },
    note: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  }
  declare words: KnowledgeWords
  declare note: string
  declare problem: Failure | undefined
  declare isBusy: boolean

  constructor() {
    super()
    this.note = ''
    this.isBusy = false
  }

  protected override render() {
    const { words } = this
    return html`<div class="knowledge-file" aria-busy=${this.isBusy}>
      <button type="button" class="button button-small" @click=${this.save}>${words.export}</button>
      <button type="button" class="button button-small" @click=${this.choose}>${words.import}</button>
      <input
        type="file"
        class="visually-hidden"
        tabindex="-1"
        aria-label=${words.import}
        accept=".yaml,.yml,.json"
        @change=${this.onChosen}
      >
      <span class="muted">${words.drop}</span>
      <p class="muted" role="status">${this.note}</p>
      ${this.problem ? problemView(this.problem, this.context.words) : nothing}
    </div>`
  }

  async take(file: File): Promise<void> {
    this.forget()
    if (file.size > maxFileBytes) {
      this.problem = { code: 'body_too_large', message: this.words.tooLarge, hints: [] }
      return
    }
    await this.attempt(async () => {
      const { service } = this.context
      const sent = await service.send(withDataset(path, this.context), {
        method: 'POST',
        headers: { 'Content-Type': 'application/yaml' },
        body: await file.text(),
      })
      this.note = this.told(file.name, await sent.json())
      this.dispatchEvent(new CustomEvent('parley-knowledge', { bubbles: true }))
    })
  }

  private told(name: string, counts: ImportCounts): string {
    const { words } = this
    const { number } = this.context.locale
    const parts = (['docs', 'terms', 'sqlPairs', 'descriptions'] as const)
      .filter((kind) => counts[kind] > 0)
      .map((kind) => words.counts[kind](number(counts[kind]), counts[kind] === 1))
    return parts.length > 0 ? words.taken(name, parts.join(', ')) : words.nothingTaken(name)
  }

  private choose(): void {
    this.querySelector<HTMLInputElement>('input[type=file]')?.click()
  }

  private onChosen({ currentTarget }: Event): void {
    const input = currentTarget as HTMLInputElement
    const [file] = input.files ?? []
    if (file) void this.take(file)
    // The same file may be chosen again, once it was mended.
    input.value = ''
  }

  private async save(): Promise<void> {
    this.forget()
    await this.attempt(async () => {
      const response = await this.context.service.send(withDataset(path, this.context))
      saveBlob(fileName, await response.blob())
      this.note = this.words.saved(fileName)
    })
  }

  private forget(): void {
    this.note = ''
    this.problem = undefined
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    this.isBusy = true
    try {
      await act()
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const { code, message, hints } = error
      this.problem = {
        code,
        hints,
        message: code === 'forbidden' ? this.words.forbidden : message,
      }
    } finally {
      this.isBusy = false
    }
  }
}

define('parley-knowledge-file', ParleyKnowledgeFile)
