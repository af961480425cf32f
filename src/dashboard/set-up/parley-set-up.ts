/** `<parley-set-up>`: what Parley is asked about and how it answers, one panel for each part of it. */
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Context } from '../context.js'
import { setUpDe } from '../messages/set-up/de.js'
import { setUpEn } from '../messages/set-up/en.js'
import { setUpEs } from '../messages/set-up/es.js'
import { wordsFor } from '../messages/set-up/words-for.js'
import { setUpZhCn } from '../messages/set-up/zh-cn.js'
import { addressOf, type PagePlace } from '../page/page-place.js'
import { define } from '../parley-element.js'
import { panelSheets } from './panel-element.js'
import { type Panel, panels } from './panels.js'
import { tellPage } from './tell-page.js'

const allWords = { en: setUpEn, de: setUpDe, es: setUpEs, 'zh-CN': setUpZhCn }

export class ParleySetUp extends LitElement {
  static override styles = [...panelSheets]
  static override properties = {
    context: { attribute: false },
    place: { attribute: false },
    failed: { state: true },
  }
  declare context: Context
  declare place: PagePlace
  /** The panel whose script did not come. */
  declare failed: string | undefined

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('place')) void this.load()
  }

  protected override render() {
    const { context, panel } = this
    const words = wordsFor(context, allWords)
    return html`<div class="set-up" lang=${context.locale.tag} dir=${context.locale.direction}>
      <nav class="panel-list" aria-label=${words.panels}>
        ${repeat(
          panels,
          ({ name }) => name,
          (each) => this.link(each, words.names[each.name]),
        )}
      </nav>
      <section class="panel" aria-labelledby="panel-heading">
        <h2 id="panel-heading">${words.names[panel.name]}</h2>
        <p class="panel-purpose muted">${words.purposes[panel.name]}</p>
        ${this.failed === panel.name ? this.problem(words) : panel.view(context, this.place.part ?? '')}
      </section>
    </div>`
  }

  private get panel(): Panel {
    return panels.find(({ name }) => name === this.place.panel) ?? panels[0]
  }

  /** A link, so that it can be opened beside this page too. */
  private link({ name }: Panel, label: string) {
    const target = { ...this.place, panel: name, part: '' }
    const go = (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      tellPage(this, 'parley-place', target)
    }
    return html`<a
      href=${addressOf(target)}
      aria-current=${name === this.panel.name ? 'page' : nothing}
      @click=${go}
    >${label}</a>`
  }

  private problem(words: typeof setUpEn) {
    return html`<div class="problem" role="alert">
      <p>${words.notLoaded}</p>
      <button type="button" class="button button-small" @click=${this.load}>${words.again}</button>
    </div>`
  }

  private async load(): Promise<void> {
    const { name, load } = this.panel
    const isThere = await load().then(
      () => true,
      () => false,
    )
    if (!isThere) this.failed = name
    else if (this.failed === name) this.failed = undefined
  }
}

define('parley-set-up', ParleySetUp)
