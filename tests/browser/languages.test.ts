/** The page in every language it speaks, on a phone, and written from the right. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOf } from '../support/axe.js'
import { browserIsThere, launchBrowser, mustTestBrowser } from '../support/browser.js'
import { type ServedStandIn, serveStandIn } from '../support/serve-stand-in.js'

const skipped = !browserIsThere && !mustTestBrowser

describe.skipIf(skipped)('the page', () => {
  let browser: Browser
  let server: ServedStandIn

  beforeAll(async () => {
    server = await serveStandIn()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server.close()
  })

  async function openIn(locale: string) {
    const context = await browser.newContext({ locale, viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    await page.goto(server.url)
    return page
  }

  it.each([
    ['de-CH', 'Was möchten Sie wissen?', "4'812'340.50"],
    ['es', '¿Qué le gustaría saber?', '4.812.340,50'],
    ['zh-Hans-CN', '您想了解什么？', '4,812,340.50'],
    ['fr', 'What would you like to know?', '4,812,340.50'],
  ])('speaks to a browser in %s, and fits its phone', async (locale, heading, number) => {
    const page = await openIn(locale)
    await page.getByRole('heading', { name: heading }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.fill('#question', 'Sales by region')
    await page.press('#question', 'Enter')
    await page.locator('.plot .main-svg').first().waitFor()
    await page.locator('#send').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.getByRole('tab').nth(1).click()
    const cell = await page.locator('.result td').nth(1).textContent()
    expect(cell?.replaceAll('’', "'")).toBe(number)
    expect(await violationsOf(page)).toEqual([])
    await page.context().close()
  })

  it('changes the language when another is chosen, and remembers it', async () => {
    const page = await openIn('en')
    await page.getByLabel('Language').selectOption('Deutsch')
    await page.getByRole('heading', { name: 'Was möchten Sie wissen?' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Was möchten Sie wissen?' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('de')
    await page.context().close()
  })

  it('mirrors itself where the text runs from the right', async () => {
    const page = await openIn('en')
    const composer = page.locator('.composer-box')
    await page.locator('.chat').evaluate((node) => node.setAttribute('dir', 'rtl'))
    const [box, button] = [await composer.boundingBox(), await page.locator('#send').boundingBox()]
    if (!box || !button) throw new Error('There is no composer.')
    expect(button.x - box.x).toBeLessThan(box.width / 2)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.context().close()
  })
})
