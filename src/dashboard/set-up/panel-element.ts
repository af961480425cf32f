/** What the panels of the set-up have in common: a root of their own, with the page's styles. */
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit'
import type { Context } from '../context.js'
import { chatSheets, sheetOf } from '../sheets.js'
import setUp from '../styles/set-up/set-up.css'

/** For a panel with styles of its own: `[...panelSheets, sheetOf(its)]`. */
export const panelSheets: readonly CSSStyleSheet[] = [...chatSheets, sheetOf(setUp)]

export abstract class PanelElement extends LitElement {
  static override styles = [...panelSheets]
  static override properties: PropertyDeclarations = { context: { attribute: false } }
  declare context: Context

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Context | undefined = changed.get('context')
    const { dataset, service } = this.context
    const isSame = before?.dataset === dataset && before.service === service
    if (changed.has('context') && !isSame) void this.read()
  }

  /** Reads what is shown; called at first, and whenever another dataset is meant. */
  protected abstract read(): Promise<void>
}
