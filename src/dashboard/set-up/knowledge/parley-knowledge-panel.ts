/** `<parley-knowledge-panel>`: documents, terms and approved SQL of the chosen data, and all of it as a file. */
import { html, nothing } from 'lit'
import type { Catalog } from '../../../../data/catalog.js'
import '../../answer/parley-tabs.js'
import { problemView } from '../../answer/problem-view.js'
import { withDataset } from '../../context.js'
import { knowledgePanelDe } from '../../messages/set-up/knowledge/de.js'
import { knowledgePanelEn } from '../../messages/set-up/knowledge/en.js'
import { knowledgePanelEs } from '../../messages/set-up/knowledge/es.js'
import { knowledgePanelZhCn } from '../../messages/set-up/knowledge/zh-cn.js'
import { wordsFor } from '../../messages/set-up/words-for.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { sheetOf } from '../../sheets.js'
import knowledge from '../../styles/set-up/knowledge.css'
import { PanelElement, panelSheets } from '../panel-element.js'
import { documentKind } from './document-kind.js'
import type { Entry, EntryKind } from './entry-kind.js'
import { pairKind } from './pair-kind.js'
import './parley-entries.js'
import './parley-knowledge-file.js'
import type { ParleyKnowledgeFile } from './parley-knowledge-file.js'
import { termKind } from './term-kind.js'

const allWords = {
  en: knowledgePanelEn,
  de: knowledgePanelDe,
  es: knowledgePanelEs,
  'zh-CN': knowledgePanelZhCn,
}
const kinds = [pairKind, termKind, documentKind]

type Read = Readonly<Partial<Record<EntryKind['name'], readonly Entry[]>>>

export class ParleyKnowledgePanel extends PanelElement {
  static override styles = [...panelSheets, sheetOf(knowledge)]
  static override properties = {
    ...PanelElement.properties,
    entries: { state: true },
    catalog: { state: true },
    problem: { state: true },
    isOver: { state: true },
  }
  declare entries: Read
  declare catalog: Catalog | undefined
  declare problem: RequestError | undefined
  /** While a file is held over the panel. */
  declare isOver: boolean
  private shownDataset: string | undefined

  constructor() {
    super()
    this.entries = {}
    this.isOver = false
  }

  protected override render() {
    const { context } = this
    const words = wordsFor(context, allWords)
    return html`<div
      class="knowledge"
      data-over=${this.isOver}
      @dragover=${this.onDragOver}
      @dragleave=${() => this.holdOver(false)}
      @drop=${this.onDrop}
      @parley-knowledge=${() => this.read()}
    >
      <parley-knowledge-file .words=${words} .context=${context}></parley-knowledge-file>
      ${this.problem ? problemView(this.problem, context.words) : nothing}
      <parley-tabs .tabs=${this.tabs()} .label=${words.kinds}></parley-tabs>
    </div>`
  }

  private tabs() {
    const { context, catalog } = this
    const words = wordsFor(context, allWords)
    return kinds.map((kind) => {
      const { name } = kind
      const entries = this.entries[name]
      const count = entries ? ` ${context.locale.number(entries.length)}` : ''
      return {
        name,
        label: `${words.names[name]}${count}`,
        content: html`<p class="muted">${words.purposes[name]}</p>
          <parley-entries
            .kind=${kind}
            .entries=${entries}
            .catalog=${catalog}
            .words=${words}
            .context=${context}
          ></parley-entries>`,
      }
    })
  }

  protected override async read(): Promise<void> {
    const { context } = this
    const { dataset, service } = context
    if (dataset !== this.shownDataset) this.entries = {}
    this.shownDataset = dataset
    try {
      const read = await Promise.all(
        kinds.map(async (kind) => [kind.name, await kind.read(context)] as const),
      )
      const catalog = await service.getJson<Catalog>(withDataset('/api/v1/schema', context))
      if (this.context.dataset !== dataset) return
      this.entries = Object.fromEntries(read)
      this.catalog = catalog
      this.problem = undefined
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.problem = error
    }
  }

  private onDragOver(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.holdOver(true)
  }

  private onDrop(event: DragEvent): void {
    event.preventDefault()
    this.holdOver(false)
    const [file] = event.dataTransfer?.files ?? []
    const taker = this.renderRoot.querySelector('parley-knowledge-file') as ParleyKnowledgeFile
    if (file) void taker.take(file)
  }

  private holdOver(isOver: boolean): void {
    this.isOver = isOver
  }
}

define('parley-knowledge-panel', ParleyKnowledgePanel)
