/** What the elements of the page have in common: they render into the root they stand in, so that its styles and ids apply. */
import { LitElement, type PropertyDeclarations } from 'lit'
import type { Context } from './context.js'

export abstract class ParleyElement extends LitElement {
  static override properties: PropertyDeclarations = { context: { attribute: false } }
  declare context: Context

  protected override createRenderRoot(): HTMLElement {
    return this
  }
}

/** A page may load the component and the page's own script; the first definition counts. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element)
}
