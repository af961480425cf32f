/** What a browser complains of on a page: errors, warnings and what was thrown. */
import type { Page } from 'playwright-core'

/** Grows while the page is used. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}
