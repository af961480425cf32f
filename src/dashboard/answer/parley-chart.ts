/** Draws a Plotly figure in the page's own colours; the library is fetched with the first chart. */
import { html, nothing } from 'lit'
import type { Figure } from '../../../agents/chart/figure.js'
import { onPrinting, paperPixels } from '../page/printing.js'
import { define, ParleyElement } from '../parley-element.js'
import { plainLabel } from '../text/plain-label.js'
import { loadPlotly, type Plotly } from './plotly.js'
import { themedLayout } from './themed-layout.js'

const darkScheme = matchMedia('(prefers-color-scheme: dark)')

/** No tool bar: a chart is one picture with one description, and a button inside a picture cannot be reached. */
const config = { displayModeBar: false, plotlyServerURL: '', showTips: false }

export class ParleyChart extends ParleyElement {
  static override properties = { figure: { attribute: false } }
  declare figure: Figure
  private plotly: Plotly | undefined
  private stopListening: (() => void) | undefined
  private readonly sizes = new ResizeObserver(() => this.redraw())

  override connectedCallback(): void {
    super.connectedCallback()
    darkScheme.addEventListener('change', this.redraw)
    this.stopListening = onPrinting((isPrinting) => this.onPrinting(isPrinting))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    darkScheme.removeEventListener('change', this.redraw)
    this.stopListening?.()
    this.sizes.disconnect()
  }

  protected override render() {
    const title = plainLabel((this.figure.layout.title as { text?: unknown } | undefined)?.text)
    return html`<figure class="chart">
      ${title ? html`<figcaption>${title}</figcaption>` : nothing}
      <div class="plot" role="img" aria-label=${this.context.words.chart.label(title)}></div>
    </figure>`
  }

  protected override updated(): void {
    void this.draw().catch((error) => {
      console.error(error)
      this.dispatchEvent(new CustomEvent('parley-chart-failed', { bubbles: true }))
    })
  }

  private get plot(): HTMLElement {
    return this.querySelector<HTMLElement>('.plot') as HTMLElement
  }

  private async draw(): Promise<void> {
    this.plotly ??= await loadPlotly(this.context.service.url)
    const { plot, figure } = this
    await this.plotly.react(
      plot,
      structuredClone(figure.data),
      themedLayout(figure.layout, plot),
      config,
    )
    this.sizes.observe(plot)
  }

  /** Drawn at once, since the page is printed as it stands; a page that is not yet printed has the screen's colours. */
  private onPrinting(isPrinting: boolean): void {
    if (!this.plotly) return
    this.plot.style.colorScheme = isPrinting ? 'only light' : ''
    this.plot.style.width = isPrinting ? `${paperPixels}px` : ''
    void this.draw()
  }

  /** Nothing of a hidden tab is drawn; it is measured when it is shown. */
  private readonly redraw = (): void => {
    if (this.plotly && this.isConnected && this.plot.clientWidth > 0) void this.draw()
  }
}

define('parley-chart', ParleyChart)
