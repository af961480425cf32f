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

/** One line for each element that breaks a rule, shadow roots included. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(script)
  const { passes, violations } = (await page.evaluate('axe.run(document)')) as Outcome
  if (passes.length === 0) throw new Error('axe found nothing to look at.')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

/** In both schemes; where motion is reduced, colours change at once. */
export async function violationsInBothSchemes(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violationsOf(page)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...dark, ...(await violationsOf(page))]
}
