/** Looks for what would keep people from using a page: axe-core, run in it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

interface Outcome {
  readonly passes: readonly unknown[]
  readonly violations: readonly Violation[]
}

/** Rules about colours: nothing else depends on the scheme. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** One line for each element that breaks a rule, shadow roots included. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  const outcome = await run(page, {})
  if (outcome.passes.length === 0) throw new Error('axe found nothing to look at.')
  return linesOf(outcome)
}

/** In both schemes; where motion is reduced, colours change at once. */
export async function violationsInBothSchemes(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await run(page, { runOnly: ofColours })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...linesOf(dark), ...(await violationsOf(page))]
}

/** The script stays in the page until another is loaded. */
async function run(page: Page, options: object): Promise<Outcome> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(script)
  return (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as Outcome
}

function linesOf({ violations }: Outcome): readonly string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}
