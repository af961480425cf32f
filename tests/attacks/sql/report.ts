/** Prints what was measured, where somebody asked for it: `PARLEY_ATTACKS=large`. */
import { isLarge } from '../../support/attack-size.js'

export function report(what: string, figures: Readonly<Record<string, number>>): void {
  if (!isLarge) return
  const shown = Object.entries(figures).map(
    ([name, value]) => `${name} ${Math.round(value * 10) / 10}`,
  )
  console.log(`${what}: ${shown.join(', ')}`)
}
