/** Debian's own Chromium through playwright-core, which brings no browser of its own. */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

export const browserIsThere = existsSync(executablePath)

/** Where the browser tests must not be skipped, a missing browser fails them instead. */
export const mustTestBrowser = Boolean(process.env.CI)

export const missingBrowser =
  'the page was not tested: no Chromium at /usr/bin/chromium (Debian: apt-get install chromium)'

export function launchBrowser(): Promise<Browser> {
  if (!browserIsThere) throw new Error(missingBrowser)
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
    ],
  })
}
