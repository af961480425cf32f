/** Tabs that appear as their content arrives: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { define, ParleyElement } from '../parley-element.js'

export interface Tab {
  readonly name: string
  readonly label: string
  readonly content: TemplateResult
}

let groups = 0

export class ParleyTabs extends ParleyElement {
  static override properties = {
    tabs: { attribute: false },
    label: { attribute: false },
    picked: { state: true },
  }
  declare tabs: readonly Tab[]
  declare label: string
  declare picked: Tab['name'] | undefined
  private readonly group: string

  constructor() {
    super()
    groups += 1
    this.group = `tabs-${groups}`
  }

  /** The reader's choice while it is there, else the first. */
  private get selected(): string | undefined {
    return (this.tabs.find(({ name }) => name === this.picked) ?? this.tabs[0])?.name
  }

  pick(name: Tab['name']): void {
    this.picked = name
  }

  protected override render() {
    if (this.tabs.length === 0) return nothing
    return html`<div class="tabs">
      <div class="tab-list" role="tablist" aria-label=${this.label} @keydown=${this.onKey}>
        ${repeat(this.tabs, tabName, (tab) => this.tab(tab))}
      </div>
      ${repeat(this.tabs, tabName, (tab) => this.panel(tab))}
    </div>`
  }

  private tab({ name, label }: Tab) {
    const isSelected = name === this.selected
    return html`<button
      type="button"
      role="tab"
      id="${this.group}-${name}"
      aria-controls="${this.group}-${name}-panel"
      aria-selected=${isSelected}
      tabindex=${isSelected ? 0 : -1}
      @click=${() => this.pick(name)}
    >${label}</button>`
  }

  private panel({ name, content }: Tab) {
    return html`<div
      class="tab-panel"
      role="tabpanel"
      id="${this.group}-${name}-panel"
      aria-labelledby="${this.group}-${name}"
      tabindex="0"
      ?hidden=${name !== this.selected}
    >${content}</div>`
  }

  private onKey(event: KeyboardEvent): void {
    const current = this.tabs.findIndex(({ name }) => name === this.selected)
    const target = this.tabs[targetOf(event.key, current, this.tabs.length) ?? -1]
    if (!target) return
    event.preventDefault()
    this.pick(target.name)
    this.querySelector<HTMLElement>(`#${this.group}-${target.name}`)?.focus()
  }
}

function tabName({ name }: Tab): string {
  return name
}

function targetOf(key: string, current: number, count: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: (current + 1) % count,
    ArrowLeft: (current - 1 + count) % count,
    Home: 0,
    End: count - 1,
  }
  return targets[key]
}

define('parley-tabs', ParleyTabs)
