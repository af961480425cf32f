/** The panels of the set-up, in the order they are listed; the script of each comes when it is opened. */
import { html, type TemplateResult } from 'lit'
import type { Context } from '../context.js'
import type { PanelName } from '../messages/set-up/en.js'

export interface Panel {
  /** As the address says it. */
  readonly name: PanelName
  readonly load: () => Promise<unknown>
  readonly view: (context: Context, part: string) => TemplateResult
}

export const panels: readonly [Panel, ...Panel[]] = [
  {
    name: 'data',
    load: () => import('./data/parley-data-panel.js'),
    view: (context) => html`<parley-data-panel .context=${context}></parley-data-panel>`,
  },
  {
    name: 'schema',
    load: () => import('./schema/parley-schema-panel.js'),
    view: (context, part) =>
      html`<parley-schema-panel .context=${context} .chosenTable=${part}></parley-schema-panel>`,
  },
  {
    name: 'knowledge',
    load: () => import('./knowledge/parley-knowledge-panel.js'),
    view: (context) => html`<parley-knowledge-panel .context=${context}></parley-knowledge-panel>`,
  },
  {
    name: 'generators',
    load: () => import('./generators/parley-generators-panel.js'),
    view: (context) =>
      html`<parley-generators-panel .context=${context}></parley-generators-panel>`,
  },
  {
    name: 'models',
    load: () => import('./models/parley-models-panel.js'),
    view: (context) => html`<parley-models-panel .context=${context}></parley-models-panel>`,
  },
  {
    name: 'reports',
    load: () => import('./reports/parley-reports-panel.js'),
    view: (context) => html`<parley-reports-panel .context=${context}></parley-reports-panel>`,
  },
]
