/** A thumb, pointing up or down. */
import { svg, type TemplateResult } from 'lit'
import type { Verdict } from '../../../data/store/app-store.js'

const turned: Readonly<Record<Verdict, string>> = { up: '', down: 'rotate(180 8 8)' }

export function thumbIcon(verdict: Verdict): TemplateResult<2> {
  return svg`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path
    transform=${turned[verdict]}
    fill="none"
    stroke="currentColor"
    stroke-width="1.3"
    stroke-linejoin="round"
    d="M2 7.5h2.6v6H2zM4.6 7.6 7.4 2c1 0 1.6.7 1.5 1.7L8.6 6.4h4a1.3 1.3 0 0 1 1.3 1.6l-1 4.4a1.4 1.4 0 0 1-1.4 1.1H4.6"
  /></svg>`
}
