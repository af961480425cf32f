/** Prints what was measured, where somebody asked for it: `PARLEY_ATTACKS=large`. */

/** Whether to take as many inputs as the figures of the documentation were taken with: minutes instead of seconds. */
export const isLarge = process.env.PARLEY_ATTACKS === 'large'

export function report(what: string, figures: Readonly<Record<string, number>>): void {
  if (!isLarge) return
  const shown = Object.entries(figures).map(
    ([name, value]) => `${name} ${Math.round(value * 10) / 10}`,
  )
  console.log(`${what}: ${shown.join(', ')}`)
}
