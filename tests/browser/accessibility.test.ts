/** The page as axe sees it, in every state and in both schemes. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped).each(['light', 'dark'] as const)('the page in the %s scheme', (scheme) => {
  let browser: Browser
  let server: ServedStandIn
  let page: Page

  beforeAll(async () => {
    server = await serveStandIn()
    browser = await launchBrowser()
    page = await browser.newPage({ colorScheme: scheme, viewport: { width: 1280, height: 900 } })
    await page.goto(server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server.close()
  })

  async function ask(question: string): Promise<void> {
    await page.fill('#question', question)
    await page.press('#question', 'Enter')
    await page.locator('#send').waitFor()
  }

  it('keeps nobody out before the first question', async () => {
    await page.locator('#suggested li').first().waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  it('keeps nobody out of any part of an answer', async () => {
    await ask('Sales by region')
    await page.locator('.plot .main-svg').first().waitFor()
    for (const name of ['Chart', 'Table', 'SQL', 'How I got here']) {
      await page.getByRole('tab', { name }).click()
      expect(await violationsOf(page)).toEqual([])
    }
  })

  it('keeps nobody out while it works, asks back or fails', async () => {
    await ask('Sales in Springfield')
    await ask('How is the weather')
    await page.fill('#question', 'forever')
    await page.press('#question', 'Enter')
    await page.locator('.live-status').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.locator('#send').waitFor()
  })

  it('keeps nobody out of the dialog for a key', async () => {
    const verify = async () => undefined
    const keyed = await serveStandIn({ keys: { store: { verify }, required: true } })
    await page.goto(keyed.url)
    await page.getByRole('dialog').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.goto('about:blank')
    await keyed.close()
  })
})
