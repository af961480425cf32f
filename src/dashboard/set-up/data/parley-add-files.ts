/** Files to add: dropped, or chosen with a button. */
import { html, nothing } from 'lit'
import type { Acceptance } from '../../../added/added-datasets.js'
import { define, ParleyElement } from '../../parley-element.js'
import { bytesText, dataWords } from './data-words.js'
import { deliveriesTo } from './deliveries.js'
import { deliveryList } from './delivery-list.js'
import { chosenFiles, droppedFiles } from './picked-files.js'
import { bytesOf, type PickedFile, planDeliveries } from './plan-deliveries.js'

/** Of files that are left out, so many names are told. */
const maxNames = 8

export class ParleyAddFiles extends ParleyElement {
  static override properties = {
    accepts: { attribute: false },
    isOver: { state: true },
    notes: { state: true },
  }
  declare accepts: Acceptance
  /** Whether something is held above it. */
  declare isOver: boolean
  declare notes: readonly string[]
  private endWatch: (() => void) | undefined

  constructor() {
    super()
    this.isOver = false
    this.notes = []
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.endWatch?.()
  }

  protected override firstUpdated(): void {
    this.endWatch = deliveriesTo(this.context.service).watch(() => this.requestUpdate())
  }

  protected override render() {
    const words = dataWords(this.context)
    const { tableEndings, databaseEndings, maxBytes } = this.accepts
    const [tables, databases] = [tableEndings, databaseEndings].map(listOf)
    return html`<section
      class="add-box drop-zone"
      aria-labelledby="files-heading"
      data-over=${this.isOver || nothing}
      @dragover=${this.onDragOver}
      @dragleave=${this.onDragLeave}
      @drop=${this.onDrop}
    >
      <h4 id="files-heading">${words.files}</h4>
      <p class="drop-hint">${words.drop}</p>
      <div class="panel-buttons">
        ${this.picker(words.chooseFiles, 'files')} ${this.picker(words.chooseFolder, 'folder')}
      </div>
      <p class="muted small">
        ${words.kinds(tables ?? '', databases ?? '', bytesText(maxBytes, this.context))}
      </p>
      ${deliveryList(deliveriesTo(this.context.service), this.context)}
      <div role="status">${this.notes.map((note) => html`<p class="caution">${note}</p>`)}</div>
    </section>`
  }

  /** The field itself is not shown: it says "no file" in words of the browser's. */
  private picker(label: string, what: 'files' | 'folder') {
    const endings = [...this.accepts.tableEndings, ...this.accepts.databaseEndings]
    const open = ({ currentTarget }: Event) =>
      ((currentTarget as HTMLElement).nextElementSibling as HTMLInputElement).click()
    return html`<span>
      <button type="button" class=${what === 'files' ? 'button button-main' : 'button'} @click=${open}>${label}</button>
      <input
        hidden
        type="file"
        multiple
        aria-label=${label}
        ?webkitdirectory=${what === 'folder'}
        accept=${what === 'files' ? endings.join(',') : nothing}
        @change=${this.onChosen}
      >
    </span>`
  }

  private onChosen({ currentTarget }: Event): void {
    const field = currentTarget as HTMLInputElement
    this.take(chosenFiles(field.files ?? []))
    // The same files may be chosen again.
    field.value = ''
  }

  private onDragOver(event: DragEvent): void {
    event.preventDefault()
    this.isOver = true
  }

  private onDragLeave({ currentTarget, relatedTarget }: DragEvent): void {
    const isInside = (currentTarget as Element).contains(relatedTarget as Node | null)
    if (!isInside) this.isOver = false
  }

  private async onDrop(event: DragEvent): Promise<void> {
    event.preventDefault()
    this.isOver = false
    if (event.dataTransfer) this.take(await droppedFiles(event.dataTransfer))
  }

  private take(picked: readonly PickedFile[]): void {
    if (picked.length === 0) return
    const words = dataWords(this.context)
    const { maxBytes } = this.accepts
    const { deliveries, leftOut } = planDeliveries(picked, this.accepts)
    const fitting = deliveries.filter(({ files }) => bytesOf(files) <= maxBytes)
    const tooLarge = deliveries.filter((each) => !fitting.includes(each))
    const told = leftOut.length > maxNames ? [...leftOut.slice(0, maxNames), '…'] : leftOut
    const size = (bytes: number) => bytesText(bytes, this.context)
    this.notes = [
      ...(deliveries.length === 0 ? [words.nothingReadable] : []),
      ...(leftOut.length > 0 ? [words.leftOut(told.join(', '))] : []),
      ...tooLarge.map(({ files }) => words.tooLarge(size(bytesOf(files)), size(maxBytes))),
    ]
    deliveriesTo(this.context.service).add(fitting)
  }
}

/** Their packed forms go without saying. */
function listOf(endings: readonly string[]): string {
  return endings.filter((ending) => !ending.endsWith('.gz')).join(', ')
}

define('parley-add-files', ParleyAddFiles)
